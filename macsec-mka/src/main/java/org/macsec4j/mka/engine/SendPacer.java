package org.macsec4j.mka.engine;

/**
 * How soon news may be sent.
 *
 * <p>Answering at once is what makes members secure in milliseconds, and what makes a storm when a
 * hundred meet. So news leave at once while there is credit for it: a handful in a row, each a
 * moment after the other so that what came meanwhile goes into the same MKPDU, then at a steady
 * slow rate. News that wait are sent together. Hellos do not need credit.
 */
final class SendPacer {
  private static final int BURST = 8;
  private static final long SPACING_NANOS = 1_000_000L;
  private static final long REFILL_NANOS = 40_000_000L;

  private int credit = BURST;
  private long refilledAt = Long.MIN_VALUE;
  private long lastSent = Long.MIN_VALUE;

  /** The earliest time at which news may leave; not before now. */
  long earliest(long now) {
    if (lastSent == Long.MIN_VALUE) {
      return now;
    }
    refill(now);
    long spaced = Math.max(now, lastSent + SPACING_NANOS);
    return credit > 0 ? spaced : Math.max(spaced, refilledAt + REFILL_NANOS);
  }

  /** An MKPDU left. */
  void sent(long now) {
    if (lastSent == Long.MIN_VALUE) {
      refilledAt = now;
    }
    refill(now);
    lastSent = now;
    credit = Math.max(0, credit - 1);
  }

  /** Whether nothing was sent for the given time. */
  boolean quietFor(long nanos, long now) {
    return lastSent == Long.MIN_VALUE || now - lastSent >= nanos;
  }

  private void refill(long now) {
    long earned = (now - refilledAt) / REFILL_NANOS;
    if (earned > 0) {
      credit = (int) Math.min(BURST, credit + earned);
      refilledAt += earned * REFILL_NANOS;
    }
  }
}
