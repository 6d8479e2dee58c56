package org.macsec4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.macsec4j.testkit.simulation.Fault;
import org.macsec4j.testkit.simulation.Outcome;
import org.macsec4j.testkit.simulation.Simulation;

class SimulateCommandTest {
  @Test
  void oneSeedIsToldStepByStepAndEachTimeTheSame() {
    Cli.Result first = Cli.run("simulate", "--seed", "7");

    assertThat(first.code()).as(first.out()).isZero();
    assertThat(first.out())
        .contains("seed 7:", "starts (life 1)", "sends MKPDU of", "SECURED with", "passed seed 7")
        .contains(Simulation.replay(7).trace().get(100));
    assertThat(Cli.run("simulate", "--seed", "7").out()).isEqualTo(first.out());
  }

  @Test
  void manySeedsAreSummedUp() {
    Cli.Result many = Cli.run("simulate", "--seed", "1", "--seeds", "40", "--threads", "2");

    assertThat(many.code()).as(many.out()).isZero();
    assertThat(many.out())
        .contains("exploring 40 worlds from seed 1 on, 2 at a time")
        .contains("40 worlds (100 %)")
        .contains(Fault.LOSS.toString(), Fault.CRASH.toString(), Fault.DATA_REPLAYED.toString())
        .contains("median", "p99", "max")
        .contains("Every rule held in all 40 worlds.")
        .doesNotContain("\u001b");
  }

  @Test
  void itEndsWhenTheTimeIsOver() {
    Cli.Result timed = Cli.run("simulate", "--seed", "1", "--hours", "0.0002", "--threads", "1");
    assertThat(timed.code()).as(timed.out()).isZero();
    assertThat(timed.out()).contains("exploring worlds from seed", "Every rule held");
  }

  @ParameterizedTest
  @CsvSource({"--seeds,0", "--hours,0", "--hours,NaN", "--threads,0", "--seed,x"})
  void whatMakesNoSenseIsRefused(String option, String value) {
    Cli.Result refused = Cli.run("simulate", option, value);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains(option);
  }

  @Test
  void aFailureIsToldWithSeedRuleAndTheWayToSeeItAgain() {
    StringWriter text = new StringWriter();
    SimulationProgress progress = new SimulationProgress(new PrintWriter(text), false, 3);
    progress.begin(41, 1);
    progress.played(Simulation.run(41));
    progress.played(failed(42));

    assertThat(progress.failures()).isEqualTo(1);
    assertThat(progress.end()).isFalse();
    assertThat(text.toString())
        .contains("  the rule: what happened", "last line of the trace", "with: macsec4j")
        .contains("FAILED: 1 worlds", "  ./macsec simulate --seed 42");
  }

  private static Outcome failed(long seed) {
    return new Outcome(
        seed,
        false,
        2,
        Duration.ofSeconds(3),
        1,
        1,
        1,
        Map.of(Fault.LOSS, 1L),
        Optional.empty(),
        Optional.of(new Outcome.Failure("the rule", "what happened")),
        List.of("last line of the trace"),
        List.of("a: down"));
  }
}
