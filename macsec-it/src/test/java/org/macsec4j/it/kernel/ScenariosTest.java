package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.it.kernel.Play.Outcome;
import org.macsec4j.testkit.dataplane.Quirk;

/** The scenarios of {@link HonestyCases} where there is no kernel: they see what they are for. */
class ScenariosTest {
  private static List<Outcome> play(Scenario scenario, Set<Quirk> quirks) {
    return Play.of(scenario, new SimulatedStage(quirks));
  }

  @Test
  void theirNamesDiffer() {
    assertThat(HonestyCases.scenarios().map(Scenario::name)).doesNotHaveDuplicates();
  }

  @Test
  void theyRepeatThemselves() {
    assertThat(HonestyCases.scenarios())
        .allSatisfy(
            scenario -> assertThat(play(scenario, Set.of())).isEqualTo(play(scenario, Set.of())));
  }

  @ParameterizedTest
  @EnumSource(Quirk.class)
  void aQuirkIsSeenInSomeOfThem(Quirk quirk) {
    Set<Quirk> others = EnumSet.complementOf(EnumSet.of(quirk));
    assertThat(HonestyCases.scenarios())
        .anySatisfy(
            scenario ->
                assertThat(Play.differences(play(scenario, others), play(scenario, Quirk.LINUX)))
                    .isNotEmpty());
  }
}
