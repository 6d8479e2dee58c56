package org.macsec4j.mka.engine;

import org.jspecify.annotations.Nullable;
import org.macsec4j.ValidateFrames;
import org.macsec4j.mka.ClearReason;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.engine.CpState.Access;

/**
 * Frames in clear on one port: keeps the time that the {@link AccessRule} asks for, says what of
 * the SecY follows from an access, and tells when frames do pass.
 */
final class ClearAccess {
  private final PortContext context;
  private final TimerTable<PortTimer> timers;
  private boolean running;
  private boolean connected;
  private long since;
  private @Nullable ClearReason granted;
  private @Nullable ClearReason told;

  ClearAccess(PortContext context, TimerTable<PortTimer> timers) {
    this.context = context;
    this.timers = timers;
  }

  void start(long now) {
    running = true;
    await(now);
  }

  void stop() {
    running = false;
    granted = null;
  }

  /** Asks the rule what holds now. */
  void judge(long now, boolean hasLivePeer, boolean withoutMacsec) {
    if (!running) {
      return;
    }
    if (hasLivePeer != connected) {
      connected = hasLivePeer;
      await(now);
    }
    boolean waited = timers.isDue(PortTimer.ACCESS, now);
    granted =
        AccessRule.clear(
            context.config.accessPolicy(),
            new AccessRule.Situation(connected, waited, withoutMacsec));
  }

  private void await(long now) {
    since = now;
    if (!context.config.accessPolicy().isMustSecure()) {
      timers.set(PortTimer.ACCESS, now + context.lifeNanos);
    }
  }

  /** Whether a life time has passed since a peer became live, or the last one was lost. */
  boolean hasWaited(long now) {
    return running && now - since >= context.lifeNanos;
  }

  /** Why frames pass in clear, as told; null when they do not. */
  @Nullable ClearReason told() {
    return told;
  }

  /** What the policy grants while no key is in use. */
  Access granted() {
    if (granted == null) {
      return Access.PENDING;
    }
    return granted.isAuthenticated() ? Access.AUTHENTICATED : Access.UNAUTHENTICATED;
  }

  /**
   * How the SecY shall treat frames.
   *
   * @param access what may pass
   * @param coming whether there is a key that peers may soon transmit with
   * @param transmitting whether there is a key to transmit with now
   */
  Protection protection(Access access, boolean coming, boolean transmitting) {
    Protection configured = context.protection;
    return switch (access) {
      case PENDING, SECURED -> configured;
      case SWITCHING -> configured.tolerant();
      case UNAUTHENTICATED, AUTHENTICATED ->
          new Protection(
              transmitting,
              coming || transmitting ? configured.tolerant().validate() : ValidateFrames.DISABLED);
    };
  }

  /** Tells when frames begin to pass in clear, when the reason changes, and when they end. */
  void report(boolean inClear) {
    if (inClear && granted != null && granted != told) {
      context.event(new MkaEvent.PassingInClear(granted));
      told = granted;
    } else if (!inClear && told != null) {
      context.event(new MkaEvent.ClearEnded());
      told = null;
    }
  }
}
