package org.macsec4j.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Worlds by the thousand, in which every rule holds. */
class SimulationTest {
  private static final int WORLDS = 2000;
  private static final int COVERED_WITHIN = 1000;

  @Test
  void everyRuleHoldsInTwoThousandWorlds() {
    Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    TreeSet<Integer> sizes = new TreeSet<>();
    int healthy = 0;
    for (int seed = 1; seed <= WORLDS; seed++) {
      Outcome outcome = Simulation.run(seed);
      assertThat(outcome.passed()).withFailMessage(outcome::report).isTrue();
      assertThat(outcome.deliveries()).as("deliveries with seed %d", seed).isPositive();
      outcome.faults().forEach((fault, count) -> faults.merge(fault, count, Long::sum));
      sizes.add(outcome.hosts());
      healthy += outcome.healthy() ? 1 : 0;
      if (seed == COVERED_WITHIN) {
        assertThat(faults).containsOnlyKeys(Fault.values());
      }
    }
    assertThat(sizes).containsExactly(2, 3, 4, 5, 6, 7, 8);
    assertThat(healthy).isBetween(WORLDS / 4, WORLDS / 2);
  }

  @Test
  void theSameSeedGivesTheSameTraceOctetForOctet() {
    for (long seed = 1; seed <= 30; seed++) {
      Outcome first = Simulation.replay(seed);
      Outcome second = Simulation.replay(seed);
      assertThat(second).isEqualTo(first);
      assertThat(first.trace()).hasSizeGreaterThan(100);
    }
  }

  @Test
  void aWorldIsTheSameWithAndWithoutATrace() {
    for (long seed = 31; seed <= 60; seed++) {
      Outcome told = Simulation.replay(seed);
      Outcome untold = Simulation.run(seed);
      assertThat(untold.faults()).isEqualTo(told.faults());
      assertThat(untold.mkpdus()).isEqualTo(told.mkpdus());
      assertThat(untold.deliveries()).isEqualTo(told.deliveries());
      assertThat(untold.recovery()).isEqualTo(told.recovery());
    }
  }

  @Test
  void otherSeedsGiveOtherWorlds() {
    assertThat(Simulation.replay(1).trace()).isNotEqualTo(Simulation.replay(2).trace());
  }
}
