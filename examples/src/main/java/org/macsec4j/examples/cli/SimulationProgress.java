package org.macsec4j.examples.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.macsec4j.testkit.simulation.Exploration;
import org.macsec4j.testkit.simulation.Fault;
import org.macsec4j.testkit.simulation.Outcome;

/**
 * Tells how an exploration goes: on a terminal in one line that changes, elsewhere in a line now
 * and then; failures when they occur, and a summary at the end. For several threads.
 */
final class SimulationProgress {
  private static final long TERMINAL_NANOS = Duration.ofMillis(250).toNanos();
  private static final long PLAIN_NANOS = Duration.ofSeconds(10).toNanos();
  private static final String CLEAR_LINE = "\r\u001b[K";

  /** Set by the script of the command. */
  private static final String COMMIT_PROPERTY = "macsec4j.commit";

  private final PrintWriter out;
  private final boolean terminal;
  private final long count;
  private final Exploration exploration = new Exploration();
  private final TreeSet<Long> failed = new TreeSet<>();
  private long begin;
  private long told;

  SimulationProgress(PrintWriter out, boolean terminal, long count) {
    this.out = out;
    this.terminal = terminal;
    this.count = count;
  }

  synchronized void begin(long first, int threads) {
    begin = System.nanoTime();
    told = begin;
    out.printf(
        "exploring %s from seed %d on, %d at a time, macsec4j %s%n",
        count == Long.MAX_VALUE ? "worlds" : count + " worlds", first, threads, commit());
    out.flush();
  }

  /** The commit, when the script told it; otherwise the version. */
  private static String commit() {
    String version = SimulationProgress.class.getPackage().getImplementationVersion();
    String commit = System.getProperty(COMMIT_PROPERTY, "");
    return (version == null ? "from sources" : version) + (commit.isEmpty() ? "" : " " + commit);
  }

  synchronized int failures() {
    return failed.size();
  }

  /** A world came to its end. */
  synchronized void played(Outcome outcome) {
    exploration.add(outcome);
    if (!outcome.passed()) {
      failed.add(outcome.seed());
      clear();
      out.println(outcome.report());
      out.println("with: macsec4j " + commit());
      out.flush();
    }
    long now = System.nanoTime();
    if (now - told >= (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
      told = now;
      tell(now);
    }
  }

  private void clear() {
    if (terminal) {
      out.print(CLEAR_LINE);
    }
  }

  private void tell(long now) {
    double seconds = (now - begin) / 1e9;
    String share =
        count == Long.MAX_VALUE
            ? ""
            : String.format(Locale.ROOT, " (%d %%)", 100 * exploration.worlds() / count);
    String line =
        String.format(
            Locale.ROOT,
            "%,d worlds%s, %.1f/s, %.1f virtual hours, %,d faults, %d failures, %.0f s",
            exploration.worlds(),
            share,
            exploration.worlds() / seconds,
            hours(),
            exploration.faultCount(),
            exploration.failures(),
            seconds);
    clear();
    out.print(line);
    if (!terminal) {
      out.println();
    }
    out.flush();
  }

  private double hours() {
    return exploration.virtualTime().toMillis() / 3_600_000.0;
  }

  /** The summary; true when every rule held. */
  synchronized boolean end() {
    tell(System.nanoTime());
    out.println();
    out.println("What went wrong in them");
    for (Map.Entry<Fault, Long> entry : exploration.faults().entrySet()) {
      out.printf(Locale.ROOT, "  %,12d  %s%n", entry.getValue(), entry.getKey());
    }
    out.printf(
        Locale.ROOT,
        "Traffic: %,d user frames sent, %,d delivered, %,d MKPDUs%n",
        exploration.userFrames(),
        exploration.deliveries(),
        exploration.mkpdus());
    out.printf(
        Locale.ROOT,
        "Healthy worlds, in which no frame was lost between two who stay: %,d%n",
        exploration.healthyWorlds());
    out.printf(
        "Last frame lost after the faults stopped, in faulty worlds: median %s, p99 %s, max %s%n",
        recovery(0.5), recovery(0.99), recovery(1));
    if (failed.isEmpty()) {
      out.printf(Locale.ROOT, "Every rule held in all %,d worlds.%n", exploration.worlds());
    } else {
      out.println("FAILED: " + failed.size() + " worlds. See each again with:");
      failed.forEach(seed -> out.println("  ./macsec simulate --seed " + seed));
    }
    out.flush();
    return failed.isEmpty();
  }

  private String recovery(double share) {
    return exploration.recovery(share).map(time -> time.toMillis() + " ms").orElse("-");
  }
}
