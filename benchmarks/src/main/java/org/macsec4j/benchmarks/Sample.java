package org.macsec4j.benchmarks;

import java.util.Objects;
import org.openjdk.jmh.results.IterationResult;

/** What one iteration found: CPU nanoseconds and octets allocated per operation, and the ratio. */
record Sample(
    double ratio, double oursNanos, double bareNanos, double oursBytes, double bareBytes) {

  static Sample of(IterationResult iteration) {
    return new Sample(
        counter(iteration, "ratio"),
        counter(iteration, "oursNanos"),
        counter(iteration, "bareNanos"),
        counter(iteration, "oursBytes"),
        counter(iteration, "bareBytes"));
  }

  /** A counter of {@link Meter}. */
  private static double counter(IterationResult iteration, String name) {
    return Objects.requireNonNull(iteration.getSecondaryResults().get(name), name).getScore();
  }
}
