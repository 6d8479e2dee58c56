package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.macsec4j.CipherSuite.GCM_AES_128;
import static org.macsec4j.CipherSuite.GCM_AES_256;
import static org.macsec4j.CipherSuite.GCM_AES_XPN_256;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Secy;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaConfigBuilder;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaEvent.OffloadChanged;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.mka.runtime.SessionOptions;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.testkit.DriverCall;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.Nic;
import org.macsec4j.testkit.junit.MacsecLab;

/** Suites and replay windows of a session that hardware takes in part. */
@MacsecLab
class HardwareFitTest {
  private static final Duration SOON = Duration.ofSeconds(8);
  private static final CipherSuite[] ALL_THREE = {GCM_AES_XPN_256, GCM_AES_256, GCM_AES_128};
  private static final SessionOptions PREFER =
      SessionOptions.DEFAULT.withOffload(OffloadPolicy.PREFER);
  private static final SessionOptions REQUIRE =
      SessionOptions.DEFAULT.withOffload(OffloadPolicy.REQUIRE);

  private final Nic nic = Nic.in(OffloadMode.MAC).cipherSuites(Set.of(GCM_AES_128));
  private final List<MkaEvent> events = new ArrayList<>();
  private Members members;

  @BeforeEach
  void enter(Lab lab) {
    members = Members.on(lab, 2);
    members.hosts.get(0).nic("eth0", nic);
  }

  private static MkaConfigBuilder config(CipherSuite... suites) {
    return MkaConfig.builder()
        .keys(PreSharedKey.of(Members.CKN, Members.CAK_256))
        .cipherSuites(suites);
  }

  private MkaSession start(int host, MkaConfig config, SessionOptions options) {
    MkaSession session =
        MkaSession.start(members.hosts.get(host).macsec(), "eth0", config, options);
    members.sessions.add(session);
    return session;
  }

  private void startOffloaded(int priority, SessionOptions options, CipherSuite... suites) {
    start(0, config(suites).keyServerPriority(priority).build(), options).onEvent(events::add);
  }

  private void secured() {
    members.lab.runUntil(() -> members.allSecured(1), SOON);
    members.checkThatUserFramesPassEveryWay();
  }

  private SecySnapshot offloaded() {
    return members.sessions.get(0).secy().snapshot();
  }

  private void assertDoneBy(OffloadMode mode, CipherSuite suite) {
    assertThat(offloaded().offload()).isEqualTo(mode);
    assertThat(offloaded().config().cipherSuite()).isEqualTo(suite);
    assertThat(members.hosts.get(0).macsec().secys()).as("SecYs left from trials").hasSize(1);
  }

  private List<MkaEvent> changes() {
    return events.stream().filter(OffloadChanged.class::isInstance).toList();
  }

  @Test
  void theSuiteThatTheHardwareDoesComesFirstWhereItIsPreferred() {
    startOffloaded(0, PREFER, ALL_THREE);
    start(1, config(ALL_THREE).build(), SessionOptions.DEFAULT);
    secured();
    assertDoneBy(OffloadMode.MAC, GCM_AES_128);
    assertThat(changes()).isEmpty();
  }

  @Test
  void itIsTheOnlyOneWhereHardwareIsRequired() {
    startOffloaded(255, REQUIRE, ALL_THREE);
    start(1, config(ALL_THREE).keyServerPriority(0).build(), SessionOptions.DEFAULT);
    secured();
    assertDoneBy(OffloadMode.MAC, GCM_AES_128);
  }

  @Test
  void aListOfWhichTheHardwareTakesNoneIsRefusedWhereItIsRequired() {
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> startOffloaded(0, REQUIRE, GCM_AES_XPN_256, GCM_AES_256))
        .withMessageContaining("a scratch SecY: the hardware does not know GCM-AES-XPN-256; ")
        .withMessageContaining("a scratch SecY: the hardware does not know GCM-AES-256; ")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED));
    assertThat(members.hosts.get(0).macsec().secys()).isEmpty();
  }

  @Test
  void whereItIsPreferredSoftwareDoesTheFirstOfThem() {
    startOffloaded(0, PREFER, GCM_AES_XPN_256, GCM_AES_256);
    start(1, config(ALL_THREE).build(), SessionOptions.DEFAULT);
    secured();
    assertDoneBy(OffloadMode.SOFTWARE, GCM_AES_XPN_256);
  }

  /** The key server has the word; when another one comes, so does the hardware. */
  @Test
  void softwareTakesOverForAKeyServerWithAnotherSuiteAndGivesItBack() {
    startOffloaded(255, PREFER, ALL_THREE);
    start(1, config(GCM_AES_256).keyServerPriority(0).build(), SessionOptions.DEFAULT);
    secured();
    assertDoneBy(OffloadMode.SOFTWARE, GCM_AES_256);
    assertThat(changes()).containsExactly(new OffloadChanged(OffloadMode.SOFTWARE, GCM_AES_256));
    events.clear();
    members.sessions.remove(1).close();
    start(1, config(GCM_AES_128).keyServerPriority(0).build(), SessionOptions.DEFAULT);
    secured();
    assertDoneBy(OffloadMode.MAC, GCM_AES_128);
    assertThat(changes()).containsExactly(new OffloadChanged(OffloadMode.MAC, GCM_AES_128));
    assertThat(events.toString()).doesNotContain("StartedOver");
  }

  @Test
  void hardwareThatIsGoneWhenItIsWantedAgainLeavesTheLinkToSoftware() {
    startOffloaded(255, PREFER, ALL_THREE);
    start(1, config(GCM_AES_256).keyServerPriority(0).build(), SessionOptions.DEFAULT);
    secured();
    nic.refuse(DriverCall.ADD_SECY, Kind.LIMIT);
    members.sessions.remove(1).close();
    start(1, config(GCM_AES_128).keyServerPriority(0).build(), SessionOptions.DEFAULT);
    secured();
    assertDoneBy(OffloadMode.SOFTWARE, GCM_AES_128);
    assertThat(nic.calls()).endsWith(DriverCall.ADD_SECY);
    assertThat(events.toString()).doesNotContain("StartedOver");
  }

  @Test
  void aWindowThatWillDoAsWellStandsForOneThatTheHardwareRefuses() {
    nic.replayWindows(Set.of(32, 64));
    startOffloaded(0, PREFER.withOffloadReplayWindows(List.of(16, 64, 32)), ALL_THREE);
    start(1, config(ALL_THREE).build(), SessionOptions.DEFAULT);
    secured();
    assertDoneBy(OffloadMode.MAC, GCM_AES_128);
    assertThat(offloaded().config().replayProtection()).isEqualTo(ReplayProtection.window(64));
  }

  @Test
  void noOtherWindowIsTakenUnlessItMay() {
    nic.replayWindows(Set.of(32, 64));
    startOffloaded(0, PREFER, ALL_THREE);
    start(1, config(ALL_THREE).build(), SessionOptions.DEFAULT);
    secured();
    assertDoneBy(OffloadMode.SOFTWARE, GCM_AES_XPN_256);
    assertThat(offloaded().config().replayProtection()).isEqualTo(ReplayProtection.window(0));
    assertThat(changes())
        .containsExactly(new OffloadChanged(OffloadMode.SOFTWARE, GCM_AES_XPN_256));
  }

  @Test
  void hardwareThatTakesTheSecyAndNoneOfItsKeysIsRefusedWhereItIsRequired() {
    nic.replayWindows(Set.of(32, 64));
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> startOffloaded(0, REQUIRE, GCM_AES_128))
        .withMessageContaining("the hardware does not take a replay window 0")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
    assertThat(members.hosts.get(0).macsec().secys()).isEmpty();
  }

  @Test
  void hardwareElsewhereThanWhereItIsWantedChoosesNothing() {
    startOffloaded(
        0, SessionOptions.DEFAULT.withOffload(OffloadPolicy.PREFER, OffloadMode.PHY), ALL_THREE);
    start(1, config(ALL_THREE).build(), SessionOptions.DEFAULT);
    secured();
    assertDoneBy(OffloadMode.SOFTWARE, GCM_AES_XPN_256);
  }

  /** What it would take is not known before there is room. */
  @Test
  void softwareTakesOverAlsoFromHardwareThatHadNoRoomForATrial() {
    nic.secys(1);
    SecyConfig other =
        SecyConfig.on("eth0").name("other").port(9).offload(OffloadPolicy.REQUIRE).build();
    Secy inTheWay = members.hosts.get(0).macsec().create(other);
    startOffloaded(255, PREFER, GCM_AES_128, GCM_AES_256);
    inTheWay.delete();
    members.sessions.get(0).secy().changeOffload(OffloadMode.MAC);
    start(1, config(GCM_AES_256).keyServerPriority(0).build(), SessionOptions.DEFAULT);
    secured();
    assertDoneBy(OffloadMode.SOFTWARE, GCM_AES_256);
  }

  @Test
  void afterItStartedOverTheSecyHasItsFirstSuiteAgain() {
    startOffloaded(255, SessionOptions.DEFAULT, GCM_AES_256, GCM_AES_128);
    start(1, config(GCM_AES_128).keyServerPriority(0).build(), SessionOptions.DEFAULT);
    secured();
    assertDoneBy(OffloadMode.SOFTWARE, GCM_AES_128);
    members.sessions.remove(1).close();
    offloaded()
        .transmitSc()
        .sas()
        .forEach(
            sa -> {
              SecyId id = offloaded().id();
              MacsecBackend backend = members.hosts.get(0).macsec().backend();
              backend.apply(id, new SecyCommand.EnableTransmitSa(sa.an(), false)).orThrow();
              backend.apply(id, new SecyCommand.DeleteTransmitSa(sa.an())).orThrow();
            });
    members.lab.run(SOON);
    assertThat(events.toString()).contains("StartedOver");
    start(1, config(GCM_AES_256).keyServerPriority(0).build(), SessionOptions.DEFAULT);
    secured();
    assertDoneBy(OffloadMode.SOFTWARE, GCM_AES_256);
    assertThat(events.toString()).doesNotContain("SecyRefused");
  }

  @Test
  void hardwareWithoutRoomIsNoReasonToTakeAnotherSuite() {
    nic.secys(0);
    startOffloaded(0, PREFER, ALL_THREE);
    start(1, config(ALL_THREE).build(), SessionOptions.DEFAULT);
    secured();
    assertDoneBy(OffloadMode.SOFTWARE, GCM_AES_XPN_256);
  }
}
