package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.junit.MacsecLab;

/** Ours on both sides, with port numbers of the SCI and lengths of the CKN that others use. */
@MacsecLab
class PortsAndNamesTest {
  private static final Duration SOON = Duration.ofSeconds(12);

  private static MkaConfig config(String ckn, int port, int priority) {
    return MkaConfig.preSharedKey(Ckn.parse(ckn), Members.CAK_128).toBuilder()
        .sciPort(port)
        .keyServerPriority(priority)
        .build();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "65534, 65534", "2, 3", "3, 2"})
  void eachSendsWithThePortThatItWasGiven(int left, int right, Lab lab) {
    Members members = Members.start(lab, config("01", left, 10), config("01", right, 20));
    lab.runUntil(() -> members.allSecured(1), SOON);
    members.checkThatUserFramesPassEveryWay();
    assertThat(members.sessions.get(0).status().self()).isTrue();
    assertThat(members.sessions)
        .extracting(MkaSession::status)
        .extracting(status -> status.sci().port())
        .containsExactly(left, right);
    Sci sends = members.sessions.get(1).secy().snapshot().transmitSc().sci();
    assertThat(members.sessions.get(0).secy().snapshot().receiveSc(sends)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 16, 31, 32})
  void aCknOfAnyLengthIsAName(int octets, Lab lab) {
    String ckn = "a5".repeat(octets);
    Members members = Members.start(lab, config(ckn, 1, 10), config(ckn, 1, 20));
    lab.runUntil(() -> members.allSecured(1), SOON);
    members.checkThatUserFramesPassEveryWay();
    assertThat(
            List.of(members.sessions.get(0).keys().list(), members.sessions.get(1).keys().list()))
        .allSatisfy(keys -> assertThat(keys.get(0).ckn().length()).isEqualTo(octets));
  }
}
