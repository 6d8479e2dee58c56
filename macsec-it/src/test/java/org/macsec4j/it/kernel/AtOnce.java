package org.macsec4j.it.kernel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stories that wait most of the time, such as for a peer that speaks every two seconds. Some are
 * told at the same time, each in its own thread; a test for each waits for its end and fails as it
 * did. More than a few at a time a guest, which has one processor, cannot keep up with.
 *
 * @param <K> the names of the stories
 */
final class AtOnce<K> implements AutoCloseable {
  /** What is to be done. */
  interface Story {
    void run() throws Exception;
  }

  private static final int AT_A_TIME = 4;
  private static final int PATIENCE_SECONDS = 600;

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
  private final Map<K, Future<?>> told = new ConcurrentHashMap<>();

  /** Tells a story as soon as a thread is free, in the order of the calls. */
  void begin(K name, Story story) {
    Future<?> task =
        threads.submit(
            () -> {
              story.run();
              return null;
            });
    if (told.putIfAbsent(name, task) != null) {
      throw new IllegalStateException(name + " is there already");
    }
  }

  /** Waits for the end of a story, and throws what it threw. */
  void await(K name) throws Exception {
    Future<?> task = told.get(name);
    if (task == null) {
      throw new IllegalArgumentException(name + " is not told");
    }
    try {
      task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception exception ? exception : e;
    } catch (TimeoutException e) {
      throw new AssertionError(name + " does not end", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
