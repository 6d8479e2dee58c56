package org.macsec4j.mka.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.PacketNumber;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.Ssci;
import org.macsec4j.mka.FormerLife;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.SakPrint;
import org.macsec4j.mka.wire.DistributedSak;

/**
 * A SAK with all that was agreed with it: number, suite, offset, and for whom it is.
 *
 * <p>The members are fixed when the key is made. A participant that comes later gets another key,
 * as the SSCIs of an XPN suite, which are part of the nonce, are numbered over the members: to let
 * one more in would number them anew under the same key.
 */
final class Sak implements Destroyable {
  private final MkaParticipant owner;
  private final MemberIdentifier self;
  private final MkaKeyIdentifier identifier;
  private final AssociationNumber an;
  private final CipherSuite suite;
  private final ConfidentialityOffset offset;
  private final SecureAssociationKey key;
  private final Map<MemberIdentifier, Ssci> sscis;
  private final @Nullable DistributedSak distribution;
  private final long createdAt;
  private final ToldPacketNumber told = new ToldPacketNumber();
  private PacketNumber nextPn = PacketNumber.FIRST;
  private boolean mayBeUsedUp;
  private boolean transmitInstalled;
  private final List<Sci> receiveInstalled = new ArrayList<>(1);
  private MemberIdentifier server;
  private boolean urgent;
  private boolean gap;

  /**
   * A key.
   *
   * @param self our member identifier when it was agreed
   * @param sscis the members, ourselves among them, each with its SSCI (numbered for every suite)
   * @param distribution the set in which we hand the key out; null when it was handed to us
   */
  Sak(
      MkaParticipant owner,
      MemberIdentifier self,
      AgreedKey agreed,
      SecureAssociationKey key,
      Map<MemberIdentifier, Ssci> sscis,
      @Nullable DistributedSak distribution,
      long createdAt) {
    this.owner = owner;
    this.self = self;
    this.identifier = agreed.identifier();
    this.an = agreed.an();
    this.suite = agreed.suite();
    this.offset = agreed.offset();
    this.key = key;
    this.sscis = Map.copyOf(sscis);
    this.distribution = distribution;
    this.createdAt = createdAt;
    this.server = agreed.identifier().keyServer();
  }

  /** The public part of a key. */
  record AgreedKey(
      MkaKeyIdentifier identifier,
      AssociationNumber an,
      CipherSuite suite,
      ConfidentialityOffset offset) {}

  /** The participant in whose CA the key is. */
  MkaParticipant owner() {
    return owner;
  }

  /** Our member identifier when the key was agreed. */
  MemberIdentifier self() {
    return self;
  }

  MkaKeyIdentifier identifier() {
    return identifier;
  }

  AssociationNumber an() {
    return an;
  }

  CipherSuite suite() {
    return suite;
  }

  ConfidentialityOffset offset() {
    return offset;
  }

  SecureAssociationKey key() {
    return key;
  }

  /** What it is known again by when it is gone. */
  FormerLife.HeldKey trace() {
    byte[] octets = key.toByteArray();
    try {
      return new FormerLife.HeldKey(identifier, an, SakPrint.of(octets));
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** Whether we made it. */
  boolean isOurs() {
    return distribution != null;
  }

  /** The set in which we hand the key out; null when it was handed to us. */
  @Nullable DistributedSak distribution() {
    return distribution;
  }

  long createdAt() {
    return createdAt;
  }

  Set<MemberIdentifier> members() {
    return sscis.keySet();
  }

  boolean isFor(MemberIdentifier member) {
    return sscis.containsKey(member) || member.equals(server);
  }

  /** The key server, by the member identifier that it has now. */
  MemberIdentifier server() {
    return server;
  }

  /** The key server goes on with the key under another member identifier. */
  void comesFrom(MemberIdentifier another) {
    server = another;
  }

  /** The SSCI of a member, for an XPN suite; empty for the other suites. */
  Optional<Ssci> ssci(MemberIdentifier member) {
    return suite.isXpn() ? Optional.ofNullable(sscis.get(member)) : Optional.empty();
  }

  /** Our next packet number as far as the SecY told; it never falls. */
  PacketNumber nextPn() {
    return nextPn;
  }

  void sawNextPn(PacketNumber pn) {
    if (pn.compareTo(nextPn) > 0) {
      nextPn = pn;
    }
  }

  /** Whether so many frames may have been sent that another key is needed, though none told. */
  boolean mayBeUsedUp() {
    return mayBeUsedUp;
  }

  /** Whether that is news. */
  boolean setMayBeUsedUp() {
    boolean news = !mayBeUsedUp;
    mayBeUsedUp = true;
    return news;
  }

  /** The packet number below which our frames are too old for peers that we protect from delay. */
  long lowestAcceptablePn(long now) {
    return told.tell(now, nextPn);
  }

  /**
   * Whether a transmit SA with this key existed. Installed a second time it would begin with packet
   * number 1 again and use numbers twice, so it never is.
   */
  boolean wasTransmitInstalled() {
    return transmitInstalled;
  }

  void setTransmitInstalled() {
    transmitInstalled = true;
  }

  /**
   * Whether a receive SA with this key existed on the channel of a peer. Installed a second time it
   * would accept again what it accepted before, so it never is.
   */
  boolean wasReceiveInstalled(Sci peer) {
    return receiveInstalled.contains(peer);
  }

  void setReceiveInstalled(Sci peer) {
    receiveInstalled.add(peer);
  }

  /** Whether a member waits for this key that has no other. */
  boolean isUrgent() {
    return urgent;
  }

  void setUrgent() {
    urgent = true;
  }

  /** Whether some members may not receive each other with it, as they did not know each other. */
  boolean hasGap() {
    return gap;
  }

  void setGap() {
    gap = true;
  }

  @Override
  public void destroy() {
    key.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return key.isDestroyed();
  }

  @Override
  public String toString() {
    return "SAK " + identifier + " AN " + an + " " + suite;
  }

  /** Whether a live peer has the key. */
  boolean hasLiveMember() {
    for (Peer peer : owner.peers().live()) {
      if (isFor(peer.memberIdentifier())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a live peer says that it sends under the key, or may begin to before it speaks again.
   */
  boolean isNeededByAny() {
    for (Peer peer : owner.peers().live()) {
      if (peer.transmits(identifier) || peer.hasAsLatest(identifier)) {
        return true;
      }
    }
    return false;
  }
}
