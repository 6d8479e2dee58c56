package org.macsec4j.examples.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.macsec4j.testkit.simulation.Outcome;
import org.macsec4j.testkit.simulation.Simulation;

/**
 * Plays the worlds of one seed after the other, several at a time, until all are played, the time
 * is over or too many have failed.
 */
final class Explorer {
  /** More failures than this tell nothing new. */
  private static final int MAX_FAILURES = 10;

  private final long first;
  private final long count;
  private final @Nullable Duration limit;
  private final int threads;
  private final SimulationProgress progress;
  private final AtomicLong taken = new AtomicLong();

  Explorer(
      long first, long count, @Nullable Duration limit, int threads, SimulationProgress progress) {
    this.first = first;
    this.count = count;
    this.limit = limit;
    this.threads = threads;
    this.progress = progress;
  }

  /** Explores; true when every rule held in every world. */
  boolean run() {
    progress.begin(first, threads);
    long begin = System.nanoTime();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread worker = new Thread(() -> work(begin), "world-" + i);
      worker.start();
      workers.add(worker);
    }
    for (Thread worker : workers) {
      join(worker);
    }
    return progress.end();
  }

  private void work(long begin) {
    while (progress.failures() < MAX_FAILURES && !isOver(begin)) {
      long number = taken.getAndIncrement();
      if (number >= count) {
        return;
      }
      Outcome outcome = Simulation.run(first + number);
      progress.played(outcome);
    }
  }

  private boolean isOver(long begin) {
    return limit != null && System.nanoTime() - begin >= limit.toNanos();
  }

  private static void join(Thread worker) {
    try {
      worker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while worlds are played", e);
    }
  }
}
