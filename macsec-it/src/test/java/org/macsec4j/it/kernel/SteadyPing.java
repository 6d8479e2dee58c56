package org.macsec4j.it.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Pings 20 times a second while something happens, and tells how many were not answered. */
final class SteadyPing implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** For answers that are on their way. */
  private static final long LAST_ANSWERS_MILLIS = 500;

  private final LinkEnd from;
  private final Process process;
  private final Thread reader = new Thread(this::read, "reads answers to pings");
  private volatile boolean answered;
  private volatile String last = "";

  private SteadyPing(LinkEnd from, LinkEnd to) {
    this.from = from;
    this.process =
        from.space.start(
            "sh",
            "-c",
            "exec ping -n -i 0.05 -I %s %s 2>/dev/null".formatted(from.address, to.address));
  }

  /** Returns when the first one is answered. */
  static SteadyPing start(LinkEnd from, LinkEnd to) {
    SteadyPing made = new SteadyPing(from, to);
    made.reader.setDaemon(true);
    made.reader.start();
    if (!Pair.await(() -> made.answered, PATIENCE)) {
      made.close();
      throw new IllegalStateException(from.said() + "; " + to.said());
    }
    return made;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answered |= line.contains(" bytes from ");
        last = line.contains(" packets transmitted, ") ? line : last;
      }
    } catch (IOException e) {
      if (process.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Ends it. */
  String sums() throws InterruptedException {
    Thread.sleep(LAST_ANSWERS_MILLIS);
    from.space.call("kill -INT " + process.pid());
    reader.join(PATIENCE.toMillis());
    return last;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
