package org.macsec4j.mka.runtime;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.macsec4j.spi.EventLoop;
import org.macsec4j.spi.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop of the real world: one daemon thread for all sessions of this process. */
final class ThreadLoop implements EventLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadLoop.class);

  private final ScheduledExecutorService executor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition taskEnded = lock.newCondition();

  private ThreadLoop() {
    executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "macsec4j-mka");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The one loop, whose thread starts with its first task. */
  static EventLoop shared() {
    return Holder.SHARED;
  }

  private static final class Holder {
    static final ThreadLoop SHARED = new ThreadLoop();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(() -> run(task));
  }

  @Override
  public Registration schedule(long nanoTime, Runnable task) {
    long delay = Math.max(0, nanoTime - System.nanoTime());
    ScheduledFuture<?> future = executor.schedule(() -> run(task), delay, TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  /** One session's fault must not end the others'. */
  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a task of the MKA loop failed", e);
    } finally {
      lock.lock();
      try {
        taskEnded.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = taskEnded.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
