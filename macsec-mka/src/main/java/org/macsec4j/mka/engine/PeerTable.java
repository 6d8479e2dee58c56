package org.macsec4j.mka.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.macsec4j.Sci;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.wire.BasicParameterSet;

/**
 * Who is there (IEEE 802.1X 9.4.3): potential peers, whom we hear, and live peers, who proved that
 * they hear us.
 *
 * <p>A peer is its member identifier. Its MKPDUs count only in rising order of message numbers, so
 * a recorded one is worth nothing: not while the peer is in the table, and not after, as the
 * numbers of those that left are kept for a while.
 *
 * <p>A peer that restarts comes back with the same SCI and a new identifier. Ignoring it until the
 * old one falls silent costs an outage of the MKA Life Time; believing it at once would let a
 * recording push out a live peer. So both stand side by side, and the new one replaces the old one
 * in the moment in which it proves that it is live. Which of two is the newer one nobody can tell
 * when a late MKPDU of the old one overtakes; so the replaced one may come back too, but only with
 * a number above its last one, and then the one that goes on speaking stays. If both go on, they
 * are two devices with one SCI; then the one that is live at that moment stays, for the peace of
 * all others, until it falls silent.
 *
 * <p>The table is bounded. A full one gives up its longest-heard potential peer for a new one,
 * never a live peer.
 */
final class PeerTable {
  private static final int MAX_DEPARTED = 64;

  /** Who wants to know. */
  interface Listener {
    void potential(Peer peer);

    void live(Peer peer);

    void lost(Peer peer);
  }

  /** A peer whose MKPDU counts, or why it does not. */
  record Hearing(@Nullable Peer peer, @Nullable DropReason drop) {}

  private static final Comparator<Peer> GREATEST_SCI_FIRST =
      Comparator.comparing(Peer::sci).reversed().thenComparing(Peer::memberIdentifier);

  private final int maxPeers;
  private final long lifeNanos;
  private final SciClashes clashes;
  private final Listener listener;
  private final Map<MemberIdentifier, Peer> peers = new LinkedHashMap<>(2);
  private final Recollection<MemberIdentifier, Long> departed = new Recollection<>(MAX_DEPARTED);
  private long keptUntil = Suspension.NONE;
  private @Nullable List<Peer> live;

  PeerTable(int maxPeers, long lifeNanos, SciClashes clashes, Listener listener) {
    this.maxPeers = maxPeers;
    this.lifeNanos = lifeNanos;
    this.clashes = clashes;
    this.listener = listener;
  }

  /** Takes the basic parameter set of an MKPDU with a right ICV. */
  Hearing hear(long now, BasicParameterSet basic) {
    Peer peer = peers.get(basic.actorMemberIdentifier());
    if (peer == null) {
      return admit(now, basic);
    }
    if (basic.actorMessageNumber() <= peer.messageNumber()) {
      return new Hearing(null, DropReason.REPLAYED);
    }
    if (!basic.sci().equals(peer.sci())) {
      return new Hearing(null, DropReason.MEMBER_IDENTIFIER_CLASH);
    }
    peer.says(basic);
    peer.proving = false;
    if (!peer.live) {
      peer.expiry = now + lifeNanos;
    }
    return new Hearing(peer, null);
  }

  private Hearing admit(long now, BasicParameterSet basic) {
    Long last = departed.get(basic.actorMemberIdentifier());
    if (last != null && basic.actorMessageNumber() <= last) {
      return new Hearing(null, DropReason.REPLAYED);
    }
    if (isHeldByAnother(now, basic.sci())) {
      clashes.sign(now, basic.sci());
      return new Hearing(null, DropReason.SCI_CLASH);
    }
    peers.values().removeIf(peer -> !peer.live && peer.sci().equals(basic.sci()));
    if (peers.size() >= maxPeers && !evictPotential()) {
      return new Hearing(null, DropReason.TOO_MANY_PEERS);
    }
    Peer peer = new Peer(basic, now);
    peer.expiry = now + lifeNanos;
    peers.put(peer.memberIdentifier(), peer);
    listener.potential(peer);
    return new Hearing(peer, null);
  }

  /**
   * Whether several devices share an SCI and one of them is live. The others have to wait, as each
   * change between them would cost everybody a new key.
   */
  private boolean isHeldByAnother(long now, Sci sci) {
    return clashes.isProven(now, sci) && liveOf(sci) != null;
  }

  private boolean evictPotential() {
    for (Iterator<Peer> all = peers.values().iterator(); all.hasNext(); ) {
      if (!all.next().live) {
        all.remove();
        return true;
      }
    }
    return false;
  }

  /** The peer proved, with the MKPDU just heard, that it receives us. */
  void proved(long now, Peer peer) {
    peer.expiry = now + lifeNanos;
    peer.proving = true;
    if (peer.live) {
      return;
    }
    Peer before = liveOf(peer.sci());
    boolean cameBack = departed.remove(peer.memberIdentifier()) != null;
    peer.live = true;
    if (before != null) {
      remove(before);
      if (cameBack) {
        clashes.sign(now, peer.sci());
      }
    }
    live = null;
    listener.live(peer);
  }

  /** No live peer is given up before a life time after the given one. */
  void keepAll(long until) {
    keptUntil = until;
  }

  /** A live peer gets a life time from now on. */
  void refresh(long now, Peer peer) {
    peer.expiry = Math.max(peer.expiry, now + lifeNanos);
  }

  private long deadline(Peer peer) {
    long kept = peer.live ? Math.max(keptUntil, peer.suspendedUntil) : Suspension.NONE;
    return kept == Suspension.NONE ? peer.expiry : Math.max(peer.expiry, kept + lifeNanos);
  }

  /** Drops the peers that fell silent. */
  void expire(long now) {
    List<Peer> silent = null;
    for (Peer peer : peers.values()) {
      if (deadline(peer) <= now) {
        silent = silent == null ? new ArrayList<>() : silent;
        silent.add(peer);
      }
    }
    if (silent != null) {
      silent.forEach(this::remove);
    }
  }

  private void remove(Peer peer) {
    peers.remove(peer.memberIdentifier());
    if (peer.live) {
      departed.put(peer.memberIdentifier(), peer.messageNumber());
      live = null;
      listener.lost(peer);
    }
  }

  void clear() {
    peers.clear();
    live = null;
  }

  long nextExpiry() {
    long next = TimerTable.NEVER;
    for (Peer peer : peers.values()) {
      next = Math.min(next, deadline(peer));
    }
    return next;
  }

  /** Live peers, the greatest SCI first, as SSCIs are numbered. */
  List<Peer> live() {
    if (live == null) {
      live = peers.values().stream().filter(Peer::isLive).sorted(GREATEST_SCI_FIRST).toList();
    }
    return live;
  }

  /** Live and potential peers. */
  Collection<Peer> all() {
    return peers.values();
  }

  /** Potential peers, the greatest SCI first. */
  List<Peer> potential() {
    if (peers.size() == live().size()) {
      return List.of();
    }
    return peers.values().stream().filter(p -> !p.live).sorted(GREATEST_SCI_FIRST).toList();
  }

  @Nullable Peer liveOf(Sci sci) {
    for (Peer peer : live()) {
      if (peer.sci().equals(sci)) {
        return peer;
      }
    }
    return null;
  }

  @Nullable Peer liveOf(MemberIdentifier memberIdentifier) {
    Peer peer = peers.get(memberIdentifier);
    return peer != null && peer.live ? peer : null;
  }

  /** Whether no live peer wants MACsec. */
  boolean nobodyWantsMacsec() {
    for (Peer peer : live()) {
      if (peer.wantsMacsec()) {
        return false;
      }
    }
    return true;
  }

  /** The SCI of a peer, live or potential; null when it was not heard. */
  @Nullable Sci sciOf(MemberIdentifier memberIdentifier) {
    Peer peer = peers.get(memberIdentifier);
    return peer == null ? null : peer.sci();
  }

  /** Whether a peer was live and is no more. */
  boolean hasDeparted(MemberIdentifier memberIdentifier) {
    return departed.contains(memberIdentifier);
  }

  /** Whether one that a peer lists is neither us nor known to be live, or to be gone. */
  boolean hasStrangers(List<MemberIdentifier> listed, MemberIdentifier self) {
    for (MemberIdentifier member : listed) {
      if (!member.equals(self) && liveOf(member) == null && !hasDeparted(member)) {
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return peers.isEmpty();
  }
}
