package org.macsec4j.mka.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.MacsecException;
import org.macsec4j.Sci;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyResult;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.engine.SecyModel.Channel;
import org.macsec4j.mka.engine.SecyModel.Slot;
import org.macsec4j.mka.engine.SecyStep.Kind;

/**
 * Turns what the SecY shall be into commands, one after the other, and keeps what it is.
 *
 * <p>Nothing is remembered of the way: after each answer the difference between plan and model is
 * looked at anew. So it does not matter at which step a command fails, or what the plan became
 * while a command was under way. A refused command is tried again, later each time, while the rest
 * goes on. What the answer tells of the SecY goes into the model: "exists" means that something
 * stale is in the place, "not found" that something is gone.
 *
 * <p>One command is under way at a time. A key that is discarded while a command with it is under
 * way is destroyed when the answer is there.
 */
final class SecyDriver {
  /** Who hears what cannot be mended by trying again. */
  interface Listener {
    /** A key can never be transmitted with (again): its packet numbers are lost or used up. */
    void transmitKeyLost(Sak key);

    /** A peer cannot be received with a key any more, as the SecY forgot what it received. */
    void receiveKeyLost(Sak key);

    /** The SecY cannot do a suite at all. */
    void suiteRefused(Sak key);
  }

  private static final long FIRST_RETRY_NANOS = 50_000_000L;
  private static final int MAX_DOUBLINGS = 6;
  private static final int STOP_ATTEMPTS = 3;

  private record Refusal(int attempts, long retryAt, SecyStep step, MacsecException cause) {}

  private final PortContext context;
  private final Listener listener;
  private final SecyModel model;
  private Map<SecyStep.Target, Refusal> refusals = Map.of();
  private final List<Sak> doomed = new ArrayList<>(1);
  private @Nullable SecyStep underWay;
  private long underWayId;
  private boolean stopping;

  /** The plan that the SecY is known to be as; null while it is not. Most MKPDUs change nothing. */
  private @Nullable SecyPlan fulfilled;

  SecyDriver(PortContext context, Listener listener) {
    this.context = context;
    this.listener = listener;
    this.model =
        new SecyModel(
            context.config.cipherSuites().get(0),
            context.config.confidentialityOffset(),
            context.config.accessPolicy().isMustSecure() ? context.protection : null);
  }

  SecyModel model() {
    return model;
  }

  /** Whether the SecY is as it shall be, and nothing was refused. */
  boolean isAtRest() {
    return underWay == null && fulfilled != null && refusals.isEmpty();
  }

  /** A key that no plan will name again. */
  void discard(Sak key) {
    doomed.add(key);
    destroyDoomed();
  }

  /** From now on what cannot be removed is given up after a few attempts. */
  void stop() {
    stopping = true;
  }

  /** Gives the next command, when there is one to give and none is under way. */
  void pursue(long now, SecyPlan plan, TimerTable<PortTimer> timers) {
    if (underWay != null || (plan.equals(fulfilled) && !plan.isMoving())) {
      return;
    }
    fulfilled = null;
    SecyStep step = new SecyPlanner(model, plan, target -> isReady(target, now)).next();
    timers.set(PortTimer.COMMAND, step == null ? nextRetry(now) : TimerTable.NEVER);
    if (step != null) {
      underWay = step;
      underWayId++;
      context.apply(underWayId, step.command());
    } else if (refusals.isEmpty()) {
      fulfilled = plan;
    } else if (refusals.values().stream().allMatch(refusal -> refusal.retryAt <= now)) {
      refusals = Map.of();
    }
  }

  private boolean isReady(SecyStep.Target target, long now) {
    Refusal refusal = refusals.get(target);
    return refusal == null
        || (refusal.retryAt <= now && !(stopping && refusal.attempts >= STOP_ATTEMPTS));
  }

  private long nextRetry(long now) {
    long next = TimerTable.NEVER;
    for (Refusal refusal : refusals.values()) {
      if (refusal.retryAt > now) {
        next = Math.min(next, refusal.retryAt);
      }
    }
    return next;
  }

  /** The answer to a command; false when it is none that is waited for. */
  boolean handleResult(long now, long commandId, SecyResult result) {
    SecyStep step = underWay;
    if (step == null || commandId != underWayId) {
      return false;
    }
    underWay = null;
    fulfilled = null;
    if (result instanceof SecyResult.Failed failed) {
      refused(now, step, failed.cause());
    } else {
      if (!refusals.isEmpty()) {
        refusals.remove(step.target());
      }
      done(step);
    }
    destroyDoomed();
    return true;
  }

  private void done(SecyStep step) {
    AssociationNumber an = step.target().an();
    Sci sci = step.target().sci();
    switch (step.target().kind()) {
      case CLOSE_PORT -> model.setPortEnabled(false);
      case OPEN_PORT -> model.setPortEnabled(true);
      case PASS_IN_CLEAR, PROTECT -> protection(step);
      case CHANGE -> model.changed(sak(step).suite(), sak(step).offset());
      case CREATE_CHANNEL -> model.channels().put(Objects.requireNonNull(sci), new Channel());
      case DELETE_CHANNEL -> model.channels().remove(Objects.requireNonNull(sci));
      case INSTALL_RECEIVE, RAISE_RECEIVE -> receiving(step);
      case DISABLE_RECEIVE -> ifPresent(step, slot -> slot.setEnabled(false));
      case DELETE_RECEIVE -> ifPresent(step, Slot::free);
      case INSTALL_TRANSMIT -> {
        sak(step).setTransmitInstalled();
        transmitSlot(step).fill(sak(step), false, 0);
      }
      case ENABLE_TRANSMIT -> transmitSlot(step).setEnabled(true);
      case SELECT_TRANSMIT -> model.select(an);
      case DISABLE_TRANSMIT -> transmitSlot(step).setEnabled(false);
      case DELETE_TRANSMIT -> {
        transmitSlot(step).free();
        if (model.selected() == an) {
          model.select(null);
        }
      }
    }
  }

  private void protection(SecyStep step) {
    if (step.command() instanceof SecyCommand.Change change) {
      Protection before = Objects.requireNonNullElse(model.protection(), context.protection);
      model.setProtection(
          new Protection(
              change.change().protectFrames().orElse(before.frames()),
              change.change().validateFrames().orElse(before.validate())));
    }
  }

  private void receiving(SecyStep step) {
    ifPresent(
        step,
        slot -> {
          if (step.command() instanceof SecyCommand.InstallReceiveSa install) {
            sak(step).setReceiveInstalled(install.sci());
            slot.fill(sak(step), true, install.sa().lowestPn().value());
          } else if (step.command() instanceof SecyCommand.RaiseLowestPn raise) {
            slot.setLowestPn(raise.lowestPn().value());
          }
        });
  }

  private void refused(long now, SecyStep step, MacsecException cause) {
    context.counters.commandsFailed++;
    Kind kind = step.target().kind();
    if (cause.kind() == MacsecException.Kind.NOT_FOUND && kind.isRemoval()) {
      gone(step);
      return;
    }
    context.event(new MkaEvent.SecyRefused(step.describe(), cause));
    Refusal before = refusals.get(step.target());
    int attempts = before == null ? 1 : before.attempts + 1;
    // Never longer than a hello: what is mended has to be noticed soon.
    long doubled = FIRST_RETRY_NANOS << Math.min(attempts - 1, MAX_DOUBLINGS);
    long wait = Math.min(doubled, context.helloNanos);
    if (refusals.isEmpty()) {
      refusals = new LinkedHashMap<>();
    }
    refusals.put(step.target(), new Refusal(attempts, now + wait, step, cause));
    learn(step, cause.kind());
  }

  /** What was to be taken away is not there. */
  private void gone(SecyStep step) {
    switch (step.target().kind()) {
      case DISABLE_RECEIVE -> ifPresent(step, Slot::free);
      case DISABLE_TRANSMIT -> transmitSlot(step).free();
      default -> done(step);
    }
  }

  /** What a refusal tells of the SecY, or of the key. */
  private void learn(SecyStep step, MacsecException.Kind cause) {
    switch (cause) {
      case EXISTS -> learnExists(step);
      case NOT_FOUND -> learnMissing(step);
      case BUSY -> learnBusy(step);
      case PACKET_NUMBER -> {
        if (step.target().kind() == Kind.INSTALL_TRANSMIT
            || step.target().kind() == Kind.ENABLE_TRANSMIT) {
          listener.transmitKeyLost(sak(step));
        }
      }
      case UNSUPPORTED, INVALID -> {
        if (step.target().kind() == Kind.CHANGE
            || step.target().kind() == Kind.INSTALL_RECEIVE
            || step.target().kind() == Kind.INSTALL_TRANSMIT) {
          listener.suiteRefused(sak(step));
        }
      }
      default -> {
        // Trying again is all that can be done.
      }
    }
  }

  private void learnExists(SecyStep step) {
    switch (step.target().kind()) {
      case CREATE_CHANNEL -> {
        Channel channel = new Channel();
        channel.setStale();
        model.channels().put(Objects.requireNonNull(step.target().sci()), channel);
      }
      case INSTALL_RECEIVE -> ifPresent(step, Slot::setStale);
      case INSTALL_TRANSMIT -> transmitSlot(step).setStale();
      default -> {
        // Nothing else makes a thing that may exist.
      }
    }
  }

  /** What cannot be deleted is enabled after all; a suite that cannot be changed is in use. */
  private void learnBusy(SecyStep step) {
    switch (step.target().kind()) {
      case DELETE_RECEIVE -> ifPresent(step, slot -> slot.setEnabled(true));
      case DELETE_TRANSMIT -> transmitSlot(step).setEnabled(true);
      case CHANGE -> model.setSuiteFixedByAssociations();
      default -> {
        // Trying again is all that can be done.
      }
    }
  }

  private void learnMissing(SecyStep step) {
    switch (step.target().kind()) {
      case INSTALL_RECEIVE -> {
        Channel gone = model.channels().remove(Objects.requireNonNull(step.target().sci()));
        for (AssociationNumber an : AssociationNumber.values()) {
          lost(gone == null ? null : gone.slot(an).sak());
        }
      }
      case RAISE_RECEIVE ->
          ifPresent(
              step,
              slot -> {
                slot.free();
                lost(step.sak());
              });
      case ENABLE_TRANSMIT, SELECT_TRANSMIT -> {
        transmitSlot(step).free();
        listener.transmitKeyLost(sak(step));
      }
      default -> {
        // Nothing else needs a thing that may be missing.
      }
    }
  }

  private void lost(@Nullable Sak received) {
    if (received != null) {
      listener.receiveKeyLost(received);
    }
  }

  private Slot transmitSlot(SecyStep step) {
    return model.transmitPlace(Objects.requireNonNull(step.target().an()));
  }

  private void ifPresent(SecyStep step, Consumer<Slot> action) {
    Channel channel = model.channels().get(Objects.requireNonNull(step.target().sci()));
    if (channel != null) {
      action.accept(channel.place(Objects.requireNonNull(step.target().an())));
    }
  }

  private static Sak sak(SecyStep step) {
    return Objects.requireNonNull(step.sak(), "a step that installs has a key");
  }

  private void destroyDoomed() {
    doomed.removeIf(
        key -> {
          if (underWay != null && underWay.sak() == key) {
            return false;
          }
          key.destroy();
          return true;
        });
  }

  /**
   * Whether everybody is received under a key whom the SecY has room for. Hardware has often few
   * receive channels, and one member too many must not keep the others from talking.
   */
  boolean receivesAll(List<Peer> peers, Sak key) {
    boolean withoutRoom = false;
    boolean some = false;
    for (Peer peer : peers) {
      if (key.isFor(peer.memberIdentifier())) {
        if (model.receives(peer.sci(), key)) {
          some = true;
        } else if (hasNoRoomFor(peer.sci())) {
          withoutRoom = true;
        } else {
          return false;
        }
      }
    }
    return some || !withoutRoom;
  }

  /** Whether the SecY has as many receive channels as it can have, without that of a peer. */
  private boolean hasNoRoomFor(Sci peer) {
    Refusal refusal = refusals.get(new SecyStep.Target(Kind.CREATE_CHANNEL, peer, null));
    return refusal != null && refusal.cause.kind() == MacsecException.Kind.LIMIT;
  }

  /** Whether something was refused a moment ago. */
  boolean isRefused() {
    return !refusals.isEmpty();
  }

  /** The last thing that the SecY refused and that is still wanted, in words. */
  Optional<String> complaint() {
    return refusals.values().stream()
        .filter(refusal -> !refusal.step.target().kind().isRemoval())
        .max(Comparator.comparingInt(Refusal::attempts))
        .map(refusal -> refusal.step.describe() + ": " + refusal.cause.getMessage());
  }
}
