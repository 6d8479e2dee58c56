package org.macsec4j.mka.engine;

import java.util.Arrays;

/**
 * Deadlines by timer, in an array, as a map would box each deadline.
 *
 * <p>A timer that is due stays due until it is set or cleared.
 */
@SuppressWarnings("EnumOrdinal")
final class TimerTable<T extends Enum<T>> {
  /** The deadline of a timer that is not set. */
  static final long NEVER = Long.MAX_VALUE;

  private final long[] deadlines;

  /** A table of so many timers, none of them set. */
  TimerTable(int timers) {
    deadlines = new long[timers];
    clearAll();
  }

  void set(T timer, long deadline) {
    deadlines[timer.ordinal()] = deadline;
  }

  void clear(T timer) {
    set(timer, NEVER);
  }

  void clearAll() {
    Arrays.fill(deadlines, NEVER);
  }

  long deadline(T timer) {
    return deadlines[timer.ordinal()];
  }

  boolean isDue(T timer, long now) {
    return deadlines[timer.ordinal()] <= now;
  }

  /**
   * The earliest deadline that is still ahead. One that has passed was acted on; it may stand as a
   * mark that enough was waited for.
   */
  long earliestAfter(long now) {
    long earliest = NEVER;
    for (long deadline : deadlines) {
      if (deadline > now) {
        earliest = Math.min(earliest, deadline);
      }
    }
    return earliest;
  }
}
