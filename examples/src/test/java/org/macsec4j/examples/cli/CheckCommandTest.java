package org.macsec4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.netlink.fake.FakeLibc;

/** {@code macsec check} over a system on whose wires nothing comes by. */
class CheckCommandTest {
  private final FakeKernel kernel = new FakeKernel();
  private final FakeLibc libc = new FakeLibc(kernel);
  private FakeKernel.Secy secy;

  @BeforeEach
  void add() {
    secy = kernel.add(5, "m0");
  }

  @Test
  void whatIsNotSeenIsNotKnown() {
    Cli.Result check = Cli.run(libc, "check", "m0");
    assertThat(check.code()).as(check.err()).isEqualTo(2);
    assertThat(check.out())
        .isEqualTo("m0: unknown, seen at eth0: nothing arrived of what m0 sent\n");
    assertThat(libc.frames()).hasSize(3).allSatisfy(frame -> assertThat(frame).hasSize(110));
    assertThat(libc.openDescriptors()).isZero();
  }

  @Test
  void theJsonHasOneNameForEachThing() {
    secy.operational(false);
    Cli.Result check =
        Cli.run(libc, "check", "m0", "-n", "blue", "--from", "eth0", "--from-netns", "red", "-j");
    assertThat(check.code()).as(check.err()).isEqualTo(2);
    JsonNode json = check.json().get(0);
    assertThat(json.get("name").asText()).isEqualTo("m0");
    assertThat(json.get("namespace").asText()).isEqualTo("blue");
    assertThat(json.get("state").asText()).isEqualTo("unknown");
    assertThat(json.get("reason").asText()).contains("m0 sends nothing, as its encoding SA (0)");
    assertThat(json.get("observer").asText()).isEqualTo("eth0");
    assertThat(json.get("observerNamespace").asText()).isEqualTo("red");
    assertThat(libc.frames()).isEmpty();
    assertThat(libc.openDescriptors()).isZero();
  }

  @Test
  void wrongUseIsSaid() {
    assertThat(Cli.run(libc, "check").code()).isEqualTo(2);
    assertThat(Cli.run(libc, "check", "m9").err()).contains("there is no SecY m9; there is m0");
    assertThat(Cli.run(libc, "check", "m0", "--from", "m0").err())
        .contains("m0, which is a secured interface: look at the interface below");
    assertThat(Cli.run(libc, "check", "m0", "--from-netns", "red").err())
        .contains("--from-netns needs --from");
  }
}
