package org.macsec4j.mka.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.wire.DistributedCak;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.OctetString;

/**
 * Group CAKs (IEEE 802.1X 9.12): a key server that has a CA with each of several members hands the
 * CAK of a group out in all of them, wrapped with the KEK of each, and the members meet in the
 * group's CA.
 *
 * <p>It is handed out until each live peer is seen in the group's CA. A port that is no member of
 * the group cannot see that, and hands it out a number of times.
 *
 * <p>Memory is bounded also against a key server that hands out ever new keys: of those that are
 * joined the oldest one goes.
 */
final class GroupCaks {
  /** How often a member is told that cannot be seen to have joined. */
  private static final int TIMES = 8;

  private static final int MAX_JOINED = 4;
  private static final int MAX_KNOWN = 16;

  /** What is handed out in one CA. */
  private static final class Handing {
    private final MkaParticipant actor;
    private final DistributedCak set;
    private final Set<MemberIdentifier> told = new HashSet<>();
    private int left;

    Handing(MkaParticipant actor, DistributedCak set) {
      this.actor = actor;
      this.set = set;
    }
  }

  private final PortContext context;
  private final KeyRing ring;
  private Map<Ckn, Handing> handings = Map.of();
  private final Recollection<OctetString, Ckn> known = new Recollection<>(MAX_KNOWN);
  private List<Ckn> joined = List.of();
  private @Nullable Ckn ckn;
  private @Nullable Cak cak;

  GroupCaks(PortContext context, KeyRing ring) {
    this.context = context;
    this.ring = ring;
  }

  // The key server's part.

  /** Hands out another CAK from now on. */
  void distribute(PreSharedKey key) {
    stop();
    ckn = key.ckn();
    cak = key.cak().copy();
    handings = new HashMap<>();
  }

  /** Hands out what another one hands out, to all anew. */
  void keep(GroupCaks before) {
    Ckn name = before.ckn;
    Cak key = before.cak;
    if (name != null && key != null) {
      distribute(PreSharedKey.of(name, key));
    }
  }

  /** Hands out none any more. */
  void stop() {
    if (cak != null) {
      cak.destroy();
    }
    cak = null;
    ckn = null;
    handings = Map.of();
  }

  /** What goes into the next MKPDU of a participant; null for none. */
  @Nullable DistributedCak next(MkaParticipant actor) {
    Ckn group = ckn;
    Cak key = cak;
    if (group == null || key == null || group.equals(actor.ckn()) || !actor.isServer()) {
      return null;
    }
    Handing handing = handings.get(actor.ckn());
    if (handing == null || handing.actor != actor) {
      handing = new Handing(actor, wrap(actor, group, key));
      handings.put(actor.ckn(), handing);
    }
    MkaParticipant member = ring.participant(group);
    boolean due = member == null ? isLeft(actor, handing) : isMissedByAny(actor, member);
    return due ? handing.set : null;
  }

  /** The name of the group CAK that we hand out in a CA; null for none. */
  @Nullable Ckn distributedBy(MkaParticipant actor) {
    return ckn == null || ckn.equals(actor.ckn()) || !actor.isServer() ? null : ckn;
  }

  private static DistributedCak wrap(MkaParticipant actor, Ckn group, Cak key) {
    byte[] octets = key.toByteArray();
    try {
      return DistributedCak.of(OctetString.of(actor.keys().wrap(octets)), group);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static boolean isMissedByAny(MkaParticipant actor, MkaParticipant member) {
    for (Peer peer : actor.peers().live()) {
      if (member.peers().liveOf(peer.sci()) == null) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLeft(MkaParticipant actor, Handing handing) {
    boolean someNew = false;
    Set<MemberIdentifier> live = new HashSet<>();
    for (Peer peer : actor.peers().live()) {
      live.add(peer.memberIdentifier());
      someNew |= !handing.told.contains(peer.memberIdentifier());
    }
    handing.told.retainAll(live);
    handing.told.addAll(live);
    handing.left = someNew ? TIMES : handing.left;
    return handing.left-- > 0;
  }

  // The members' part.

  /**
   * Takes a CAK that a live peer hands out, if it does.
   *
   * @param fromServer whether the peer is the key server and knows that we are live
   * @return why it is not taken; null when it is, or is known, or there is none
   */
  @Nullable DropReason receive(MkaParticipant actor, Peer server, Mkpdu mkpdu, boolean fromServer) {
    DistributedCak set = mkpdu.distributedCak().orElse(null);
    if (set == null || (fromServer && known.contains(set.body()))) {
      return null;
    }
    if (!fromServer) {
      return DropReason.CAK_NOT_FROM_KEY_SERVER;
    }
    PreSharedKey key = unwrap(actor, set);
    if (key == null) {
      return DropReason.CAK_UNWRAP_FAILED;
    }
    known.put(set.body(), key.ckn());
    if (context.config.joinGroups() && !ring.contains(key.ckn())) {
      join(key);
    }
    context.event(new MkaEvent.GroupCakReceived(server.sci(), key));
    return null;
  }

  /** The set does not say how long the key is; a wrong length does not unwrap. */
  private static @Nullable PreSharedKey unwrap(MkaParticipant actor, DistributedCak set) {
    for (int length : new int[] {Cak.LENGTH_128, Cak.LENGTH_256}) {
      Optional<byte[]> octets =
          set.wrappedCak(length).flatMap(wrapped -> actor.keys().unwrap(wrapped.toByteArray()));
      if (octets.isPresent()) {
        try {
          return PreSharedKey.of(set.ckn(length).orElseThrow(), Cak.of(octets.get()));
        } finally {
          Arrays.fill(octets.get(), (byte) 0);
        }
      }
    }
    return null;
  }

  /** The participant has its own copy, as the key of the event is the listener's to destroy. */
  private void join(PreSharedKey key) {
    ring.add(key);
    List<Ckn> groups = new ArrayList<>(joined);
    groups.add(key.ckn());
    if (groups.size() > MAX_JOINED) {
      ring.remove(groups.remove(0), MkaEvent.KeyEnded.Cause.REPLACED);
    }
    joined = List.copyOf(groups);
  }
}
