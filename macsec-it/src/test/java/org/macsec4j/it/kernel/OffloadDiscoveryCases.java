package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.netlink.ethtool.DeviceFeatures;
import org.macsec4j.netlink.ethtool.Ethtool;
import org.macsec4j.netlink.ethtool.FeatureListener;
import org.macsec4j.netlink.jnr.JnrLibc;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.transport.GenericFamily;
import org.macsec4j.netlink.transport.NetlinkConnection;
import org.macsec4j.netlink.transport.NetlinkSocket;
import org.macsec4j.offload.FeatureClaim;
import org.macsec4j.offload.OffloadDiscovery;
import org.macsec4j.offload.OffloadSupport;
import org.macsec4j.offload.ProbeVerdict;
import org.macsec4j.offload.ProbeVerdict.Outcome;
import org.macsec4j.spi.Registration;
import org.macsec4j.testkit.kernel.Netns;

/** What is found of an interface without MACsec hardware, which every kernel has: a veth. */
abstract class OffloadDiscoveryCases {
  private static final String SEGMENTATION = "tx-generic-segmentation";
  private static final int FEATURES_SET = 12;

  private final Netns space = Netns.main();
  private LinuxBackend backend;
  private OffloadDiscovery discovery;

  @BeforeEach
  void layOut() {
    space.ip("link add name veth7 type veth peer name veth8");
    backend = LinuxBackend.builder().open();
    discovery = OffloadDiscovery.on(backend);
  }

  @AfterEach
  void takeAway() {
    discovery.close();
    backend.list().forEach(backend::delete);
    backend.close();
    space.ip("link del dev veth7");
  }

  @Test
  void aVethClaimsNothingAndSaysWhoDrivesIt() {
    OffloadSupport veth = discovery.of("veth7");
    FeatureClaim claim = veth.claim();
    assertThat(claim.active()).isFalse();
    assertThat(claim.wanted()).isFalse();
    assertThat(claim.fixed()).isTrue();
    assertThat(claim.answer()).isNotEqualTo(FeatureClaim.Answer.NOT_KNOWN);
    assertThat(veth.driver().orElseThrow().driver()).isEqualTo("veth");
    assertThat(veth.knowledge()).isEmpty();
    assertThat(discovery.all()).extracting(OffloadSupport::interfaceName).contains("veth7");
    assertThat(discovery.all()).extracting(OffloadSupport::interfaceName).doesNotContain("lo");
  }

  @Test
  void theProbeIsRefusedAndLeavesAllAsItWas() {
    SecyId mine = backend.create(SecyConfig.on("veth7").name("mine").build());
    ProbeVerdict verdict = discovery.probe("veth7");
    assertThat(verdict.works()).isEmpty();
    assertThat(verdict.mac().outcome()).isEqualTo(Outcome.NO_HARDWARE);
    assertThat(verdict.mac().reason()).contains("EOPNOTSUPP", "a scratch SecY");
    assertThat(verdict.phy().outcome()).isEqualTo(Outcome.NO_HARDWARE);
    assertThat(backend.list()).containsExactly(mine);
    assertThat(discovery.of("veth7").inUse().orElseThrow().secys()).isZero();
  }

  @Test
  void whoeverPrefersHardwareGetsSoftwareAndWhoeverRequiresItNothing() {
    SecyId mine =
        backend.create(SecyConfig.on("veth7").name("mine").offload(OffloadPolicy.PREFER).build());
    assertThat(backend.read(mine).offload()).isEqualTo(OffloadMode.SOFTWARE);
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(
            () ->
                backend.create(
                    SecyConfig.on("veth7").port(2).offload(OffloadPolicy.REQUIRE).build()))
        .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.UNSUPPORTED))
        .withMessageContaining("(MAC)")
        .withMessageContaining("(PHY)");
    assertThat(backend.list()).containsExactly(mine);
  }

  @Test
  void whatAChangeOfTheLinkIsSaidToHaveDoneIsReadBack() {
    SecyId mine = backend.create(SecyConfig.on("veth7").name("mine").build());
    // 6.1 says that it is done, later kernels that they cannot.
    space.run("ip", "link", "set", "dev", "mine", "type", "macsec", "offload", "mac");
    assertThat(backend.read(mine).offload()).isEqualTo(OffloadMode.SOFTWARE);
  }

  /** Another feature than that of MACsec, which a veth does not let anybody change. */
  @Test
  void aFeatureThatChangesIsHeardOf() throws Exception {
    BlockingQueue<DeviceFeatures> heard = new LinkedBlockingQueue<>();
    FeatureListener listener =
        new FeatureListener() {
          @Override
          public void changed(DeviceFeatures now) {
            heard.add(now);
          }

          @Override
          public void lost() {
            throw new AssertionError("a notice was lost");
          }
        };
    try (Ethtool ethtool = backend.ethtool();
        Registration watch = ethtool.watch(listener)) {
      assertThat(watch).isNotNull();
      assertThat(ethtool.features("veth7").active()).contains(SEGMENTATION);
      switchOff("veth7", SEGMENTATION);
      DeviceFeatures now = heard.poll(20, TimeUnit.SECONDS);
      assertThat(now).isEqualTo(ethtool.features("veth7"));
      assertThat(now.active()).doesNotContain(SEGMENTATION);
    }
  }

  /** As {@code ethtool -K} does. */
  private static void switchOff(String interfaceName, String feature) {
    Libc libc = JnrLibc.system();
    NetlinkConnection connection = NetlinkConnection.open(libc, NetlinkSocket.NETLINK_GENERIC);
    try {
      GenericFamily family = GenericFamily.find(connection, "ethtool");
      connection.get(
          "switch it off",
          family
              .get(FEATURES_SET)
              .nested(1, header -> header.string(2, interfaceName))
              .nested(
                  3,
                  wanted ->
                      wanted.nested(3, bits -> bits.nested(1, bit -> bit.string(2, feature)))));
    } finally {
      connection.close();
    }
  }

  @Test
  void anUnknownInterfaceIsSaid() {
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> discovery.of("nowhere"))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    try (Ethtool ethtool = backend.ethtool()) {
      assertThatExceptionOfType(MacsecException.class)
          .isThrownBy(() -> ethtool.driver("nowhere"))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    }
  }
}
