package org.macsec4j.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * One thread of control with a clock: tasks run one at a time, in the order of their time. The real
 * world has one that waits; a simulator has one that jumps.
 */
public interface EventLoop {
  /**
   * The time, which never goes back and whose origin is arbitrary.
   *
   * @return nanoseconds
   */
  long nanoTime();

  /**
   * The time of day, which may jump in either direction. For nothing but what people date, such as
   * the begin and end of a key.
   *
   * @return the time of day
   */
  default Instant timeOfDay() {
    return Instant.now();
  }

  /**
   * Runs a task soon, after the tasks handed over before it.
   *
   * @param task the task
   */
  void execute(Runnable task);

  /**
   * Runs a task at a time.
   *
   * @param nanoTime when, on this loop's clock; soon when that has passed
   * @param task the task
   * @return cancels the task when closed before it ran
   */
  Registration schedule(long nanoTime, Runnable task);

  /**
   * Waits until a condition holds, letting tasks run. Not from a task of this loop.
   *
   * @param condition is asked at once and after each task, on the loop or on the waiting thread
   * @param timeout how long to wait at most, on this loop's clock
   * @return whether the condition holds
   * @throws InterruptedException when the calling thread is interrupted
   */
  boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException;
}
