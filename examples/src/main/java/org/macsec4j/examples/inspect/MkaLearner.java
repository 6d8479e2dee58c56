package org.macsec4j.examples.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.CipherSuite;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.crypto.MkaKeys;
import org.macsec4j.mka.crypto.SakDerivation;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.DistributedCak;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.PeerEntry;
import org.macsec4j.mka.wire.XpnParameterSet;

/**
 * What verified MKPDUs teach: who belongs to a CA, its SAKs, further CAKs, and how far packet
 * numbers have gone. Hearing an MKPDU again teaches nothing new, so that a file can be read any
 * number of times.
 */
final class MkaLearner {
  private static final int[] CAK_LENGTHS = {Cak.LENGTH_128, Cak.LENGTH_256};

  private final CakRing caks;
  private final Map<Ckn, Map<MemberIdentifier, Sci>> members = new HashMap<>();
  private final Map<MkaKeyIdentifier, List<KnownSak>> saks = new HashMap<>();
  private final List<KnownSak> inOrder = new ArrayList<>();
  private boolean cakLearned;

  MkaLearner(CakRing caks) {
    this.caks = caks;
  }

  /** SAKs in the order in which they were first seen. */
  List<KnownSak> saks() {
    return inOrder;
  }

  /** Whether a new CAK came since this was last asked: then earlier MKPDUs may teach more. */
  boolean takeCakLearned() {
    boolean was = cakLearned;
    cakLearned = false;
    return was;
  }

  boolean isMember(@Nullable Ckn ckn, Sci sci) {
    return ckn != null && members.getOrDefault(ckn, Map.of()).containsValue(sci);
  }

  Collection<Sci> membersOf(@Nullable Ckn ckn) {
    return ckn == null ? List.of() : members.getOrDefault(ckn, Map.of()).values();
  }

  /** The SCI of a member; null when it never spoke. */
  @Nullable Sci sciOf(@Nullable Ckn ckn, MemberIdentifier member) {
    return ckn == null ? null : members.getOrDefault(ckn, Map.of()).get(member);
  }

  /**
   * Learns from an MKPDU whose ICV holds.
   *
   * @param frame its number in the file
   * @param mkpdu the MKPDU
   * @param keys the keys under which the ICV holds
   */
  Lesson learn(long frame, Mkpdu mkpdu, MkaKeys keys) {
    BasicParameterSet basic = mkpdu.basic();
    members
        .computeIfAbsent(basic.ckn(), ckn -> new HashMap<>())
        .put(basic.actorMemberIdentifier(), basic.sci());
    Optional<KnownSak> sak = mkpdu.distributedSak().flatMap(set -> unwrap(frame, mkpdu, set, keys));
    learnPacketNumbers(mkpdu);
    return new Lesson(sak, mkpdu.distributedCak().flatMap(set -> unwrap(set, keys)));
  }

  /**
   * What one MKPDU brought.
   *
   * @param sak the SAK it distributes, when it could be unwrapped
   * @param cakName the name of the CAK it distributes, when that could be unwrapped
   */
  record Lesson(Optional<KnownSak> sak, Optional<Ckn> cakName) {
    static final Lesson NONE = new Lesson(Optional.empty(), Optional.empty());
  }

  private Optional<KnownSak> unwrap(long frame, Mkpdu mkpdu, DistributedSak set, MkaKeys keys) {
    if (!set.hasKey()) {
      return Optional.empty();
    }
    Optional<byte[]> unwrapped = keys.unwrap(set.wrappedKey().toByteArray());
    if (unwrapped.isEmpty()) {
      return Optional.empty();
    }
    byte[] octets = unwrapped.get();
    Optional<CipherSuite> suite = set.cipherSuite().filter(s -> s.keyLength() == octets.length);
    if (suite.isEmpty()) {
      Arrays.fill(octets, (byte) 0);
      return Optional.empty();
    }
    KnownSak sak = remember(frame, mkpdu.basic(), set, suite.get(), octets);
    List<MemberIdentifier> sharers = new ArrayList<>();
    sharers.add(mkpdu.basic().actorMemberIdentifier());
    for (PeerEntry peer : mkpdu.livePeers().map(LivePeerList::peers).orElse(List.of())) {
      sharers.add(peer.memberIdentifier());
    }
    sak.members(sharers, mkpdu.livePeers().map(LivePeerList::keyServerSsci).orElse(0));
    return Optional.of(sak);
  }

  private KnownSak remember(
      long frame, BasicParameterSet basic, DistributedSak set, CipherSuite suite, byte[] octets) {
    MkaKeyIdentifier identifier =
        new MkaKeyIdentifier(basic.actorMemberIdentifier(), set.keyNumber());
    List<KnownSak> same = saks.computeIfAbsent(identifier, ki -> new ArrayList<>(1));
    for (KnownSak sak : same) {
      if (sak.an() == set.associationNumber() && sak.isSame(basic.ckn(), identifier, octets)) {
        Arrays.fill(octets, (byte) 0);
        return sak;
      }
    }
    Salt salt = suite.isXpn() ? SakDerivation.xpnSalt(identifier) : null;
    KnownSak fresh =
        KnownSak.distributed(
            basic.ckn(),
            identifier,
            set.associationNumber(),
            suite,
            set.confidentialityOffset(),
            salt,
            octets,
            frame);
    same.add(fresh);
    inOrder.add(fresh);
    return fresh;
  }

  private void learnPacketNumbers(Mkpdu mkpdu) {
    Optional<MacsecSakUse> use = mkpdu.sakUse();
    Optional<XpnParameterSet> xpn = mkpdu.xpn();
    if (use.isPresent() && xpn.isPresent()) {
      told(use.get().latest(), xpn.get().latestLowestPnHigh());
      told(use.get().old(), xpn.get().oldLowestPnHigh());
    }
  }

  private void told(KeyUse use, long high) {
    for (KnownSak sak : saks.getOrDefault(use.key(), List.of())) {
      sak.told((high << 32) | use.lowestPn());
    }
  }

  /** The set does not tell how long the key is; the integrity check of the key wrap does. */
  private Optional<Ckn> unwrap(DistributedCak set, MkaKeys keys) {
    for (int length : CAK_LENGTHS) {
      Optional<Ckn> ckn = set.ckn(length);
      Optional<byte[]> key =
          set.wrappedCak(length).flatMap(wrapped -> keys.unwrap(wrapped.toByteArray()));
      if (key.isPresent() && ckn.isPresent()) {
        Cak cak = Cak.of(key.get());
        Arrays.fill(key.get(), (byte) 0);
        cakLearned |= caks.add(ckn.get(), cak);
        cak.destroy();
        return ckn;
      }
    }
    return Optional.empty();
  }

  void destroy() {
    inOrder.forEach(KnownSak::destroy);
  }
}
