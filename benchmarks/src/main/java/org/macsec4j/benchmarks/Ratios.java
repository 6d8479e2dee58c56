package org.macsec4j.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.macsec4j.CipherSuite;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the pairs and prints a table of ratios, with what was aimed at beside each.
 *
 * <p>Absolute times say more of the machine than of the library, and on a machine that others use
 * not even that. So both sides of a pair run in one JVM, in turns, and only what they need of each
 * other is judged, by the median of the iterations of several JVMs. The JVMs of a pair do not
 * follow each other: all pairs run once, then all again, so that a bad minute spoils no pair.
 *
 * <p>Arguments are JMH's: {@code -f} rounds, {@code -i} and {@code -r} iterations and their
 * seconds, {@code -wi} and {@code -w} those of the warm-up, {@code -p} parameters, {@code
 * -jvmArgsPrepend}, and regular expressions of benchmark names. The plain benchmarks, without
 * turns, are JMH's to run: its main class is {@code org.openjdk.jmh.Main}.
 */
public final class Ratios {
  private static final double MKPDU_GOAL = 1.5;
  private static final int ROUNDS = 2;
  private static final TimeValue ITERATION = TimeValue.milliseconds(250);
  private static final TimeValue WARMUP = TimeValue.milliseconds(400);
  private static final int ITERATIONS = 8;
  private static final int WARMUPS = 3;

  private final CommandLineOptions arguments;

  private Ratios(CommandLineOptions arguments) {
    this.arguments = arguments;
  }

  /**
   * Measures and prints.
   *
   * @param args JMH's arguments; without any all pairs run, for some five minutes
   * @throws IOException when the help cannot be printed
   * @throws RunnerException when a benchmark fails
   */
  public static void main(String... args) throws IOException, RunnerException {
    CommandLineOptions arguments;
    try {
      arguments = new CommandLineOptions(args);
    } catch (CommandLineOptionException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    if (arguments.shouldHelp()) {
      arguments.showHelp();
      return;
    }
    new Ratios(arguments).run();
  }

  private void run() throws RunnerException {
    List<Pair> pairs = chosenPairs();
    if (pairs.isEmpty()) {
      System.err.println("no benchmark of this name with these parameters");
      System.exit(2);
    }
    int rounds = arguments.getForkCount().orElse(ROUNDS);
    System.out.printf(
        "%d pairs, %d rounds on Java %s; CPU time, medians of iterations%n",
        pairs.size(), rounds, System.getProperty("java.runtime.version"));
    for (int round = 1; round <= rounds; round++) {
      for (Pair pair : pairs) {
        // What no goal speaks of is measured once, unless more is asked for.
        if (round == 1 || pair.hasRatioGoal() || arguments.getForkCount().hasValue()) {
          measure(pair);
          System.out.printf(
              Locale.ROOT, "  round %d  %-33s %.3f%n", round, pair.name(), pair.ratio());
        }
      }
    }
    System.out.println(table(pairs));
  }

  static String table(List<Pair> pairs) {
    StringBuilder table = new StringBuilder(System.lineSeparator()).append(Pair.heading());
    pairs.forEach(pair -> table.append(pair.line()));
    long missed = pairs.stream().filter(pair -> !pair.isMet()).count();
    return table
        .append(missed == 0 ? "all goals met" : missed + " of " + pairs.size() + " pairs missed")
        .toString();
  }

  private List<Pair> chosenPairs() {
    List<Pair> pairs = new ArrayList<>();
    for (Class<?> benchmark : List.of(SecyProtect.class, SecyValidate.class)) {
      for (String octets : List.of("64", "512", "1400", "9000")) {
        for (CipherSuite suite : CipherSuite.values()) {
          pairs.add(Pair.secy(benchmark, suite.name(), octets));
        }
      }
    }
    for (String kind : List.of("HELLO", "SAK")) {
      pairs.add(Pair.mkpdu(MkpduDecode.class, kind, MKPDU_GOAL));
      pairs.add(Pair.mkpdu(MkpduEncode.class, kind, Pair.NO_GOAL));
    }
    pairs.removeIf(pair -> !isChosen(pair));
    return pairs;
  }

  private boolean isChosen(Pair pair) {
    List<String> names = arguments.getIncludes();
    String name = pair.benchmark().getName();
    if (!names.isEmpty()
        && names.stream().noneMatch(it -> Pattern.compile(it).matcher(name).find())) {
      return false;
    }
    for (Map.Entry<String, String> parameter : pair.parameters().entrySet()) {
      Collection<String> wanted =
          arguments.getParameter(parameter.getKey()).orElse(List.of(parameter.getValue()));
      if (!wanted.contains(parameter.getValue())) {
        return false;
      }
    }
    return true;
  }

  private void measure(Pair pair) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(pair.benchmark().getName() + ".pair") + "$")
            .forks(1)
            .warmupIterations(arguments.getWarmupIterations().orElse(WARMUPS))
            .warmupTime(arguments.getWarmupTime().orElse(WARMUP))
            .measurementIterations(arguments.getMeasurementIterations().orElse(ITERATIONS))
            .measurementTime(arguments.getMeasurementTime().orElse(ITERATION))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            // Nobody beside the benchmark's thread: no collector's threads, no compiler's.
            .jvmArgsAppend("-XX:+UseSerialGC", "-Xbatch", "-Xms256m", "-Xmx256m")
            .jvmArgsPrepend(arguments.getJvmArgsPrepend().orElse(List.of()).toArray(String[]::new));
    pair.parameters().forEach(options::param);
    for (RunResult run : new Runner(options.build()).run()) {
      for (BenchmarkResult fork : run.getBenchmarkResults()) {
        for (IterationResult iteration : fork.getIterationResults()) {
          pair.add(Sample.of(iteration));
        }
      }
    }
  }
}
