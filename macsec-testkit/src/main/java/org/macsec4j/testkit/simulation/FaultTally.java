package org.macsec4j.testkit.simulation;

import java.util.EnumMap;
import java.util.Map;

/** Counts what went wrong in a world. */
final class FaultTally {
  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);

  void count(Fault fault) {
    counts.merge(fault, 1L, Long::sum);
  }

  Map<Fault, Long> asMap() {
    return new EnumMap<>(counts);
  }
}
