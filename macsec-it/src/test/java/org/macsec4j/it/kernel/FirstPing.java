package org.macsec4j.it.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.macsec4j.testkit.kernel.Netns;

/**
 * Pings all the while, and tells when the first one was answered after a moment. To start a program
 * then would take as long as what is measured.
 */
final class FirstPing implements AutoCloseable {
  /** By the clock of the ping, so it does not matter when its lines are read. */
  private static final Pattern ANSWER = Pattern.compile("^\\[(\\d+)\\.(\\d{6})] .* bytes from ");

  private final Process process;
  private final Thread reader;
  private @Nullable Instant mark;
  private @Nullable Instant answered;

  private FirstPing(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "reads answers to pings");
    reader.setDaemon(true);
  }

  /** The own address has to be there; a route, or an interface that is up, need not. */
  static FirstPing start(LinkEnd from, LinkEnd to) {
    Netns space = from.space;
    FirstPing made =
        new FirstPing(
            space.start(
                "sh",
                "-c",
                "exec ping -n -D -i 0.02 -I %s %s 2>/dev/null"
                    .formatted(from.address, to.address)));
    made.reader.start();
    return made;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher answer = ANSWER.matcher(line);
        if (answer.find()) {
          long second = Long.parseLong(answer.group(1));
          answered(Instant.ofEpochSecond(second, 1_000 * Long.parseLong(answer.group(2))));
        }
      }
    } catch (IOException e) {
      if (process.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private synchronized void answered(Instant when) {
    if (mark != null && answered == null && when.isAfter(mark)) {
      answered = when;
      notifyAll();
    }
  }

  /** Answers count from now on. */
  synchronized void mark() {
    mark = Instant.now();
    answered = null;
  }

  /** How long after a moment the first one was answered; empty when none was in time. */
  synchronized Optional<Duration> await(Instant begin, Duration limit) throws InterruptedException {
    Instant end = begin.plus(limit);
    while (answered == null) {
      long left = Instant.now().until(end, ChronoUnit.MILLIS);
      if (left <= 0) {
        return Optional.empty();
      }
      wait(left);
    }
    return Optional.of(Duration.between(begin, answered));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
