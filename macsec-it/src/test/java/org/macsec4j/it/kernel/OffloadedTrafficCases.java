package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.CipherSuite;
import org.macsec4j.Macsec;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.Secy;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyCounter;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.mka.runtime.SessionOptions;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.testkit.kernel.Netns;

/**
 * User frames over two netdevsims, each in a namespace of its own: hardware passes them in clear,
 * so an end in hardware and an end in software do not hear each other. The cases of the kernel's
 * own test of two such devices, with keys of MKA.
 */
abstract class OffloadedTrafficCases {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final PreSharedKey KEY =
      PreSharedKey.of(Ckn.parse("6d61637365632d31"), Cak.parse("000102030405060708090a0b0c0d0e0f"));

  private final Netns left = Netns.main();
  private Netns right;
  private JoinedNics nics;
  private LinuxBackend leftBackend;
  private Macsec leftMacsec;
  private Macsec rightMacsec;

  @BeforeEach
  void plugIn() throws IOException {
    right = Netns.create("far");
    nics = JoinedNics.plugIn(left, right);
    leftBackend = LinuxBackend.builder().open();
    leftMacsec = Macsec.using(leftBackend);
    rightMacsec = Macsec.using(LinuxBackend.builder().namespace("far").open());
  }

  @AfterEach
  void pullOut() throws IOException {
    leftMacsec.close();
    rightMacsec.close();
    nics.close();
    right.close();
  }

  private static MkaConfig config(CipherSuite... suites) {
    return MkaConfig.builder().keys(KEY).cipherSuites(suites).build();
  }

  private MkaSession startLeft(MkaConfig config, OffloadPolicy policy) {
    MkaSession session = start(leftMacsec, "sim0", "m0", config, policy);
    left.ip("addr add 10.7.0.1/24 dev m0");
    return session;
  }

  private MkaSession startRight(MkaConfig config, OffloadPolicy policy) {
    MkaSession session = start(rightMacsec, "sim1", "m1", config, policy);
    right.ip("addr add 10.7.0.2/24 dev m1");
    return session;
  }

  private static MkaSession start(
      Macsec macsec, String parent, String name, MkaConfig config, OffloadPolicy policy) {
    SessionOptions options = SessionOptions.DEFAULT.withDeviceName(name).withOffload(policy);
    return MkaSession.start(macsec, parent, config, options);
  }

  private boolean pings(String address) {
    long end = System.nanoTime() + SOON.toNanos();
    boolean answered = left.pings(address);
    while (!answered && System.nanoTime() < end) {
      answered = left.pings(address);
    }
    return answered;
  }

  /** VLAN 7 on both secured interfaces. */
  private void addVlans() {
    left.ip("link add link m0 name v7 type vlan id 7");
    right.ip("link add link m1 name v7 type vlan id 7");
    left.ip("addr add 10.8.0.1/24 dev v7");
    right.ip("addr add 10.8.0.2/24 dev v7");
    left.ip("link set dev v7 up");
    right.ip("link set dev v7 up");
  }

  @Test
  void userFramesPassInEveryModeThatBothEndsHaveAndAVlanOnTopToo() throws Exception {
    MkaConfig config = config(CipherSuite.GCM_AES_128);
    try (MkaSession here = startLeft(config, OffloadPolicy.REQUIRE);
        MkaSession there = startRight(config, OffloadPolicy.REQUIRE)) {
      here.awaitSecured(SOON);
      there.awaitSecured(SOON);
      assertThat(pings("10.7.0.2")).isTrue();
      addVlans();
      assertThat(pings("10.8.0.2")).as("over the VLAN").isTrue();
      for (OffloadMode mode : List.of(OffloadMode.SOFTWARE, OffloadMode.MAC)) {
        here.secy().changeOffload(mode);
        there.secy().changeOffload(mode);
        here.awaitSecured(SOON);
        there.awaitSecured(SOON);
        left.ip("link set dev v7 up");
        right.ip("link set dev v7 up");
        assertThat(here.secy().snapshot().offload()).isEqualTo(mode);
        assertThat(pings("10.7.0.2")).as("in mode %s", mode).isTrue();
        assertThat(pings("10.8.0.2")).as("over the VLAN, in mode %s", mode).isTrue();
      }
    }
  }

  @Test
  void hardwareThatDoesNothingIsNotHeardBySoftware() throws Exception {
    MkaConfig config = config(CipherSuite.GCM_AES_128);
    try (MkaSession here = startLeft(config, OffloadPolicy.REQUIRE);
        MkaSession there = startRight(config, OffloadPolicy.OFF)) {
      here.awaitSecured(SOON);
      there.awaitSecured(SOON);
      assertThat(left.pings("10.7.0.2")).isFalse();
      OptionalLong clear = there.secy().snapshot().counters().get(SecyCounter.IN_PKTS_NO_TAG);
      assertThat(clear.orElse(0)).as("what came in clear").isPositive();
    }
  }

  @Test
  void hardwareStaysWhenTheAgreementNeedsAnotherSuite() throws Exception {
    try (MkaSession here =
            startLeft(
                config(CipherSuite.GCM_AES_256, CipherSuite.GCM_AES_128), OffloadPolicy.PREFER);
        MkaSession there = startRight(config(CipherSuite.GCM_AES_128), OffloadPolicy.REQUIRE)) {
      here.awaitSecured(SOON);
      there.awaitSecured(SOON);
      SecySnapshot now = here.secy().snapshot();
      assertThat(now.offload()).isEqualTo(OffloadMode.MAC);
      assertThat(now.config().cipherSuite()).isEqualTo(CipherSuite.GCM_AES_128);
      assertThat(leftBackend.list()).as("SecYs left from trials").hasSize(1);
    }
  }

  @Test
  void anotherSuiteLeavesAnOffloadedSecyWhereItIs() {
    SecyId id =
        leftBackend.create(SecyConfig.on("sim0").name("m0").offload(OffloadPolicy.REQUIRE).build());
    leftBackend.apply(id, new SecyCommand.CreateReceiveSc(Bench.PEER)).orThrow();
    Secy secy = leftMacsec.secy("m0").orElseThrow();
    secy.up();
    secy.change(SecyChange.builder().cipherSuite(CipherSuite.GCM_AES_XPN_256).build());
    SecySnapshot now = secy.snapshot();
    assertThat(now.id()).isEqualTo(id);
    assertThat(now.offload()).isEqualTo(OffloadMode.MAC);
    assertThat(now.config().cipherSuite()).isEqualTo(CipherSuite.GCM_AES_XPN_256);
    assertThat(now.receiveScs()).extracting(ReceiveScSnapshot::sci).containsExactly(Bench.PEER);
    assertThat(now.up()).isTrue();
  }
}
