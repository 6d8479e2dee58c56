package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.PacketNumber;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.mka.runtime.SessionOptions;
import org.macsec4j.testkit.DriverCall;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.Nic;
import org.macsec4j.testkit.junit.MacsecLab;

/** MKA over SecYs that hardware protects. */
@MacsecLab
class OffloadedMembersTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final int REKEYS = 1_000;
  private static final PacketNumber PN_LIMIT = PacketNumber.of(1_000);
  private static final int ETHER_TYPE = 0x88B5;

  private MkaConfig config = MkaConfig.preSharedKey(Members.CKN, Members.CAK_128);
  private Nic nic = Nic.in(OffloadMode.MAC).withoutCounters();
  private final List<MkaEvent> events = new ArrayList<>();
  private int offloadedAt;
  private int othersSend;
  private Lab lab;
  private Members members;

  @BeforeEach
  void enter(Lab laboratory) {
    lab = laboratory;
  }

  /** The first member's hardware does the work; the others have none. */
  private void start(int number) {
    members = Members.on(lab, number);
    members.hosts.get(offloadedAt).nic("eth0", nic);
    for (int i = 0; i < number; i++) {
      Host host = members.hosts.get(i);
      SessionOptions options =
          i == offloadedAt
              ? SessionOptions.DEFAULT.withOffload(OffloadPolicy.REQUIRE)
              : SessionOptions.DEFAULT;
      members.sessions.add(MkaSession.start(host.macsec(), "eth0", config, options));
    }
    members.sessions.get(0).onEvent(events::add);
  }

  private SecySnapshot offloaded() {
    return members.sessions.get(offloadedAt).secy().snapshot();
  }

  private List<String> refusals() {
    return events.stream()
        .filter(MkaEvent.SecyRefused.class::isInstance)
        .map(Object::toString)
        .toList();
  }

  private void secured() {
    int others = members.sessions.size() - 1;
    lab.runUntil(() -> members.allSecured(others), SOON);
  }

  @Test
  void hardwareDoesTheWorkAndTheLinkIsSecured() {
    start(2);
    secured();
    assertThat(offloaded().offload()).isEqualTo(OffloadMode.MAC);
    assertThat(offloaded().counters().asMap()).isEmpty();
    members.checkThatUserFramesPassEveryWay();
  }

  @Test
  void twoAssociationsOfAChannelAreEnoughForAThousandKeys() {
    nic.sas(2);
    start(2);
    secured();
    Host from = members.hosts.get(0);
    Host to = members.hosts.get(1);
    int sent = 0;
    Set<KeyIdentifier> keys = new HashSet<>();
    to.clearReceived("macsec0");
    int received = 0;
    for (int i = 0; i < REKEYS; i++) {
      members.sessions.get(0).rekey();
      for (int frame = 0; frame < 10; frame++) {
        assertThat(from.send("macsec0", to.mac("eth0"), ETHER_TYPE, new byte[50])).isTrue();
        assertThat(to.send("macsec0", from.mac("eth0"), ETHER_TYPE, new byte[50])).isTrue();
        sent++;
        lab.run(Duration.ofMillis(400));
      }
      offloaded().transmitSc().sas().stream().map(TransmitSaSnapshot::key).forEach(keys::add);
      received += to.received("macsec0").size();
      received += from.received("macsec0").size();
      to.clearReceived("macsec0");
      from.clearReceived("macsec0");
    }
    assertThat(received).isEqualTo(2 * sent);
    assertThat(keys).hasSizeGreaterThanOrEqualTo(REKEYS);
    assertThat(refusals()).isEmpty();
    assertThat(events.toString()).doesNotContain("StartedOver");
  }

  /** The numbers are 1 to the host, all the time; the frames of the interface below are counted. */
  @Test
  void aKeyIsReplacedInTimeThoughTheHardwareDoesNotTellItsPacketNumbers() {
    nic.withStalePacketNumbers();
    assertReplacedBefore(0);
  }

  @Test
  void aMemberThatIsNotTheKeyServerAsksForAnotherKeyInTime() {
    nic.withStalePacketNumbers();
    assertReplacedBefore(1);
  }

  /** What else goes over the interface below does not matter where the SA itself is counted. */
  @Test
  void whereTheHardwareCountsThatIsWhatCounts() {
    nic = Nic.in(OffloadMode.MAC).withStalePacketNumbers();
    othersSend = 40;
    assertReplacedBefore(0);
  }

  private void assertReplacedBefore(int offloadedMember) {
    offloadedAt = offloadedMember;
    config =
        MkaConfig.builder()
            .keys(PreSharedKey.of(Members.CKN, Members.CAK_128))
            .pnThreshold(PN_LIMIT)
            .build();
    start(2);
    secured();
    Host from = members.hosts.get(offloadedMember);
    Host to = members.hosts.get(1 - offloadedMember);
    int perKey = 0;
    int keys = 0;
    Optional<KeyIdentifier> key = encodingKey();
    while (keys < 5) {
      for (int i = 0; i < othersSend; i++) {
        from.send("eth0", to.mac("eth0"), ETHER_TYPE, new byte[50]);
      }
      for (int i = 0; i < 20; i++) {
        from.send("macsec0", to.mac("eth0"), ETHER_TYPE, new byte[50]);
        perKey++;
      }
      lab.run(Duration.ofMillis(500));
      assertThat(offloaded().transmitSc().sas())
          .allSatisfy(sa -> assertThat(sa.nextPn()).isEqualTo(PacketNumber.FIRST));
      if (!encodingKey().equals(key)) {
        // Not at once either: a key lasts for about the threshold.
        assertThat(perKey).isBetween(800, 1_500);
        key = encodingKey();
        perKey = 0;
        keys++;
      }
      assertThat(perKey).isLessThan(1_500);
    }
  }

  @Test
  void aPeerThatTheHardwareHasNoRoomForIsRefusedWithAReasonAndTheOthersGoOn() {
    nic.receiveScs(1);
    start(3);
    lab.run(Duration.ofSeconds(10));
    assertThat(refusals()).isNotEmpty();
    assertThat(refusals().get(0)).contains("the hardware has no room left, it takes 1");
    assertThat(members.sessions.get(0).isSecured()).isTrue();
    assertThat(offloaded().receiveScs()).hasSize(1);
    Host first = members.hosts.get(0);
    long heard =
        List.of(1, 2).stream()
            .filter(
                i -> {
                  first.clearReceived("macsec0");
                  members.hosts.get(i).send("macsec0", first.mac("eth0"), ETHER_TYPE, new byte[50]);
                  lab.run(Duration.ofMillis(10));
                  return !first.received("macsec0").isEmpty();
                })
            .count();
    assertThat(heard).isEqualTo(1);
  }

  @Test
  void whateverTheDriverRefusesOnceIsDoneInTheEnd() {
    start(2);
    secured();
    for (DriverCall call : DriverCall.values()) {
      nic.refuse(call, Kind.BACKEND);
      members.sessions.get(0).rekey();
      lab.run(Duration.ofMillis(700));
      nic.heal();
      lab.run(SOON);
      assertThat(members.allSecured(1)).as("after %s was refused", call).isTrue();
      members.checkThatUserFramesPassEveryWay();
    }
    assertThat(nic.calls()).contains(DriverCall.ADD_TRANSMIT_SA, DriverCall.DELETE_TRANSMIT_SA);
  }

  @Test
  void aChangeOfTheModeBringsNewKeys() {
    start(2);
    secured();
    MkaSession session = members.sessions.get(0);
    for (OffloadMode mode : List.of(OffloadMode.SOFTWARE, OffloadMode.MAC)) {
      Optional<KeyIdentifier> before = encodingKey();
      session.secy().changeOffload(mode);
      lab.run(SOON);
      assertThat(members.allSecured(1)).isTrue();
      assertThat(offloaded().offload()).isEqualTo(mode);
      assertThat(encodingKey()).isPresent().isNotEqualTo(before);
      members.checkThatUserFramesPassEveryWay();
    }
  }

  private Optional<KeyIdentifier> encodingKey() {
    return offloaded()
        .transmitSc()
        .sa(offloaded().transmitSc().encodingSa())
        .map(TransmitSaSnapshot::key);
  }
}
