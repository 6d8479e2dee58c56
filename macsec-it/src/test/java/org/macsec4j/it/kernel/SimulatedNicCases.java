package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.netlink.ethtool.PhyPresence;
import org.macsec4j.offload.FeatureClaim;
import org.macsec4j.offload.OffloadDiscovery;
import org.macsec4j.offload.OffloadSupport;
import org.macsec4j.offload.OffloadUse;
import org.macsec4j.offload.ProbeVerdict;
import org.macsec4j.offload.ProbeVerdict.Outcome;
import org.macsec4j.testkit.kernel.Netns;

/** What is found of netdevsim, which claims MACsec and takes it. Newer kernels alone have it. */
abstract class SimulatedNicCases {
  private static final String NUMBER = "8";

  private final Netns space = Netns.main();
  private NetdevSim nic;
  private LinuxBackend backend;
  private OffloadDiscovery discovery;

  @BeforeEach
  void plugIn() throws IOException {
    nic = NetdevSim.plugIn(space, NUMBER, "sim0");
    backend = LinuxBackend.builder().open();
    discovery = OffloadDiscovery.on(backend);
  }

  @AfterEach
  void pullOut() throws IOException {
    discovery.close();
    backend.close();
    nic.pullOut();
  }

  private SecyId create(int port) {
    return backend.create(
        SecyConfig.on("sim0").name("m" + port).port(port).offload(OffloadPolicy.REQUIRE).build());
  }

  @Test
  void itClaimsAndTheProbeSaysThatItWorks() {
    OffloadSupport nic = discovery.of("sim0");
    assertThat(nic.claim())
        .isEqualTo(new FeatureClaim(FeatureClaim.Answer.TOLD, true, nic.claim().wanted(), true));
    assertThat(nic.driver().orElseThrow().driver()).isEqualTo("netdevsim");
    assertThat(nic.driver().orElseThrow().bus()).contains("netdevsim" + NUMBER);
    assertThat(nic.phy().presence()).isEqualTo(PhyPresence.ABSENT);
    assertThat(nic.knowledge().get(0).secys()).hasValue(3);
    ProbeVerdict verdict = discovery.probe("sim0");
    assertThat(verdict.works()).contains(OffloadMode.MAC);
    assertThat(verdict.phy().outcome()).isEqualTo(Outcome.NO_HARDWARE);
    assertThat(backend.list()).isEmpty();
  }

  @Test
  void fullHardwareIsToldFromNone() {
    SecyId first = create(1);
    create(2);
    create(3);
    backend.apply(first, new SecyCommand.CreateReceiveSc(Bench.PEER)).orThrow();
    ProbeVerdict verdict = discovery.probe("sim0");
    assertThat(verdict.mac().outcome()).isEqualTo(Outcome.FULL);
    assertThat(verdict.mac().reason()).contains("ENOSPC");
    assertThat(backend.list()).hasSize(3);
    assertThat(discovery.of("sim0").inUse()).contains(new OffloadUse(3, 1, 0, 0));
  }

  @Test
  void aVlanOnItHasNone() {
    space.ip("link add link sim0 name vlan7 type vlan id 7");
    assertThat(discovery.of("vlan7").claim().active()).isFalse();
    assertThat(discovery.probe("vlan7").mac().outcome()).isEqualTo(Outcome.NO_HARDWARE);
  }

  @Test
  void aPortOfABridgeIsBusy() {
    space.ip("link add name br7 type bridge");
    space.ip("link set dev sim0 master br7");
    assertThat(discovery.probe("sim0").mac().outcome()).isEqualTo(Outcome.BUSY);
    space.ip("link del dev br7");
  }
}
