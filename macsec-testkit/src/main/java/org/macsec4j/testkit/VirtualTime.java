package org.macsec4j.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.macsec4j.spi.EventLoop;
import org.macsec4j.spi.Registration;

/**
 * A clock that jumps from task to task: an hour of virtual time takes as long as its tasks take.
 *
 * <p>Time begins at 0 and passes only while somebody drives it: {@link #run}, {@link #runUntil} and
 * {@link #await} run the tasks that are due, in the order of their time, and tasks of the same time
 * in the order in which they were handed over. The tasks run on the thread that drives. What a task
 * throws comes out of the driving call, so a test sees it.
 *
 * <p><b>Threads.</b> Meant for one thread, the test's, as only then a run repeats itself exactly.
 * Several threads do no harm, however. Two locks see to that: one lets tasks run one at a time, the
 * other guards the state of the laboratory and is never held while foreign code is called, so that
 * a task may take locks that other threads hold while they call in. A task must not drive the time
 * itself; that is refused with {@link IllegalStateException}.
 */
public final class VirtualTime implements EventLoop {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  /** No honest simulation does so much at one instant; a task that hands itself over again does. */
  private static final int MAX_TASKS_AT_ONE_INSTANT = 1_000_000;

  private static final Comparator<Task> ORDER =
      Comparator.<Task>comparingLong(task -> task.nanoTime).thenComparingLong(task -> task.order);

  /** Held while a condition is asked or a task runs. */
  private final ReentrantLock driving = new ReentrantLock();

  /** Guards the state of the laboratory; innermost. */
  private final ReentrantLock state = new ReentrantLock();

  private final PriorityQueue<Task> tasks = new PriorityQueue<>(ORDER);
  private long now;
  private long nextOrder;
  private int tasksAtThisInstant;

  /** A clock that shows 0. */
  public VirtualTime() {}

  @Override
  public long nanoTime() {
    return exclusively(() -> now);
  }

  /**
   * The virtual time that has passed since the beginning.
   *
   * @return the time
   */
  public Duration now() {
    return Duration.ofNanos(nanoTime());
  }

  @Override
  public void execute(Runnable task) {
    exclusively(() -> add(now, task));
  }

  /** The time of day: the first of January 2026, 00:00 UTC, at the begin, and then as time goes. */
  @Override
  public Instant timeOfDay() {
    return BEGIN.plusNanos(nanoTime());
  }

  @Override
  public Registration schedule(long nanoTime, Runnable task) {
    return exclusively(() -> add(Math.max(nanoTime, now), task));
  }

  private Registration add(long nanoTime, Runnable task) {
    Task added = new Task(nanoTime, nextOrder++, Objects.requireNonNull(task, "task"));
    tasks.add(added);
    return () -> exclusively(() -> added.work = null);
  }

  /**
   * Lets time pass, running all tasks that are due until then.
   *
   * @param duration how long, 0 for what is due at this very instant
   * @throws IllegalStateException when called by a task, or when tasks go on without end at one
   *     instant
   */
  public void run(Duration duration) {
    runUntil(() -> false, duration);
  }

  /**
   * Lets time pass until a condition holds.
   *
   * @param condition is asked first at once and then after each task
   * @param timeout how much virtual time may pass at most
   * @return whether the condition holds; when it does, no more time has passed than was needed
   * @throws IllegalStateException when called by a task, or when tasks go on without end at one
   *     instant
   */
  public boolean runUntil(BooleanSupplier condition, Duration timeout) {
    long end = deadline(timeout);
    while (true) {
      Boolean outcome = step(condition, end);
      if (outcome != null) {
        return outcome;
      }
    }
  }

  @Override
  public boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
    long end = deadline(timeout);
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted at virtual time " + now());
      }
      Boolean outcome = step(condition, end);
      if (outcome != null) {
        return outcome;
      }
    }
  }

  private long deadline(Duration timeout) {
    if (driving.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "a task of the virtual time must not drive it; hand over another task instead");
    }
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("time does not go back: " + timeout);
    }
    return exclusively(() -> Math.addExact(now, timeout.toNanos()));
  }

  /** Runs one task; the outcome when there is one, null to go on. */
  private @Nullable Boolean step(BooleanSupplier condition, long end) {
    driving.lock();
    try {
      if (condition.getAsBoolean()) {
        return true;
      }
      Runnable next = exclusively(() -> takeNext(end));
      if (next == null) {
        return condition.getAsBoolean();
      }
      next.run();
      return null;
    } finally {
      driving.unlock();
    }
  }

  /** The next task that is due, with the time set to it; null when there is none until the end. */
  private @Nullable Runnable takeNext(long end) {
    while (true) {
      Task next = tasks.peek();
      if (next == null || next.nanoTime > end) {
        advance(Math.max(now, end));
        return null;
      }
      tasks.remove();
      Runnable work = next.work;
      if (work != null) {
        advance(next.nanoTime);
        refuseEndlessInstant();
        return work;
      }
    }
  }

  private void advance(long to) {
    if (to != now) {
      now = to;
      tasksAtThisInstant = 0;
    }
  }

  private void refuseEndlessInstant() {
    if (++tasksAtThisInstant > MAX_TASKS_AT_ONE_INSTANT) {
      tasksAtThisInstant = 0;
      throw new IllegalStateException(
          MAX_TASKS_AT_ONE_INSTANT
              + " tasks ran at virtual time "
              + Duration.ofNanos(now)
              + " and time does not pass: a task hands itself over again without a delay, or"
              + " frames go round in a circle of media without latency");
    }
  }

  /** Does something with the state that no other thread gets in between. Calls nothing foreign. */
  <T extends @Nullable Object> T exclusively(Supplier<T> work) {
    state.lock();
    try {
      return work.get();
    } finally {
      state.unlock();
    }
  }

  /** The time that has passed. */
  @Override
  public String toString() {
    return "virtual time " + now();
  }

  private static final class Task {
    private final long nanoTime;
    private final long order;
    private @Nullable Runnable work;

    private Task(long nanoTime, long order, Runnable work) {
      this.nanoTime = nanoTime;
      this.order = order;
      this.work = work;
    }
  }
}
