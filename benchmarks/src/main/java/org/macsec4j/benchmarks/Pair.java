package org.macsec4j.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** One line of the table: a benchmark with its parameters, its goals, and what was found. */
final class Pair {
  /** A ratio that no goal speaks of. */
  static final double NO_GOAL = Double.POSITIVE_INFINITY;

  /** Half an octet an operation is a stray object of the JVM, none of ours. */
  private static final double STRAY_BYTES = 0.5;

  private static final String LINE = "%-33s %8s %8s %7s  %-13s %6s %7s %7s %6s  %s%n";

  private final Class<?> benchmark;
  private final Map<String, String> parameters;
  private final double goal;
  private final boolean allocatesNothing;
  private final List<Sample> samples = new ArrayList<>();

  private Pair(
      Class<?> benchmark, Map<String, String> parameters, double goal, boolean allocatesNothing) {
    this.benchmark = benchmark;
    this.parameters = new TreeMap<>(parameters);
    this.goal = goal;
    this.allocatesNothing = allocatesNothing;
  }

  /** A SecY beside a cipher: by how much it may be slower depends on the length of the frame. */
  static Pair secy(Class<?> benchmark, String suite, String octets) {
    double goal =
        switch (octets) {
          case "64" -> 1.10;
          case "1400" -> 1.05;
          default -> NO_GOAL;
        };
    return new Pair(benchmark, Map.of("suite", suite, "octets", octets), goal, true);
  }

  /** An MKPDU beside a CMAC. */
  static Pair mkpdu(Class<?> benchmark, String kind, double goal) {
    return new Pair(benchmark, Map.of("kind", kind), goal, false);
  }

  Class<?> benchmark() {
    return benchmark;
  }

  Map<String, String> parameters() {
    return parameters;
  }

  boolean hasRatioGoal() {
    return goal != NO_GOAL;
  }

  void add(Sample sample) {
    samples.add(sample);
  }

  boolean isMeasured() {
    return !samples.isEmpty();
  }

  double ratio() {
    return median(Sample::ratio);
  }

  double extraBytes() {
    return median(Sample::oursBytes) - median(Sample::bareBytes);
  }

  boolean isMet() {
    return ratio() <= goal && (!allocatesNothing || extraBytes() < STRAY_BYTES);
  }

  private double median(ToDoubleFunction<Sample> of) {
    return Meter.median(samples.stream().mapToDouble(of).toArray());
  }

  private String spread() {
    double[] sorted = samples.stream().mapToDouble(Sample::ratio).sorted().toArray();
    return String.format(Locale.ROOT, "%.3f..%.3f", sorted[0], sorted[sorted.length - 1]);
  }

  static String heading() {
    return String.format(
        LINE,
        "",
        "ours ns",
        "bare ns",
        "ratio",
        "from..to",
        "goal",
        "ours B",
        "bare B",
        "extra B",
        "");
  }

  /** The line of the table. */
  String line() {
    boolean judged = hasRatioGoal() || allocatesNothing;
    return String.format(
        LINE,
        name(),
        number("%.0f", median(Sample::oursNanos)),
        number("%.0f", median(Sample::bareNanos)),
        number("%.3f", ratio()),
        spread(),
        hasRatioGoal() ? number("%.2f", goal) : "-",
        number("%.0f", median(Sample::oursBytes)),
        number("%.0f", median(Sample::bareBytes)),
        number("%.0f", extraBytes()),
        !judged ? "" : isMet() ? "met" : "MISSED");
  }

  String name() {
    String[] values = parameters.values().toArray(String[]::new);
    return benchmark.getSimpleName()
        + (values.length == 1
            ? " " + values[0]
            : String.format("%5s %s", values[0], values[1].replace('_', '-')));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  @Override
  public String toString() {
    return name() + " " + Arrays.toString(samples.stream().mapToDouble(Sample::ratio).toArray());
  }
}
