package org.macsec4j.mka.engine;

import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Sci;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.TransmitSa;
import org.macsec4j.mka.engine.SecyModel.Channel;
import org.macsec4j.mka.engine.SecyModel.Slot;
import org.macsec4j.mka.engine.SecyStep.Kind;

/**
 * Finds the next command that brings a SecY from what it is to what it shall be.
 *
 * <p>First comes what keeps frames in or out as they must be. Then the order is that of make before
 * break: room is made where two keys want the same place, then everything is made that receives,
 * then what transmits, then the port is opened; what is left over goes last. A step that is not
 * ready, because it was refused a moment ago, is passed over together with what depends on it, and
 * with nothing else.
 *
 * <p>An SA is disabled before it is deleted, as the kernel does not delete one in use.
 */
final class SecyPlanner {
  private static final AssociationNumber[] ALL = AssociationNumber.values();

  private final SecyModel model;
  private final SecyPlan plan;
  private final Predicate<SecyStep.Target> ready;

  SecyPlanner(SecyModel model, SecyPlan plan, Predicate<SecyStep.Target> ready) {
    this.model = model;
    this.plan = plan;
    this.ready = ready;
  }

  /** The next step; null when there is none that can be taken now. */
  @Nullable SecyStep next() {
    SecyStep step = closePort();
    step = step != null ? step : protection();
    step = step != null ? step : makeRoom();
    step = step != null ? step : change();
    step = step != null ? step : receive();
    step = step != null ? step : installTransmit();
    step = step != null ? step : transmit();
    step = step != null ? step : openPort();
    return step != null ? step : cleanUp();
  }

  private @Nullable SecyStep closePort() {
    return model.isPortEnabled() && !plan.portEnabled()
        ? take(Kind.CLOSE_PORT, null, null, new SecyCommand.SetControlledPort(false), null)
        : null;
  }

  /**
   * Frames in clear are let pass at once. From clear to protected, what is received is asked for
   * first, and sending follows when there is a key to send with, so that nobody is cut off.
   */
  private @Nullable SecyStep protection() {
    Protection now = model.protection();
    Sak key = plan.transmit();
    boolean canProtect = now == null || now.frames() || key == null || model.canTransmit(key);
    Protection wanted =
        new Protection(plan.protection().frames() && canProtect, plan.protection().validate());
    if (wanted.equals(now)) {
      return null;
    }
    SecyCommand command = new SecyCommand.Change(wanted.changeFrom(now));
    return take(wanted.frames() ? Kind.PROTECT : Kind.PASS_IN_CLEAR, null, null, command, null);
  }

  /** Where a key is wanted in a place that another one, or something stale, holds. */
  private @Nullable SecyStep makeRoom() {
    for (AssociationNumber an : ALL) {
      Sak wanted = plan.transmitKey(an);
      Slot slot = model.transmit(an);
      if (wanted != null && !slot.isFree() && !slot.holds(wanted)) {
        SecyStep step = removeTransmit(an, slot);
        if (step != null) {
          return step;
        }
      }
    }
    for (Peer peer : plan.peers()) {
      SecyStep step = makeRoom(peer);
      if (step != null) {
        return step;
      }
    }
    return null;
  }

  private @Nullable SecyStep makeRoom(Peer peer) {
    Channel channel = model.channels().get(peer.sci());
    if (channel == null) {
      return null;
    }
    if (channel.isStale()) {
      return deleteChannel(peer.sci());
    }
    for (AssociationNumber an : ALL) {
      Sak wanted = plan.receiveKey(peer, an);
      Slot slot = channel.slot(an);
      if (wanted != null && !slot.isFree() && !slot.holds(wanted)) {
        SecyStep step = removeReceive(peer.sci(), an, slot);
        if (step != null) {
          return step;
        }
      }
    }
    return null;
  }

  private @Nullable SecyStep change() {
    Sak latest = plan.latest();
    if (latest == null || model.is(latest.suite(), latest.offset())) {
      return null;
    }
    if (model.isSuiteFixedByAssociations() && model.suite() != latest.suite()) {
      SecyStep step = empty();
      if (step != null) {
        return step;
      }
    }
    SecyChange change =
        SecyChange.builder()
            .cipherSuite(latest.suite())
            .confidentialityOffset(latest.offset())
            .build();
    return take(Kind.CHANGE, null, null, new SecyCommand.Change(change), latest);
  }

  /** A SecY whose suite is fixed by its SAs loses them, for another suite than theirs. */
  private @Nullable SecyStep empty() {
    for (AssociationNumber an : ALL) {
      Slot slot = model.transmit(an);
      SecyStep step = slot.isFree() ? null : removeTransmit(an, slot);
      if (step != null) {
        return step;
      }
    }
    for (Map.Entry<Sci, Channel> entry : model.channels().entrySet()) {
      for (AssociationNumber an : ALL) {
        Slot slot = entry.getValue().slot(an);
        SecyStep step = slot.isFree() ? null : removeReceive(entry.getKey(), an, slot);
        if (step != null) {
          return step;
        }
      }
    }
    return null;
  }

  private @Nullable SecyStep receive() {
    for (Peer peer : plan.peers()) {
      Channel channel = model.channels().get(peer.sci());
      SecyStep step =
          channel == null
              ? take(
                  Kind.CREATE_CHANNEL,
                  peer.sci(),
                  null,
                  new SecyCommand.CreateReceiveSc(peer.sci()),
                  null)
              : receive(peer, channel);
      if (step != null) {
        return step;
      }
    }
    return null;
  }

  private @Nullable SecyStep receive(Peer peer, Channel channel) {
    if (channel.isStale()) {
      return null;
    }
    for (Sak key : plan.receive()) {
      if (!SecyPlan.covers(key, peer) || !model.is(key.suite(), key.offset())) {
        continue;
      }
      Slot slot = channel.slot(key.an());
      SecyStep step = null;
      if (slot.isFree()) {
        step = key.wasReceiveInstalled(peer.sci()) ? null : installReceive(peer, key);
      } else if (slot.holds(key)) {
        step = raise(peer, key, slot);
      }
      if (step != null) {
        return step;
      }
    }
    return null;
  }

  private @Nullable SecyStep installReceive(Peer peer, Sak key) {
    ReceiveSa sa =
        new ReceiveSa(
            key.an(),
            key.key(),
            PacketNumber.of(lowestPn(peer, key)),
            key.ssci(peer.memberIdentifier()),
            true);
    SecyCommand command = new SecyCommand.InstallReceiveSa(peer.sci(), sa);
    return take(Kind.INSTALL_RECEIVE, peer.sci(), key.an(), command, key);
  }

  /** Delay protection: the peer says below which number its frames are too old. */
  private @Nullable SecyStep raise(Peer peer, Sak key, Slot slot) {
    SakUseReport report = peer.sakUse();
    long lowest = lowestPn(peer, key);
    if (report == null
        || !report.use().delayProtect()
        || Long.compareUnsigned(lowest, slot.lowestPn()) <= 0) {
      return null;
    }
    SecyCommand command =
        new SecyCommand.RaiseLowestPn(peer.sci(), key.an(), PacketNumber.of(lowest));
    return take(Kind.RAISE_RECEIVE, peer.sci(), key.an(), command, key);
  }

  /**
   * What the peer said it will not send below; a channel made anew must not accept older frames.
   */
  private static long lowestPn(Peer peer, Sak key) {
    SakUseReport report = peer.sakUse();
    long said = report == null ? 0 : report.packetNumber(key.identifier(), key.suite().isXpn());
    return said == 0 ? PacketNumber.FIRST.value() : said;
  }

  private @Nullable SecyStep installTransmit() {
    Sak latest = plan.latest();
    if (latest == null
        || latest.wasTransmitInstalled()
        || !model.is(latest.suite(), latest.offset())
        || !model.transmit(latest.an()).isFree()) {
      return null;
    }
    TransmitSa sa =
        new TransmitSa(
            latest.an(), latest.key(), PacketNumber.FIRST, latest.ssci(latest.self()), false);
    return take(
        Kind.INSTALL_TRANSMIT, null, latest.an(), new SecyCommand.InstallTransmitSa(sa), latest);
  }

  private @Nullable SecyStep transmit() {
    Sak key = plan.transmit();
    if (key == null || !model.transmit(key.an()).holds(key)) {
      return null;
    }
    AssociationNumber an = key.an();
    if (!model.transmit(an).isEnabled()) {
      SecyCommand command = new SecyCommand.EnableTransmitSa(an, true);
      return take(Kind.ENABLE_TRANSMIT, null, an, command, key);
    }
    return model.selected() == an
        ? null
        : take(Kind.SELECT_TRANSMIT, null, an, new SecyCommand.SelectTransmitSa(an), key);
  }

  private @Nullable SecyStep openPort() {
    Sak key = plan.transmit();
    Protection now = model.protection();
    boolean ready =
        plan.protection().frames()
            ? key != null && model.transmits(key)
            : now != null && !now.frames();
    return ready && plan.portEnabled() && !model.isPortEnabled()
        ? take(Kind.OPEN_PORT, null, null, new SecyCommand.SetControlledPort(true), null)
        : null;
  }

  private @Nullable SecyStep cleanUp() {
    for (AssociationNumber an : ALL) {
      Slot slot = model.transmit(an);
      if (slot.isFree() || plan.transmitKey(an) != null || isStillSelected(an)) {
        continue;
      }
      SecyStep step = removeTransmit(an, slot);
      if (step != null) {
        return step;
      }
    }
    for (Map.Entry<Sci, Channel> entry : model.channels().entrySet()) {
      SecyStep step = cleanUp(entry.getKey(), entry.getValue());
      if (step != null) {
        return step;
      }
    }
    return null;
  }

  /** The SA that transmits goes only after another one took over, when another one shall. */
  private boolean isStillSelected(AssociationNumber an) {
    return plan.transmit() != null && model.selected() == an;
  }

  private @Nullable SecyStep cleanUp(Sci sci, Channel channel) {
    // The channel of a lost peer stays while a key of its does: made anew for a peer that comes
    // back, it would accept once more what it accepted before.
    if (channel.isStale() || (plan.peer(sci) == null && !receivesAny(channel))) {
      return deleteChannel(sci);
    }
    for (AssociationNumber an : ALL) {
      Slot slot = channel.slot(an);
      Sak sak = slot.sak();
      // An SA stays while its key does, even though the peer came back with a new identifier.
      if (slot.isFree() || (sak != null && plan.receive().contains(sak))) {
        continue;
      }
      SecyStep step = removeReceive(sci, an, slot);
      if (step != null) {
        return step;
      }
    }
    return null;
  }

  private boolean receivesAny(Channel channel) {
    for (Sak key : plan.receive()) {
      if (channel.slot(key.an()).holds(key)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable SecyStep deleteChannel(Sci sci) {
    return take(Kind.DELETE_CHANNEL, sci, null, new SecyCommand.DeleteReceiveSc(sci), null);
  }

  private @Nullable SecyStep removeReceive(Sci sci, AssociationNumber an, Slot slot) {
    return slot.isEnabled()
        ? take(
            Kind.DISABLE_RECEIVE,
            sci,
            an,
            new SecyCommand.EnableReceiveSa(sci, an, false),
            slot.sak())
        : take(Kind.DELETE_RECEIVE, sci, an, new SecyCommand.DeleteReceiveSa(sci, an), slot.sak());
  }

  private @Nullable SecyStep removeTransmit(AssociationNumber an, Slot slot) {
    return slot.isEnabled()
        ? take(
            Kind.DISABLE_TRANSMIT,
            null,
            an,
            new SecyCommand.EnableTransmitSa(an, false),
            slot.sak())
        : take(Kind.DELETE_TRANSMIT, null, an, new SecyCommand.DeleteTransmitSa(an), slot.sak());
  }

  private @Nullable SecyStep take(
      Kind kind,
      @Nullable Sci sci,
      @Nullable AssociationNumber an,
      SecyCommand command,
      @Nullable Sak sak) {
    SecyStep.Target target = new SecyStep.Target(kind, sci, an);
    return ready.test(target) ? new SecyStep(target, command, sak) : null;
  }
}
