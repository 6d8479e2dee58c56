package org.macsec4j.mka.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.Sci;
import org.macsec4j.mka.ClearReason;
import org.macsec4j.mka.ControlledPortState;
import org.macsec4j.mka.MkaPeer;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.mka.PreSharedKey;

/** Gathers from all parts of a port what its status says. */
final class StatusReporter {
  private final PortContext context;
  private final KeyRing ring;
  private final ControlledPort port;
  private final GroupCaks groupCaks;
  private final Diagnostician diagnostician;

  StatusReporter(
      PortContext context,
      KeyRing ring,
      MkpduReceiver receiver,
      ControlledPort port,
      GroupCaks groupCaks) {
    this.context = context;
    this.ring = ring;
    this.port = port;
    this.groupCaks = groupCaks;
    this.diagnostician = new Diagnostician(context, ring, receiver, port);
  }

  MkaStatus report(long now, MkaParticipant principal) {
    CpState state = port.state();
    return new MkaStatus(
        portState(),
        Optional.ofNullable(port.clearAccess().told()),
        new MkaStatus.Actor(
            context.sci,
            context.keyServerPriority(),
            context.config.macsecCapability(),
            context.config.macsecDesired()),
        keyServer(principal),
        frames(),
        !port.isSecured() && port.clearAccess().hasWaited(now),
        context.suspendedUntil != Suspension.NONE,
        participants(principal),
        key(port.latest(), state.latestRx(), state.latestTx()),
        key(port.old(), true, state.oldTx()),
        context.counters.snapshot(),
        diagnostician.diagnose(now, principal));
  }

  private ControlledPortState portState() {
    ClearReason inClear = port.clearAccess().told();
    if (port.isSecured()) {
      return ControlledPortState.SECURE;
    } else if (inClear == null) {
      return ControlledPortState.PENDING;
    }
    return inClear.isAuthenticated()
        ? ControlledPortState.AUTHENTICATED
        : ControlledPortState.UNAUTHENTICATED;
  }

  private Optional<MkaStatus.KeyServer> keyServer(MkaParticipant actor) {
    Sci elected = actor.keyServer();
    if (elected == null) {
      return Optional.empty();
    }
    Peer peer = actor.peers().liveOf(elected);
    int priority = peer == null ? context.keyServerPriority() : peer.keyServerPriority();
    return Optional.of(new MkaStatus.KeyServer(elected, priority, actor.isServer()));
  }

  private MkaStatus.Frames frames() {
    Protection now =
        Objects.requireNonNullElse(port.secy().model().protection(), context.protection);
    return new MkaStatus.Frames(now.frames(), now.validate(), context.config.replayProtection());
  }

  private List<MkaStatus.Participant> participants(MkaParticipant principal) {
    List<MkaStatus.Participant> all = new ArrayList<>();
    all.add(participant(principal, true));
    for (PreSharedKey key : ring.keys()) {
      MkaParticipant other = ring.participant(key.ckn());
      if (other != null && other != principal) {
        all.add(participant(other, false));
      }
    }
    return all;
  }

  private MkaStatus.Participant participant(MkaParticipant actor, boolean principal) {
    List<MkaPeer> peers = new ArrayList<>();
    actor.peers().live().forEach(peer -> peers.add(peer.snapshot()));
    actor.peers().potential().forEach(peer -> peers.add(peer.snapshot()));
    return new MkaStatus.Participant(
        actor.ckn(),
        principal,
        actor.isRunning(),
        actor.identity().memberIdentifier(),
        actor.identity().messageNumber(),
        actor.isServer(),
        Optional.ofNullable(groupCaks.distributedBy(actor)),
        peers);
  }

  private static Optional<MkaStatus.Key> key(
      @Nullable Sak sak, boolean receives, boolean transmits) {
    return Optional.ofNullable(sak)
        .map(
            key ->
                new MkaStatus.Key(
                    key.identifier(), key.an(), key.suite(), key.offset(), receives, transmits));
  }
}
