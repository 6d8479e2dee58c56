package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.Macsec;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.Secy;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyEvent;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.mka.runtime.SessionOptions;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.testkit.kernel.Netns;

/** MKA between two netdevsims that take the work, and what becomes of those who prefer it. */
abstract class OffloadedMkaCases {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final MkaConfig config =
      MkaConfig.preSharedKey(
          Ckn.parse("6d61637365632d31"), Cak.parse("000102030405060708090a0b0c0d0e0f"));
  private final Netns space = Netns.main();
  private final List<SecyEvent> events = new CopyOnWriteArrayList<>();
  private JoinedNics nics;
  private LinuxBackend backend;
  private Macsec macsec;

  @BeforeEach
  void plugIn() throws IOException {
    nics = JoinedNics.plugIn(space);
    backend = LinuxBackend.builder().open();
    macsec = Macsec.using(backend);
    macsec.onEvent(events::add);
  }

  @AfterEach
  void pullOut() throws IOException {
    macsec.close();
    nics.close();
  }

  private MkaSession start(String interfaceName, OffloadPolicy policy) {
    return MkaSession.start(
        macsec, interfaceName, config, SessionOptions.DEFAULT.withOffload(policy));
  }

  private static Optional<KeyIdentifier> key(MkaSession session) {
    SecySnapshot now = session.secy().snapshot();
    return now.transmitSc().sa(now.transmitSc().encodingSa()).map(TransmitSaSnapshot::key);
  }

  @Test
  void mkaSecuresALinkWhoseEndsAreOffloadedAndGoesOnWhenTheModeChanges() throws Exception {
    try (MkaSession here = start("sim0", OffloadPolicy.REQUIRE);
        MkaSession there = start("sim1", OffloadPolicy.REQUIRE)) {
      awaitKeys(here, there);
      assertThat(here.secy().snapshot().offload()).isEqualTo(OffloadMode.MAC);
      assertThat(here.secy().snapshot().counters().asMap()).isEmpty();
      assertThat(key(here)).isEqualTo(key(there));
      for (OffloadMode mode : List.of(OffloadMode.SOFTWARE, OffloadMode.MAC)) {
        Optional<KeyIdentifier> before = key(here);
        here.secy().changeOffload(mode);
        there.secy().changeOffload(mode);
        awaitNewKey(here, before);
        awaitKeys(here, there);
        assertThat(here.secy().snapshot().offload()).isEqualTo(mode);
        assertThat(there.secy().snapshot().offload()).isEqualTo(mode);
        assertThat(here.secy().snapshot().up()).isTrue();
      }
      Optional<KeyIdentifier> before = key(here);
      here.rekey();
      there.rekey();
      awaitNewKey(here, before);
      awaitKeys(here, there);
    }
    assertThat(backend.list()).isEmpty();
  }

  private static void awaitKeys(MkaSession here, MkaSession there) throws InterruptedException {
    here.awaitSecured(SOON);
    there.awaitSecured(SOON);
    long end = System.nanoTime() + SOON.toNanos();
    while (!key(here).equals(key(there)) && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(key(here)).isPresent().isEqualTo(key(there));
  }

  private static void awaitNewKey(MkaSession session, Optional<KeyIdentifier> before)
      throws InterruptedException {
    long end = System.nanoTime() + SOON.toNanos();
    while ((key(session).isEmpty() || key(session).equals(before)) && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(key(session)).isPresent().isNotEqualTo(before);
  }

  @Test
  void whoeverPrefersHardwareThatIsFullIsToldAndGoesOnInSoftware() throws Exception {
    for (int port = 1; port <= 3; port++) {
      backend.create(
          SecyConfig.on("sim0")
              .name("m" + port)
              .port(port)
              .offload(OffloadPolicy.REQUIRE, OffloadMode.MAC)
              .build());
    }
    SecyId fourth =
        backend.create(
            SecyConfig.on("sim0").name("m4").port(4).offload(OffloadPolicy.PREFER).build());
    assertThat(backend.read(fourth).offload()).isEqualTo(OffloadMode.SOFTWARE);
    long end = System.nanoTime() + SOON.toNanos();
    while (fallBacks().isEmpty() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(fallBacks()).hasSize(1);
    assertThat(fallBacks().get(0).secy()).isEqualTo(fourth);
    assertThat(fallBacks().get(0).reason()).contains("ENOSPC", "EOPNOTSUPP");
    assertThat(events.indexOf(new SecyEvent.Created(fourth)))
        .isBetween(0, events.indexOf(fallBacks().get(0)));
  }

  private List<SecyEvent.OffloadFellBack> fallBacks() {
    return events.stream()
        .filter(SecyEvent.OffloadFellBack.class::isInstance)
        .map(SecyEvent.OffloadFellBack.class::cast)
        .toList();
  }

  @Test
  void aModeThatTheHardwareDoesNotTakeLeavesTheModeThatWas() {
    SecyId id =
        backend.create(SecyConfig.on("sim0").name("m1").offload(OffloadPolicy.REQUIRE).build());
    Secy secy = macsec.secy("m1").orElseThrow();
    backend.apply(id, new SecyCommand.CreateReceiveSc(Bench.PEER)).orThrow();
    secy.up();
    assertThat(catchThrowable(() -> secy.changeOffload(OffloadMode.PHY)))
        .hasMessageContaining("EOPNOTSUPP");
    SecySnapshot now = secy.snapshot();
    assertThat(now.offload()).isEqualTo(OffloadMode.MAC);
    assertThat(now.up()).isTrue();
    assertThat(now.receiveScs()).isEmpty();
  }

  @Test
  void whoeverOpensTheBackendOfThatNameUsesWhatThereIs() {
    assertThat(Macsec.probe().get("offload").reason()).contains("sim0", "sim1");
    space.ip("link add name veth7 type veth peer name veth8");
    try (Macsec preferring = Macsec.open("offload")) {
      assertThat(preferring.create(SecyConfig.on("sim0").build()).snapshot().offload())
          .isEqualTo(OffloadMode.MAC);
      assertThat(preferring.create(SecyConfig.on("veth7").build()).snapshot().offload())
          .isEqualTo(OffloadMode.SOFTWARE);
    }
    try (Macsec usual = Macsec.open()) {
      assertThat(usual.backend().name()).isEqualTo("linux");
    }
    space.ip("link del dev veth7");
  }

  @Test
  void whatTheInterfaceBelowSentIsCounted() {
    long before = backend.framesSent("sim0").orElseThrow();
    space.ip("link set dev sim0 arp off");
    space.ip("addr add 192.0.2.1/24 dev sim0");
    space.run("ping", "-c", "3", "-i", "0.2", "-W", "1", "192.0.2.2");
    assertThat(backend.framesSent("sim0").orElseThrow()).isGreaterThanOrEqualTo(before + 3);
  }
}
