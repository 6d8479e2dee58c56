package org.macsec4j.mka.engine;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.CipherSuite;
import org.macsec4j.Sci;
import org.macsec4j.Ssci;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.SakPrint;
import org.macsec4j.mka.crypto.MkaKeys;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.PeerEntry;

/**
 * The other members' part (IEEE 802.1X 9.8): judging a SAK that the key server hands out.
 *
 * <p>A key server repeats a key until all have it, so most are known already. One that was known
 * and is gone must not come back, as its packet numbers would begin anew; the greatest number of
 * each key server is remembered for that, by the port: a participant may end and come back. A key
 * server that takes another member identifier and goes on handing out its key, as wpa_supplicant
 * does, gives it another name by that; so what a key looks like is remembered as well.
 *
 * <p>Only a key that was found good may make its CA the one that decides on the port's keys.
 */
final class SakReception {
  private final PortContext context;
  private final MkaParticipant owner;
  private final ControlledPort port;
  private final MkaKeys keys;

  private @Nullable String refusedSuite;

  SakReception(PortContext context, MkaParticipant owner, ControlledPort port, MkaKeys keys) {
    this.context = context;
    this.owner = owner;
    this.port = port;
    this.keys = keys;
  }

  /** The last suite that a key server wanted and we cannot do; null when the last key was fine. */
  @Nullable String refusedSuite() {
    return refusedSuite;
  }

  /** What another key server wanted counts no more. */
  void serverChanged() {
    refusedSuite = null;
  }

  /**
   * Takes a key from the key server.
   *
   * @return why it is not taken; null when it is, or is known
   */
  @Nullable DropReason receive(long now, Peer server, Mkpdu mkpdu, DistributedSak set) {
    MkaKeyIdentifier identifier = new MkaKeyIdentifier(server.memberIdentifier(), set.keyNumber());
    if (isHeld(port.newest(), identifier) || isHeld(port.old(), identifier)) {
      owner.keyRepeated(now);
      return null;
    }
    Long greatest = context.keyNumbersTaken.get(server.memberIdentifier());
    if (greatest != null && set.keyNumber() <= greatest) {
      return DropReason.SAK_REUSED;
    }
    Optional<CipherSuite> suite = set.cipherSuite();
    if (suite.isEmpty()
        || !context.config.cipherSuites().contains(suite.get())
        || owner.lifecycle().refuses(suite.get())) {
      refusedSuite = suite.map(CipherSuite::toString).orElseGet(() -> "suite " + suiteId(set));
      return DropReason.SAK_CIPHER_SUITE;
    }
    Optional<Map<MemberIdentifier, Ssci>> sscis = members(server, mkpdu, suite.get().isXpn());
    if (sscis.isEmpty()) {
      return DropReason.SAK_SSCI_UNKNOWN;
    }
    refusedSuite = null;
    Sak.AgreedKey agreed =
        new Sak.AgreedKey(
            identifier, set.associationNumber(), suite.get(), set.confidentialityOffset());
    return take(now, server, agreed, set, sscis.get());
  }

  private static String suiteId(DistributedSak set) {
    return Long.toHexString(set.suiteId().orElse(0));
  }

  private static boolean isHeld(@Nullable Sak sak, MkaKeyIdentifier identifier) {
    return sak != null && sak.identifier().equals(identifier);
  }

  /** The key of these octets that is in the SecY or on its way there; null when none is. */
  private @Nullable Sak held(byte[] octets) {
    Sak newest = port.newest();
    if (newest != null && isOf(newest, octets)) {
      return newest;
    }
    Sak old = port.old();
    return old != null && isOf(old, octets) ? old : null;
  }

  private static boolean isOf(Sak sak, byte[] octets) {
    byte[] held = sak.key().toByteArray();
    try {
      return MessageDigest.isEqual(held, octets);
    } finally {
      Arrays.fill(held, (byte) 0);
    }
  }

  /**
   * Whether the key can stay as it is: its receive SA was not taken away, and no member has a
   * number in it.
   */
  private boolean goesOn(Sak held, Peer server) {
    boolean gone =
        held.wasReceiveInstalled(server.sci()) && !port.secy().model().receives(server.sci(), held);
    if (gone || held.suite().isXpn()) {
      return false;
    }
    held.comesFrom(server.memberIdentifier());
    return true;
  }

  private @Nullable DropReason take(
      long now,
      Peer server,
      Sak.AgreedKey agreed,
      DistributedSak set,
      Map<MemberIdentifier, Ssci> sscis) {
    byte[] octets = keys.unwrap(set.wrappedKey().toByteArray()).orElse(null);
    if (octets == null) {
      return DropReason.SAK_UNWRAP_FAILED;
    }
    try {
      if (octets.length != agreed.suite().keyLength()) {
        return DropReason.SAK_UNWRAP_FAILED;
      }
      Sak held = held(octets);
      if (held != null && goesOn(held, server)) {
        owner.keyRepeated(now);
        return null;
      }
      SakPrint print = SakPrint.of(octets);
      if (context.keysTaken.contains(print)) {
        return DropReason.SAK_REUSED;
      }
      if (!owner.becomePrincipal(now)) {
        return DropReason.SAK_OF_OTHER_CA;
      }
      MkaKeyIdentifier identifier = agreed.identifier();
      context.taken(identifier, print);
      MemberIdentifier self = owner.identity().memberIdentifier();
      Sak sak = new Sak(owner, self, agreed, SakLifecycle.key(agreed, octets), sscis, null, now);
      context.counters.saksReceived++;
      context.event(new MkaEvent.SakReceived(identifier, agreed.an(), agreed.suite()));
      port.offer(sak);
      return null;
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** Who has the key: those whom the key server lists as live, and itself. */
  private Optional<Map<MemberIdentifier, Ssci>> members(Peer server, Mkpdu mkpdu, boolean isXpn) {
    LivePeerList list = mkpdu.livePeers().orElseGet(() -> new LivePeerList(java.util.List.of()));
    if (isXpn && list.keyServerSsci() != 0) {
      return SsciAssignment.byList(server.memberIdentifier(), list);
    }
    Map<MemberIdentifier, Sci> scis = new LinkedHashMap<>();
    scis.put(server.memberIdentifier(), server.sci());
    for (PeerEntry entry : list.peers()) {
      Sci sci = owner.sciOf(entry.memberIdentifier());
      if (sci != null) {
        scis.put(entry.memberIdentifier(), sci);
      } else if (isXpn) {
        return Optional.empty();
      }
    }
    Map<MemberIdentifier, Ssci> sscis = new LinkedHashMap<>(SsciAssignment.byScis(scis));
    // Without extended packet numbering the numbers do not matter; who has the key does.
    for (PeerEntry entry : list.peers()) {
      sscis.putIfAbsent(entry.memberIdentifier(), Ssci.of(sscis.size() + 1));
    }
    return Optional.of(sscis);
  }
}
