package org.macsec4j.examples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets SIGINT and SIGTERM end a command as it is meant to be ended, with exit code 0: it is asked
 * to stop, and has some time for its last words.
 */
final class EndBySignal {
  private EndBySignal() {}

  /** What a command does until it is asked to stop. */
  @FunctionalInterface
  interface Body {
    void run() throws InterruptedException;
  }

  /** Runs it; a signal meanwhile calls {@code stop} from another thread. */
  static void during(Body body, Runnable stop, long lastWordsMillis) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> end(stop, ended, lastWordsMillis), "ends the command");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      body.run();
    } finally {
      ended.countDown();
      forget(hook);
    }
  }

  private static void end(Runnable stop, CountDownLatch ended, long lastWordsMillis) {
    stop.run();
    try {
      ended.await(lastWordsMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(MacsecCommand.DONE);
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook runs already, and ends the JVM.
    }
  }
}
