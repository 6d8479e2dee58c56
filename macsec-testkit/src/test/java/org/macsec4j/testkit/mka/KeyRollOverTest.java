package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.junit.MacsecLab;

/** Keys change while a session runs and real frames pass: none is lost. */
@MacsecLab(seed = 1)
class KeyRollOverTest {
  private static final PreSharedKey OLD = PreSharedKey.of(Members.CKN, Members.CAK_128);
  private static final PreSharedKey NEW = PreSharedKey.of(Ckn.parse("02"), Members.CAK_256);
  private static final Duration SOON = Duration.ofSeconds(12);

  private int sent;
  private int arrived;

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void replacedOnBothSidesOneAfterTheOther(CipherSuite suite, Lab lab) {
    MkaConfig config = MkaConfig.builder().keys(OLD).cipherSuites(suite).build();
    Members members = Members.start(lab, config, config);
    lab.runUntil(() -> members.allSecured(1), SOON);

    traffic(members, 1000);
    members.sessions.get(0).keys().replace(OLD.ckn(), NEW);
    traffic(members, 8000);
    members.sessions.get(1).keys().replace(OLD.ckn(), NEW);
    traffic(members, 8000);

    checkAllArrived(members);
    for (MkaSession session : members.sessions) {
      assertThat(session.status().ckn()).isEqualTo(NEW.ckn());
      assertThat(session.keys().list()).containsExactly(NEW);
    }
  }

  @Test
  void aKeyChainMovesOnByTheTimeOfDay(Lab lab) {
    Instant begin = lab.time().timeOfDay();
    MkaConfig config =
        MkaConfig.builder()
            .keys(
                OLD.validUntil(begin.plusSeconds(40)),
                NEW.validFrom(begin.plusSeconds(20)).validUntil(begin.plusSeconds(3600)))
            .build();
    Members members = Members.start(lab, config, config);
    lab.runUntil(() -> members.allSecured(1), SOON);
    assertThat(members.sessions.get(0).status().ckn()).isEqualTo(OLD.ckn());

    traffic(members, 60_000);

    checkAllArrived(members);
    assertThat(members.sessions.get(0).status().ckn()).isEqualTo(NEW.ckn());
    lab.run(Duration.ofHours(1));
    assertThat(members.anySecured()).isFalse();
    assertThat(members.sessions.get(0).keys().list()).isEmpty();
  }

  @Test
  void theFallbackKeyTakesOver(Lab lab) {
    MkaConfig config = MkaConfig.builder().keys(OLD, NEW.asFallback()).build();
    Members members = Members.start(lab, config, config);
    lab.runUntil(() -> members.allSecured(1), SOON);

    traffic(members, 100);
    members.sessions.get(1).keys().remove(OLD.ckn());
    traffic(members, 20_000);

    checkAllArrived(members);
    assertThat(members.sessions.get(0).status().ckn()).isEqualTo(NEW.ckn());
  }

  @Test
  void aMistakeIsToldAtOnceAndChangesNothing(Lab lab) {
    MkaConfig config = MkaConfig.builder().keys(OLD).build();
    Members members = Members.start(lab, config, config);
    MkaSession session = members.sessions.get(0);
    PreSharedKey sameName = PreSharedKey.of(OLD.ckn(), Cak.parse("00".repeat(15) + "01"));

    assertThatThrownBy(() -> session.keys().add(sameName))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("there is a key with the CKN");

    lab.runUntil(() -> members.allSecured(1), SOON);
    assertThat(session.keys()).hasToString("[CKN 6d61637365632d31 (128 bits)]");
    session.close();
    assertThat(session.keys().list()).isEmpty();
  }

  /** A frame each millisecond each way. */
  private void traffic(Members members, int millis) {
    Host a = members.hosts.get(0);
    Host b = members.hosts.get(1);
    for (int i = 0; i < millis; i++) {
      assertThat(a.send("macsec0", b.mac("eth0"), 0x88B5, new byte[46])).isTrue();
      assertThat(b.send("macsec0", a.mac("eth0"), 0x88B5, new byte[46])).isTrue();
      sent += 2;
      members.lab.run(Duration.ofMillis(1));
      collect(members);
    }
  }

  private void checkAllArrived(Members members) {
    members.lab.run(Duration.ofMillis(10));
    collect(members);
    assertThat(arrived).isEqualTo(sent);
  }

  private void collect(Members members) {
    for (Host host : members.hosts) {
      arrived += host.received("macsec0").size();
      host.clearReceived("macsec0");
    }
  }
}
