package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.PacketNumber;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.Secy;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.TransmitSa;
import org.macsec4j.ValidateFrames;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.junit.MacsecLab;

/** Others have a hand in the SecY of a session. */
@MacsecLab
class LostSecyTest {
  private static final Duration SOON = Duration.ofSeconds(3);

  private final MkaConfig config = MkaConfig.preSharedKey(Members.CKN, Members.CAK_128);
  private final List<MkaEvent> events = new ArrayList<>();
  private Lab lab;
  private Members members;
  private MkaSession left;
  private Secy secy;

  @BeforeEach
  void secure(Lab laboratory) {
    lab = laboratory;
    members = Members.start(lab, config, config);
    left = members.sessions.get(0);
    left.onEvent(events::add);
    securedWithin(SOON);
    secy = members.hosts.get(0).macsec().secys().get(0);
    events.clear();
  }

  private void securedWithin(Duration time) {
    lab.runUntil(() -> members.allSecured(1), time);
  }

  private boolean hasStartedOver() {
    return events.stream().anyMatch(MkaEvent.StartedOver.class::isInstance);
  }

  /** Until the session has noticed and the link is secured again, with frames to prove it. */
  private void assertStartsOver(String reason) {
    lab.runUntil(this::hasStartedOver, SOON);
    assertThat(events.toString()).contains("StartedOver[reason=").contains(reason);
    securedWithin(SOON);
    members.checkThatUserFramesPassEveryWay();
  }

  private void assertGoesOn() {
    lab.run(SOON);
    assertThat(hasStartedOver()).isFalse();
    assertThat(members.allSecured(1)).isTrue();
    members.checkThatUserFramesPassEveryWay();
  }

  @Test
  void aSecyThatSomebodyDeletedIsMadeAnewUnderItsName() {
    secy.delete();
    assertStartsOver("macsec0 is gone");
    assertThat(left.secy().id()).isNotEqualTo(secy.id());
    assertThat(left.secy().id().name()).isEqualTo("macsec0");
  }

  @Test
  void countersAreNeverLessThanBefore() {
    long out = left.status().counters().mkpdusOut();
    assertThat(out).isPositive();
    secy.delete();
    lab.runUntil(this::hasStartedOver, SOON);
    assertThat(left.status().counters().mkpdusOut()).isGreaterThanOrEqualTo(out);
    securedWithin(SOON);
    assertThat(left.status().counters().mkpdusOut()).isGreaterThan(out + 1);
    assertThat(left.status().counters().saksInstalled()).isGreaterThan(1);
  }

  @Test
  void aKeyThatIsBeingReplacedIsReplacedAfterAll() {
    PreSharedKey next = PreSharedKey.of(Ckn.parse("0a0b"), Members.CAK_128);
    left.keys().replace(Members.CKN, next);
    secy.delete();
    assertStartsOver("macsec0 is gone");
    assertThat(left.keys().list()).extracting(PreSharedKey::ckn).hasSize(2);
    members.sessions.get(1).keys().add(next);
    lab.runUntil(() -> left.keys().list().size() == 1, SOON);
    assertThat(left.keys().list()).extracting(PreSharedKey::ckn).containsExactly(next.ckn());
    members.checkThatUserFramesPassEveryWay();
  }

  @Test
  void aGroupCakThatIsHandedOutIsHandedOutByTheNextEngine() {
    PreSharedKey group = PreSharedKey.of(Ckn.parse("0c0d"), Members.CAK_256);
    List<MkaEvent> heard = new ArrayList<>();
    members.sessions.get(1).onEvent(heard::add);
    members.wire.cut();
    left.keys().distribute(group);
    secy.delete();
    lab.runUntil(this::hasStartedOver, SOON);
    assertThat(heard.toString()).doesNotContain("GroupCakReceived");
    members.wire.restore();
    assertStartsOver("macsec0 is gone");
    assertThat(heard.toString()).contains("GroupCakReceived");
  }

  private void passFrames() {
    members.checkThatUserFramesPassEveryWay();
    lab.run(Duration.ofMillis(1_100));
  }

  private long counter(String name) {
    return left.metrics().counters().get(name);
  }

  @Test
  void metricsAreNeverLessThanBeforeWhateverIsMadeAnew() {
    passFrames();
    assertThat(counter("transmit.OutPktsEncrypted")).isEqualTo(1);
    assertThat(counter("receive.InPktsOK")).isEqualTo(1);
    assertThat(counter("mka.startedOver")).isZero();
    assertThat(left.metrics().gauges()).containsEntry("mka.secured", 1L);

    secy.apply(new SecyCommand.DeleteReceiveSc(secy.snapshot().receiveScs().get(0).sci()));
    lab.runUntil(this::hasStartedOver, SOON);
    securedWithin(SOON);
    passFrames();
    assertThat(counter("receive.InPktsOK")).isEqualTo(2);

    secy.delete();
    lab.runUntil(() -> counter("mka.startedOver") == 2, SOON);
    assertThat(left.metrics().gauges()).containsEntry("mka.secured", 0L);
    assertThat(counter("receive.InPktsOK")).isEqualTo(2);
    securedWithin(SOON);
    passFrames();
    assertThat(counter("transmit.OutPktsEncrypted")).isEqualTo(3);
    assertThat(counter("receive.InPktsOK")).isEqualTo(3);
    assertThat(counter("mka.saksInstalled")).isEqualTo(3);
    assertThat(counter("mka.drops.icv_failed")).isZero();
    assertThat(counter("mka.eventsDropped")).isZero();
    assertThat(left.metrics().counters().keySet()).doesNotHaveDuplicates();
  }

  @Test
  void whileThereIsNoSecyTheDiagnosisSaysSo() {
    secy.delete();
    Secy other = members.hosts.get(0).macsec().create(SecyConfig.on("eth0").name("theirs").build());
    lab.runUntil(this::hasStartedOver, SOON);
    assertThat(left.isSecured()).isFalse();
    assertThat(left.status().toString())
        .startsWith("not secured: macsec0 is gone, and there is no other yet: ")
        .contains("in use by");
    other.delete();
    securedWithin(SOON);
  }

  @Test
  void keysThatCameAndWentMeanwhileGoOverToTheNextLife() {
    PreSharedKey next = PreSharedKey.of(Ckn.parse("aa01"), Members.CAK_128);
    members.sessions.forEach(session -> session.keys().replace(Members.CKN, next));
    lab.run(SOON);
    secy.delete();
    assertStartsOver("macsec0 is gone");
    assertThat(left.keys().list()).extracting(PreSharedKey::ckn).containsExactly(next.ckn());
  }

  @Test
  void aSessionWithoutAKeyStartsOverWithoutOne() {
    left.keys().remove(Members.CKN);
    secy.delete();
    lab.runUntil(this::hasStartedOver, SOON);
    lab.run(SOON);
    assertThat(left.keys().list()).isEmpty();
    assertThat(left.isSecured()).isFalse();
    left.keys().add(PreSharedKey.of(Members.CKN, Members.CAK_128));
    securedWithin(Duration.ofSeconds(10));
  }

  @Test
  void aKeyThatSomebodyTookOutIsAgreedOnAnew() {
    AssociationNumber an = secy.snapshot().transmitSc().encodingSa();
    secy.apply(new SecyCommand.EnableTransmitSa(an, false));
    secy.apply(new SecyCommand.DeleteTransmitSa(an));
    assertStartsOver("transmit SA " + an + " is gone");
    assertThat(left.secy().id()).isEqualTo(secy.id());
  }

  @Test
  void aChannelThatSomebodyTookOutIsMadeAnew() {
    Sci peer = secy.snapshot().receiveScs().get(0).sci();
    secy.apply(new SecyCommand.DeleteReceiveSc(peer));
    assertStartsOver("receive channel " + peer + " is gone");
  }

  @Test
  void anSaThatSomebodyDisabledIsMadeAnew() {
    Sci peer = secy.snapshot().receiveScs().get(0).sci();
    AssociationNumber an = secy.snapshot().receiveScs().get(0).sas().get(0).an();
    secy.apply(new SecyCommand.EnableReceiveSa(peer, an, false));
    assertStartsOver("receive SA " + an + " of " + peer + " is disabled");
  }

  @Test
  void aStrangersChannelAndKeyAreTakenOut() {
    Sci stranger = Sci.parse("0200000000990001");
    secy.addReceiveSc(stranger);
    SecureAssociationKey key =
        SecureAssociationKey.of(KeyIdentifier.parse("aa".repeat(16)), new byte[16]);
    secy.transmitSc()
        .install(
            TransmitSa.builder(AssociationNumber.AN_3, key)
                .nextPn(PacketNumber.FIRST)
                .enabled(false)
                .build());
    assertGoesOn();
    assertThat(secy.snapshot().receiveSc(stranger)).isEmpty();
    assertThat(secy.snapshot().transmitSc().sa(AssociationNumber.AN_3)).isEmpty();
  }

  @Test
  void settingsThatSomebodyChangedAreSetBack() {
    lab.run(SOON);
    secy.change(SecyChange.builder().validateFrames(ValidateFrames.DISABLED).build());
    assertGoesOn();
    assertThat(secy.config().validateFrames()).isEqualTo(ValidateFrames.STRICT);
  }

  @Test
  void anInterfaceThatSomebodySetDownStaysDown() {
    lab.run(SOON);
    secy.down();
    lab.run(SOON);
    assertThat(secy.snapshot().up()).isFalse();
    assertThat(hasStartedOver()).isFalse();
    secy.up();
    assertGoesOn();
  }

  @Test
  void aSecyThatIsGoneAlreadyDoesNotDisturbTheEnd() {
    secy.delete();
    left.close();
    assertThat(members.hosts.get(0).macsec().secys()).isEmpty();
  }
}
