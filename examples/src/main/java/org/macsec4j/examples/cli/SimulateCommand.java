package org.macsec4j.examples.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.macsec4j.testkit.simulation.Outcome;
import org.macsec4j.testkit.simulation.Simulation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code macsec simulate}: plays one simulated world, or explores many. */
@Command(
    name = "simulate",
    description =
        "Plays simulated worlds: two to eight hosts with MKA and MACsec on a network that fails in"
            + " many ways, with an attacker. In each world rules must hold, such as: no packet number"
            + " is used twice under a key, nothing forged is delivered, all are secured soon after"
            + " the faults stop. A world follows from its seed alone.",
    footer = {
      "",
      "  macsec simulate --seed 42        plays the world of seed 42 and tells all that happens",
      "  macsec simulate --seeds 10000    explores 10000 worlds, from a random seed on",
      "  macsec simulate --seed 1 --seeds 2000    explores the worlds of seeds 1 to 2000",
      "  macsec simulate --hours 0.5      explores for half an hour",
      "",
      "Exit code: 0 when every rule held, 1 when one did not."
    },
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
  private static final long DEFAULT_SEEDS = 1000;
  private static final double MAX_HOURS = 10_000;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "play the world of this seed; with --seeds or --hours, begin with it")
  private @Nullable Long seed;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "explore so many worlds (default: 1000 when nothing else is asked for)")
  private @Nullable Long seeds;

  @Option(
      names = "--hours",
      paramLabel = "H",
      description = "explore until so many hours are over, such as 0.5")
  private @Nullable Double hours;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "worlds at a time (default: one for each processor)")
  private @Nullable Integer threads;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    check(command);
    PrintWriter out = command.commandLine().getOut();
    boolean one = seeds == null && hours == null;
    boolean passed = (one && seed != null) ? replay(out, seed) : explore(out);
    out.flush();
    return passed ? 0 : 1;
  }

  private void check(CommandSpec command) {
    if (seeds != null && seeds < 1) {
      throw new ParameterException(command.commandLine(), "--seeds is 1 or more, not " + seeds);
    }
    if (hours != null && !(hours > 0 && hours <= MAX_HOURS)) {
      throw new ParameterException(
          command.commandLine(), "--hours is above 0 and at most 10000, not " + hours);
    }
    if (threads != null && threads < 1) {
      throw new ParameterException(command.commandLine(), "--threads is 1 or more, not " + threads);
    }
  }

  private static boolean replay(PrintWriter out, long seed) {
    Outcome outcome = Simulation.replay(seed);
    outcome.trace().forEach(out::println);
    outcome.hostLines().forEach(line -> out.println("  " + line));
    out.println(outcome);
    return outcome.passed();
  }

  private boolean explore(PrintWriter out) {
    long first = seed != null ? seed : new SplittableRandom().nextLong() >>> 16;
    long unlimited = hours == null ? DEFAULT_SEEDS : Long.MAX_VALUE;
    long count = seeds == null ? unlimited : seeds;
    Duration limit = hours == null ? null : Duration.ofNanos((long) (hours * 3_600e9));
    int atATime = threads != null ? threads : Runtime.getRuntime().availableProcessors();
    SimulationProgress progress = new SimulationProgress(out, Terminal.isInteractive(), count);
    return new Explorer(first, count, limit, atATime, progress).run();
  }
}
