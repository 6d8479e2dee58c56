package org.macsec4j.mka.statespace;

import java.util.Arrays;

/**
 * From every state the fair steps lead to one in which all agree on a key, in time; and they end in
 * a circle in which all agree all the time.
 *
 * <p>Each state has one fair step, so the fair steps of all states make trees that end in circles;
 * each state is looked at once.
 */
final class FairPaths {
  /** One MKA Life Time and two hellos. */
  static final long LIMIT_NANOS = 10_000_000_000L;

  private static final long UNKNOWN = -1;

  /** For messages: how much of a path without an end is shown. */
  private static final int STEPS_SHOWN = 60;

  private final StateSpace space;
  private final StateTable table;
  private final long[] time;

  FairPaths(StateSpace space, StateTable table) {
    this.space = space;
    this.table = table;
    this.time = new long[table.size()];
    Arrays.fill(time, UNKNOWN);
  }

  void check() {
    int[] way = new int[table.size()];
    int[] onWay = new int[table.size()];
    for (int state = 0; state < table.size(); state++) {
      int length = 0;
      int at = state;
      while (time[at] == UNKNOWN && onWay[at] != state + 1 && table.fairNext(at) >= 0) {
        way[length++] = at;
        onWay[at] = state + 1;
        at = table.fairNext(at);
      }
      boolean circle = time[at] == UNKNOWN && table.fairNext(at) >= 0;
      if (circle) {
        checkCircle(at);
      } else if (time[at] == UNKNOWN) {
        // Met, and not expanded any more.
        time[at] = table.fairDelay(at);
      }
      settle(way, length);
    }
  }

  private void checkCircle(int start) {
    int at = start;
    do {
      if (!table.isAgreed(at)) {
        throw failure(space, start, "ends in a circle in which not all agree");
      }
      time[at] = 0;
      at = table.fairNext(at);
    } while (at != start);
  }

  /** Backwards, from where the time is known. */
  private void settle(int[] way, int length) {
    for (int i = length - 1; i >= 0; i--) {
      int state = way[i];
      if (time[state] != UNKNOWN) {
        continue;
      }
      int next = table.fairNext(state);
      time[state] = table.isAgreed(state) ? 0 : table.fairDelay(state) + time[next];
      if (time[state] > LIMIT_NANOS) {
        throw failure(space, state, "is secured only after " + time[state] / 1_000_000 + " ms");
      }
    }
  }

  static AssertionError failure(StateSpace space, int state, String what) {
    return new AssertionError(
        "state "
            + state
            + " "
            + what
            + ": what led there, and then the fair steps"
            + space.describe(space.path(state), STEPS_SHOWN));
  }
}
