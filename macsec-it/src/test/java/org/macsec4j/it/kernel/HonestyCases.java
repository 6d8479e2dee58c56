package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.macsec4j.it.kernel.KernelStage.Hosts;
import org.macsec4j.it.kernel.Play.Difference;
import org.macsec4j.it.kernel.Play.Outcome;
import org.macsec4j.testkit.dataplane.Quirk;

/**
 * The simulator is honest: what it makes of frames and commands is what the kernel makes of them,
 * step by step, each frame and each counter, once the kernel's departures from the standard are
 * turned on. There is no list of differences that are let pass.
 *
 * <p>Not played: several SecYs on one interface, where the kernel takes the SCI of a frame without
 * one from the source address; OutPktsTooLong, which the MTU of the secured interface keeps from
 * happening; InPktsOverrun, which neither counts; frames for other addresses, which a network
 * interface leaves out and a veth does not. What the kernel refuses to make is in {@link Mistake}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HonestyCases {
  private final Map<String, List<Outcome>> kernel = new HashMap<>();
  private Hosts hosts;

  @BeforeAll
  void joinTwoHosts() {
    hosts = new Hosts();
  }

  @AfterAll
  void forgetThem() {
    hosts.close();
  }

  static Stream<Scenario> scenarios() {
    return Stream.of(ReceiveScenarios.all(), ReplayScenarios.all(), TransmitScenarios.all())
        .flatMap(some -> some);
  }

  private List<Outcome> onKernel(Scenario scenario) {
    return kernel.computeIfAbsent(scenario.name(), unused -> Play.of(scenario, hosts.stage()));
  }

  private List<Difference> differences(Scenario scenario, Set<Quirk> quirks) {
    return Play.differences(Play.of(scenario, new SimulatedStage(quirks)), onKernel(scenario));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theSimulatorIsTheKernel(Scenario scenario) {
    assertThat(differences(scenario, Quirk.LINUX)).as("simulator / kernel").isEmpty();
  }

  /** Each is the kernel's, as without it some scenario is told from the kernel's. */
  @ParameterizedTest
  @EnumSource(Quirk.class)
  void withoutAQuirkItIsNot(Quirk quirk) {
    Set<Quirk> others = EnumSet.complementOf(EnumSet.of(quirk));
    assertThat(scenarios().anyMatch(scenario -> !differences(scenario, others).isEmpty())).isTrue();
  }
}
