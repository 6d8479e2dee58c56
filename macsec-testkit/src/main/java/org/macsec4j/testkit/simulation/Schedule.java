package org.macsec4j.testkit.simulation;

import java.util.PriorityQueue;

/** Virtual time, and what is to happen in it: in the order of time, then of asking. */
final class Schedule {
  static final long MICROS = 1_000L;
  static final long MILLIS = 1_000_000L;
  static final long SECONDS = 1_000_000_000L;

  private record Task(long at, long order, Runnable action) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long now;
  private long order;

  long now() {
    return now;
  }

  /** Has something done at a time; at once, though not before this step ends, when it is past. */
  void at(long time, Runnable action) {
    tasks.add(new Task(Math.max(time, now), order++, action));
  }

  void after(long nanos, Runnable action) {
    at(now + nanos, action);
  }

  /** Lets time pass up to a moment; all that is due until then is done. */
  void runTo(long time) {
    for (Task next = tasks.peek(); next != null && next.at <= time; next = tasks.peek()) {
      tasks.remove();
      now = next.at;
      next.action.run();
    }
    now = Math.max(now, time);
  }
}
