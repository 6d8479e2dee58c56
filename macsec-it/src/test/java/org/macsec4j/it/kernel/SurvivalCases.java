package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.LeftOver;
import org.macsec4j.ValidateFrames;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.mka.runtime.SessionOptions;
import org.macsec4j.mka.runtime.SessionOptions.OnClose;
import org.macsec4j.testkit.kernel.Netns;

/** What happens to interfaces below a session and beside it, by hands of others. */
abstract class SurvivalCases extends Pair {
  private static final String DEVICE = "macsec0";
  private static final String HERE = "10.0.0.1";
  private static final String THERE = "10.0.0.2";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long BEYOND_LIFE_MILLIS = 7_000;

  /** The life time, without the hello before it and the second the kernel takes to look again. */
  private static final long MOMENT_MILLIS = 3_000;

  private static final int MAX_TRIES = 8;

  private final MkaConfig config =
      MkaConfig.preSharedKey(
          Ckn.parse("6d61637365632d31"), Cak.parse("000102030405060708090a0b0c0d0e0f"));

  private final List<MkaEvent> events = new CopyOnWriteArrayList<>();
  private MkaSession here;
  private MkaSession there;

  @BeforeEach
  void secure() throws InterruptedException {
    here = MkaSession.start(left, "eth0", config);
    there = MkaSession.start(right, "eth0", config);
    here.onEvent(events::add);
    awaitSecured();
    address(leftSpace, HERE);
    address(rightSpace, THERE);
    assertPings();
  }

  @AfterEach
  void end() {
    here.close();
    there.close();
    assertThat(right.secys()).isEmpty();
  }

  private void awaitSecured() throws InterruptedException {
    here.awaitSecured(PATIENCE);
    there.awaitSecured(PATIENCE);
  }

  private static void address(Netns space, String address) {
    space.ip("addr add " + address + "/24 dev " + DEVICE);
  }

  /** Each side is secured, and frames pass. */
  private void assertPings() {
    await(() -> leftSpace.pings(THERE));
    assertThat(leftSpace.pings(THERE)).as("%s; %s; %s", here, there, events).isTrue();
  }

  private void awaitStartOver(String reason) {
    await(() -> events.toString().contains(reason));
    assertThat(events.toString()).contains("StartedOver[reason=").contains(reason);
  }

  private boolean hasStartedOver() {
    return events.stream().anyMatch(MkaEvent.StartedOver.class::isInstance);
  }

  @Test
  void anInterfaceThatGoesDownLongerThanTheLifeTime() throws InterruptedException {
    leftSpace.ip("link set dev eth0 down");
    Thread.sleep(BEYOND_LIFE_MILLIS);
    assertThat(here.isSecured()).isFalse();
    leftSpace.ip("link set dev eth0 up");
    awaitSecured();
    assertPings();
    assertThat(hasStartedOver()).isFalse();
  }

  /** Where the machine has so much to do that it was no moment, it is lost once more. */
  @Test
  void aCarrierThatIsLostForAMomentChangesNothing() throws InterruptedException {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      AssociationNumber before = here.secy().snapshot().transmitSc().encodingSa();
      long lost = loseCarrierMillis();
      assertPings();
      if (lost < MOMENT_MILLIS) {
        assertThat(here.secy().snapshot().transmitSc().encodingSa()).isEqualTo(before);
        assertThat(hasStartedOver()).isFalse();
        return;
      }
      awaitSecured();
    }
    fail("the carrier could not be lost for less than %d ms", MOMENT_MILLIS);
  }

  /** For how long it was lost at most. */
  private long loseCarrierMillis() throws InterruptedException {
    long begin = System.nanoTime();
    rightSpace.ip("link set dev eth0 down");
    Thread.sleep(1_000);
    assertThat(leftSpace.call("cat /sys/class/net/eth0/carrier").strip()).isEqualTo("0");
    rightSpace.ip("link set dev eth0 up");
    return Duration.ofNanos(System.nanoTime() - begin).toMillis();
  }

  @Test
  void anInterfaceThatIsRenamedAndASecyThatIsDeletedAfterwards() throws InterruptedException {
    leftSpace.ip("link set dev eth0 down");
    leftSpace.ip("link set dev eth0 name lan0");
    leftSpace.ip("link set dev lan0 up");
    awaitSecured();
    assertPings();
    // So that the session has seen the name.
    Thread.sleep(2_500);
    leftSpace.ip("link del dev " + DEVICE);
    awaitStartOver(DEVICE + " is gone");
    awaitSecured();
    assertThat(here.secy().config().parent()).isEqualTo("lan0");
    address(leftSpace, HERE);
    assertPings();
  }

  @Test
  void anInterfaceThatIsDeletedAndComesBackWithAnotherAddress() throws InterruptedException {
    leftSpace.ip("link del dev eth0");
    awaitStartOver(DEVICE + " is gone");
    assertThat(here.isSecured()).isFalse();
    await(() -> here.status().toString().contains("there is no interface eth0"));
    assertThat(here.status().toString()).contains("there is no interface eth0");
    leftSpace.veth("eth0", rightSpace, "eth0");
    leftSpace.ip("link set dev eth0 address 02:00:00:00:0a:77");
    rightSpace.ip("link set dev eth0 address 02:00:00:00:0b:77");
    await(() -> here.isSecured() && there.isSecured(), PATIENCE);
    awaitSecured();
    assertThat(here.status().livePeers()).hasSize(1);
    address(leftSpace, HERE);
    address(rightSpace, THERE);
    assertPings();
  }

  @Test
  void aSecyThatIsDeletedIsMadeAnew() throws InterruptedException {
    leftSpace.ip("link del dev " + DEVICE);
    awaitStartOver(DEVICE + " is gone");
    awaitSecured();
    address(leftSpace, HERE);
    assertPings();
  }

  @Test
  void aTransmitSaThatIsDisabledIsAgreedOnAnewAndTheAddressStays() throws InterruptedException {
    int an = here.secy().snapshot().transmitSc().encodingSa().value();
    leftSpace.ip("macsec set " + DEVICE + " tx sa " + an + " off");
    awaitStartOver("transmit SA " + an + " is disabled");
    awaitSecured();
    assertPings();
  }

  @Test
  void aReceiveChannelThatIsDeletedIsMadeAnewAndTheAddressStays() throws InterruptedException {
    leftSpace.ip("macsec del " + DEVICE + " rx port 1 address " + RIGHT_ADDRESS);
    awaitStartOver("receive channel");
    awaitSecured();
    assertPings();
  }

  @Test
  void aStrangersChannelIsTakenOutAndSettingsAreSetBack() throws InterruptedException {
    Thread.sleep(2_500);
    leftSpace.ip("macsec add " + DEVICE + " rx port 1 address 02:00:00:00:0c:03 on");
    await(() -> here.secy().snapshot().receiveScs().size() == 1);
    assertThat(here.secy().snapshot().receiveScs()).hasSize(1);
    Thread.sleep(2_500);
    leftSpace.ip("link set dev " + DEVICE + " type macsec validate disabled");
    await(() -> here.secy().config().validateFrames() == ValidateFrames.STRICT);
    assertThat(here.secy().config().validateFrames()).isEqualTo(ValidateFrames.STRICT);
    assertThat(hasStartedOver()).isFalse();
    assertPings();
  }

  @Test
  void theTimeOfDayMayJump() throws IOException {
    Process flood = Floods.start(leftSpace, THERE);
    await(() -> false, Duration.ofSeconds(1));
    leftSpace.call("date -s +1day");
    try {
      await(() -> false, Duration.ofSeconds(8));
    } finally {
      leftSpace.call("date -s -1day");
    }
    await(() -> false, Duration.ofSeconds(3));
    Floods.assertNoneLost(leftSpace, flood, 100);
    assertThat(here.isSecured() && there.isSecured()).isTrue();
  }

  @Test
  void rekeysAndAPeerThatStartsAnewNeverSetTheSecuredInterfaceDown() throws InterruptedException {
    String changes = "cat /sys/class/net/" + DEVICE + "/carrier_changes";
    String before = leftSpace.call(changes);
    for (int i = 0; i < 5; i++) {
      here.rekey();
      there.rekey();
      Thread.sleep(300);
    }
    there.close();
    there = MkaSession.start(right, "eth0", config);
    awaitSecured();
    address(rightSpace, THERE);
    assertPings();
    assertThat(leftSpace.call(changes)).isEqualTo(before);
  }

  @Test
  void whatASessionLeavesIsTakenOverByTheNextWithItsAddress() throws InterruptedException {
    here.close();
    SessionOptions options =
        SessionOptions.DEFAULT.withDeviceName("wan0").withOnClose(OnClose.LEAVE);
    here = MkaSession.start(left, "eth0", config, options);
    awaitSecured();
    leftSpace.ip("addr add " + HERE + "/24 dev wan0");
    assertPings();
    int index = here.secy().id().index();
    here.close();
    assertThat(leftSpace.ip("link show dev wan0")).doesNotContain("UP,LOWER_UP");
    left.close();
    openLeft(LeftOver.RECONCILE);
    here = MkaSession.start(left, "eth0", config, options.withOnClose(OnClose.REMOVE));
    awaitSecured();
    assertThat(here.secy().id().index()).isEqualTo(index);
    assertPings();
  }
}
