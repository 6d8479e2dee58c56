package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.macsec4j.CipherSuite;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaDiagnosis;
import org.macsec4j.mka.MkaDiagnosis.Kind;
import org.macsec4j.mka.MkaNotSecuredException;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.junit.MacsecLab;

@MacsecLab(seed = 1)
class DisagreementTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final MkaConfig RIGHT = MkaConfig.preSharedKey(Members.CKN, Members.CAK_128);

  private static List<MkaDiagnosis> diagnosesOf(Lab lab, MkaConfig left, MkaConfig right) {
    Members members = Members.start(lab, left, right);
    lab.time().runUntil(members::anySecured, LONG);
    assertThat(members.anySecured()).isFalse();
    assertThat(members.sessions)
        .allSatisfy(
            session -> {
              assertThat(session.secy().snapshot().up()).isFalse();
              assertThat(session.status().latest()).isEmpty();
            });
    assertThat(members.hosts.get(0).send("macsec0", new byte[60])).isFalse();
    return members.sessions.stream().map(session -> session.status().diagnosis()).toList();
  }

  @Test
  void aWrongCakNeverAgreesAndTheStatusSaysSo(Lab lab) {
    Cak wrong = Cak.parse("0123456789abcdef0123456789abcdee");
    MkaConfig config = MkaConfig.preSharedKey(Members.CKN, wrong);

    assertThat(diagnosesOf(lab, RIGHT, config))
        .extracting(MkaDiagnosis::kind)
        .containsExactly(Kind.ICV_FAILED, Kind.ICV_FAILED);
  }

  @Test
  void aCakOfAnotherLengthNeverAgreesAndTheStatusSaysSo(Lab lab) {
    MkaConfig config = MkaConfig.preSharedKey(Members.CKN, Members.CAK_256);

    assertThat(diagnosesOf(lab, RIGHT, config))
        .extracting(MkaDiagnosis::kind)
        .containsExactly(Kind.ICV_FAILED, Kind.ICV_FAILED);
  }

  @Test
  void aWrongCknNeverAgreesAndTheStatusNamesIt(Lab lab) {
    MkaConfig config = MkaConfig.preSharedKey(Ckn.parse("aabbccdd"), Members.CAK_128);

    List<MkaDiagnosis> diagnoses = diagnosesOf(lab, RIGHT, config);

    assertThat(diagnoses)
        .extracting(MkaDiagnosis::kind)
        .containsExactly(Kind.UNKNOWN_CKN, Kind.UNKNOWN_CKN);
    assertThat(diagnoses.get(0).text()).contains("aabbccdd").contains("02:00:00:00:02:01");
    assertThat(diagnoses.get(1).text()).contains("6d61637365632d31");
  }

  @Test
  void aCknThatBeginsAnotherOrIsFilledWithZerosIsAnother(Lab lab) {
    MkaConfig prefix = MkaConfig.preSharedKey(Ckn.parse("6d61637365632d"), Members.CAK_128);
    assertThat(diagnosesOf(lab, RIGHT, prefix))
        .extracting(MkaDiagnosis::kind)
        .containsExactly(Kind.UNKNOWN_CKN, Kind.UNKNOWN_CKN);

    MkaConfig filled = MkaConfig.preSharedKey(Ckn.parse("6d61637365632d3100"), Members.CAK_128);
    assertThat(diagnosesOf(Lab.create(2), RIGHT, filled))
        .extracting(MkaDiagnosis::kind)
        .containsExactly(Kind.UNKNOWN_CKN, Kind.UNKNOWN_CKN);
  }

  @Test
  void suitesWithoutAnyInCommonNeverAgreeAndTheStatusSaysSo(Lab lab) {
    MkaConfig other = RIGHT.toBuilder().cipherSuites(CipherSuite.GCM_AES_XPN_256).build();

    assertThat(diagnosesOf(lab, RIGHT, other))
        .extracting(MkaDiagnosis::kind)
        .contains(Kind.NO_COMMON_SUITE);
  }

  @Test
  void aMemberAloneSaysThatNothingCame(Lab lab) {
    Host alone = lab.host("alone");
    lab.wire(alone, lab.host("silent"));
    MkaSession session = MkaSession.start(alone.macsec(), "eth0", RIGHT);

    assertThatThrownBy(() -> session.awaitSecured(Duration.ofSeconds(10)))
        .isInstanceOfSatisfying(
            MkaNotSecuredException.class,
            e -> assertThat(e.diagnosis().kind()).isEqualTo(Kind.NOTHING_RECEIVED))
        .hasMessageContaining("eth0");
    assertThat(lab.now()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aStrangerOnTheHubChangesNothingForTheOthers(Lab lab) {
    MkaConfig wrong =
        MkaConfig.preSharedKey(Members.CKN, Cak.parse("ffffffffffffffffffffffffffffffff"));
    Members members = Members.start(lab, RIGHT, RIGHT, wrong);

    lab.runUntil(
        () -> members.sessions.get(0).isSecured() && members.sessions.get(1).isSecured(),
        Duration.ofSeconds(12));
    lab.run(LONG);

    assertThat(members.sessions.get(0).isSecured()).isTrue();
    assertThat(members.sessions.get(1).isSecured()).isTrue();
    assertThat(members.sessions.get(2).isSecured()).isFalse();
    assertThat(members.sessions.get(2).status().diagnosis().kind()).isEqualTo(Kind.ICV_FAILED);
  }
}
