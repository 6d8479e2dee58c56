package org.macsec4j.testkit.simulation;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a world.
 *
 * @param seed its seed
 * @param healthy whether it was one in which nothing goes wrong
 * @param hosts how many hosts there were, 2..8
 * @param virtualTime how much time passed in it
 * @param userFrames how many frames users sent
 * @param deliveries how many frames users got; one that is sent reaches several
 * @param mkpdus how many MKPDUs hosts sent
 * @param faults what went wrong, and how often
 * @param recovery how long after the faults stopped the last frame was lost; empty when the world
 *     ended before
 * @param failure the rule that did not hold; empty when all did
 * @param trace everything that happened, one line each; empty when it was not asked for
 * @param hostLines each host at the end, in words
 */
public record Outcome(
    long seed,
    boolean healthy,
    int hosts,
    Duration virtualTime,
    long userFrames,
    long deliveries,
    long mkpdus,
    Map<Fault, Long> faults,
    Optional<Duration> recovery,
    Optional<Failure> failure,
    List<String> trace,
    List<String> hostLines) {
  private static final int LAST_LINES = 120;

  /**
   * A rule that did not hold.
   *
   * @param rule the rule
   * @param what what happened instead
   */
  public record Failure(String rule, String what) {
    /**
     * Checks that no component is null.
     *
     * @param rule the rule
     * @param what what happened instead
     */
    public Failure {
      Objects.requireNonNull(rule, "rule");
      Objects.requireNonNull(what, "what");
    }

    @Override
    public String toString() {
      return rule + ": " + what;
    }
  }

  /**
   * Copies what could change.
   *
   * @param seed its seed
   * @param healthy whether it was one in which nothing goes wrong
   * @param hosts how many hosts there were, 2..8
   * @param virtualTime how much time passed in it
   * @param userFrames how many frames users sent
   * @param deliveries how many frames users got
   * @param mkpdus how many MKPDUs hosts sent
   * @param faults what went wrong, and how often
   * @param recovery how long after the faults stopped the last frame was lost
   * @param failure the rule that did not hold
   * @param trace everything that happened, one line each
   * @param hostLines each host at the end, in words
   */
  public Outcome {
    Objects.requireNonNull(virtualTime, "virtualTime");
    Map<Fault, Long> copy = new EnumMap<>(Fault.class);
    copy.putAll(faults);
    faults = Collections.unmodifiableMap(copy);
    Objects.requireNonNull(recovery, "recovery");
    Objects.requireNonNull(failure, "failure");
    trace = List.copyOf(trace);
    hostLines = List.copyOf(hostLines);
  }

  static Outcome of(World world, @Nullable Failure failure) {
    return new Outcome(
        world.seed,
        world.recipe.healthy(),
        world.hosts.size(),
        Duration.ofNanos(world.now()),
        world.traffic.sent(),
        world.traffic.deliveries(),
        world.mkpdus,
        world.faults.asMap(),
        failure == null
            ? Optional.of(Duration.ofNanos(world.traffic.recoveryNanos()))
            : Optional.empty(),
        Optional.ofNullable(failure),
        world.trace.lines(),
        world.hosts.stream().map(SimulatedHost::describe).toList());
  }

  /**
   * Whether every rule held.
   *
   * @return true when there is no failure
   */
  public boolean passed() {
    return failure.isEmpty();
  }

  /**
   * How to see this world again.
   *
   * @return a command line
   */
  public String replayCommand() {
    return "./macsec simulate --seed " + seed;
  }

  /**
   * A failure for a reader: the rule, the state of each host, the end of the trace, and how to play
   * the world again.
   *
   * @return many lines
   */
  public String report() {
    StringBuilder text = new StringBuilder();
    if (!trace.isEmpty()) {
      int skipped = Math.max(0, trace.size() - LAST_LINES);
      if (skipped > 0) {
        text.append("(").append(skipped).append(" lines before)\n");
      }
      trace.stream().skip(skipped).forEach(line -> text.append(line).append('\n'));
    }
    hostLines.forEach(line -> text.append("  ").append(line).append('\n'));
    text.append(this).append('\n');
    text.append("replay: ").append(replayCommand());
    return text.toString();
  }

  /** One line. */
  @Override
  public String toString() {
    String head =
        String.format(
            Locale.ROOT,
            "seed %d: %s, %d hosts, %.3f s, %d user frames, %d delivered, %d MKPDUs, %d faults",
            seed,
            healthy ? "healthy" : "faulty",
            hosts,
            virtualTime.toNanos() / 1e9,
            userFrames,
            deliveries,
            mkpdus,
            faults.values().stream().mapToLong(Long::longValue).sum());
    return failure.map(rule -> "FAILED " + head + "\n  " + rule).orElse("passed " + head);
  }
}
