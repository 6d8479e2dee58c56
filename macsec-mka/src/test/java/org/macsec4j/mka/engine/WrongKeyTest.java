package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.SECONDS;

import org.junit.jupiter.api.Test;
import org.macsec4j.CipherSuite;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaDiagnosis;
import org.macsec4j.mka.MkaDiagnosis.Kind;
import org.macsec4j.mka.PreSharedKey;

/** Members that must never be secured, and what the status says of it. */
class WrongKeyTest {
  private static final String CAK = "11111111111111111111111111111111";
  private static final String OTHER_CAK = "22222222222222222222222222222222";

  private final World world = new World(21);

  private static MkaConfig psk(String ckn, String cak) {
    return MkaConfig.preSharedKey(Ckn.parse(ckn), Cak.parse(cak));
  }

  private MkaDiagnosis diagnosisOf(MkaConfig ours, MkaConfig theirs) {
    Member a = world.join("a", 1, ours);
    Member b = world.join("b", 2, theirs);
    world.run(20 * SECONDS);
    assertThat(a.isSecured()).isFalse();
    assertThat(b.isSecured()).isFalse();
    assertThat(a.secy.isEmpty()).isTrue();
    assertThat(a.port.status().livePeers()).isEmpty();
    return a.port.status().diagnosis();
  }

  @Test
  void anotherCak() {
    MkaDiagnosis diagnosis = diagnosisOf(psk("aabb", CAK), psk("aabb", OTHER_CAK));
    assertThat(diagnosis.kind()).isEqualTo(Kind.ICV_FAILED);
    assertThat(diagnosis.text())
        .contains("02:00:00:00:02:01", "the CAK differs")
        .doesNotContain(CAK);
  }

  @Test
  void aCakOfAnotherLength() {
    MkaDiagnosis diagnosis = diagnosisOf(psk("aabb", CAK), psk("aabb", CAK + CAK));
    assertThat(diagnosis.kind()).isEqualTo(Kind.ICV_FAILED);
  }

  @Test
  void anotherCkn() {
    MkaDiagnosis diagnosis = diagnosisOf(psk("aabb", CAK), psk("ccdd", CAK));
    assertThat(diagnosis.kind()).isEqualTo(Kind.UNKNOWN_CKN);
    assertThat(diagnosis.text()).contains("ccdd", "02:00:00:00:02:01", "aabb");
  }

  @Test
  void aCknThatBeginsOurs() {
    MkaDiagnosis diagnosis = diagnosisOf(psk("1122334455667788", CAK), psk("11223344", CAK));
    assertThat(diagnosis.kind()).isEqualTo(Kind.UNKNOWN_CKN);
    assertThat(diagnosis.text()).contains("only the beginning of our CKN 1122334455667788");
  }

  @Test
  void aCknThatOursBegins() {
    MkaDiagnosis diagnosis = diagnosisOf(psk("11223344", CAK), psk("1122334455667788", CAK));
    assertThat(diagnosis.text()).contains("our CKN 11223344 is only its beginning");
  }

  @Test
  void aCknThatDiffersInTheLengthOfItsZerosOnly() {
    MkaDiagnosis diagnosis = diagnosisOf(psk("aa", CAK), psk("aa00", CAK));
    assertThat(diagnosis.kind()).isEqualTo(Kind.UNKNOWN_CKN);
  }

  @Test
  void nobodyThere() {
    Member a = world.join("a", 1, psk("aabb", CAK));
    world.run(20 * SECONDS);
    assertThat(a.port.status().diagnosis().kind()).isEqualTo(Kind.NOTHING_RECEIVED);
    assertThat(a.port.status()).hasToString("not secured: no EAPOL-MKA received");
  }

  @Test
  void aPeerThatDoesNotHearUs() {
    world.cut = (from, to) -> from.name.equals("a");
    Member a = world.join("a", 1, psk("aabb", CAK));
    world.join("b", 2, psk("aabb", CAK));
    world.run(20 * SECONDS);
    assertThat(a.port.status().diagnosis().kind()).isEqualTo(Kind.NOT_HEARD);
    assertThat(a.port.status().diagnosis().text()).contains("does not hear us");
  }

  @Test
  void noCommonCipherSuite() {
    MkaConfig ours = psk("aabb", CAK);
    Member a = world.join("a", 1, ours);
    Member b = world.join("b", 2, ours.toBuilder().cipherSuites(CipherSuite.GCM_AES_256).build());
    world.run(20 * SECONDS);
    assertThat(a.isSecured() || b.isSecured()).isFalse();
    assertThat(a.port.status().diagnosis().kind()).isEqualTo(Kind.NO_COMMON_SUITE);
    assertThat(a.port.status().diagnosis().text()).contains("GCM-AES-128", "GCM-AES-256");
  }

  @Test
  void noCommonCipherSuiteWithoutAnnouncements() {
    MkaConfig ours = psk("aabb", CAK).toBuilder().mkaVersion(1).build();
    Member a = world.join("a", 1, ours);
    Member b = world.join("b", 2, ours.toBuilder().cipherSuites(CipherSuite.GCM_AES_256).build());
    world.run(20 * SECONDS);
    assertThat(a.isSecured() || b.isSecured()).isFalse();
    assertThat(b.port.status().diagnosis().kind()).isEqualTo(Kind.NO_COMMON_SUITE);
    assertThat(b.port.status().counters().dropped(DropReason.SAK_CIPHER_SUITE)).isPositive();
  }

  @Test
  void theKeyServerFallsBackToASuiteThatAllAnnounce() {
    MkaConfig ours =
        psk("aabb", CAK).toBuilder()
            .cipherSuites(CipherSuite.GCM_AES_XPN_256, CipherSuite.GCM_AES_128)
            .build();
    Member a = world.join("a", 1, ours);
    world.join("b", 2, psk("aabb", CAK));
    world.runUntil(world::allAgree, SECONDS);
    assertThat(a.port.status().latest().orElseThrow().suite()).isEqualTo(CipherSuite.GCM_AES_128);
  }

  @Test
  void thePeerWantsNoMacsec() {
    Member a = world.join("a", 1, psk("aabb", CAK).toBuilder().macsecDesired(false).build());
    Member b = world.join("b", 2, psk("aabb", CAK));
    world.run(20 * SECONDS);
    assertThat(a.isSecured() || b.isSecured()).isFalse();
    assertThat(b.port.status().diagnosis().kind()).isEqualTo(Kind.PEER_WANTS_NO_MACSEC);
    assertThat(b.port.status().diagnosis().text()).contains("02:00:00:00:01:01/1");
  }

  @Test
  void twoKeysInCommonSecureWithThePrimaryAndOneIsEnough() {
    PreSharedKey first = PreSharedKey.of(Ckn.parse("01"), Cak.parse(CAK));
    PreSharedKey second = PreSharedKey.of(Ckn.parse("02"), Cak.parse(OTHER_CAK));
    Member a = world.join("a", 1, MkaConfig.builder().keys(first, second).build());
    world.join("b", 2, MkaConfig.builder().keys(first, second).build());
    world.runUntil(world::allAgree, SECONDS);
    assertThat(a.port.status().ckn()).isEqualTo(first.ckn());
    world.run(20 * SECONDS);
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(1);

    World mixed = new World(22);
    Member c = mixed.join("c", 1, MkaConfig.builder().keys(first, second).build());
    mixed.join("d", 2, MkaConfig.builder().keys(second).build());
    mixed.runUntil(mixed::allAgree, SECONDS);
    assertThat(c.port.status().ckn()).isEqualTo(second.ckn());
  }
}
