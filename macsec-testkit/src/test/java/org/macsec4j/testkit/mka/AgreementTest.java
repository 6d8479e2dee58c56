package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitScCounter;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.junit.MacsecLab;

@MacsecLab(seed = 1)
class AgreementTest {
  private static final Duration SOON = Duration.ofSeconds(12);

  static Stream<Arguments> combinations() {
    return Stream.of(2, 3)
        .flatMap(
            members ->
                Stream.of(Members.CAK_128, Members.CAK_256)
                    .flatMap(
                        cak ->
                            Arrays.stream(CipherSuite.values())
                                .flatMap(suite -> offsets(members, cak, suite))));
  }

  private static Stream<Arguments> offsets(int members, Cak cak, CipherSuite suite) {
    return Arrays.stream(ConfidentialityOffset.values())
        .filter(offset -> !suite.isXpn() || offset.octets() == 0)
        .map(offset -> Arguments.of(members, cak, suite, offset));
  }

  @ParameterizedTest(name = "{0} members, {1}, {2}, {3}")
  @MethodSource("combinations")
  void membersAgreeAndUserFramesPassEveryWay(
      int number, Cak cak, CipherSuite suite, ConfidentialityOffset offset, Lab lab) {
    MkaConfig[] configs = new MkaConfig[number];
    Arrays.fill(
        configs,
        MkaConfig.preSharedKey(Members.CKN, cak).toBuilder()
            .cipherSuites(suite)
            .confidentialityOffset(offset)
            .build());
    Members members = Members.start(lab, configs);

    lab.runUntil(() -> members.allSecured(number - 1), SOON);
    members.checkThatUserFramesPassEveryWay();

    assertThat(members.sessions)
        .allSatisfy(
            session -> {
              MkaStatus status = session.status();
              MkaStatus.Key key = status.latest().or(status::old).orElseThrow();
              assertThat(key.suite()).isEqualTo(suite);
              assertThat(key.offset()).isEqualTo(offset);
              SecySnapshot secy = session.secy().snapshot();
              assertThat(secy.config().cipherSuite()).isEqualTo(suite);
              TransmitScCounter sent =
                  offset.isConfidential()
                      ? TransmitScCounter.OUT_PKTS_ENCRYPTED
                      : TransmitScCounter.OUT_PKTS_PROTECTED;
              assertThat(secy.transmitSc().counters().get(sent)).hasValue(number - 1);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theLowestPriorityBecomesKeyServer(int number, Lab lab) {
    MkaConfig[] configs = new MkaConfig[number];
    for (int i = 0; i < number; i++) {
      configs[i] =
          MkaConfig.preSharedKey(Members.CKN, Members.CAK_128).toBuilder()
              .keyServerPriority(100 - i)
              .build();
    }
    Members members = Members.start(lab, configs);

    lab.runUntil(() -> members.allSecured(number - 1), SOON);

    for (int i = 0; i < number; i++) {
      MkaStatus status = members.sessions.get(i).status();
      assertThat(status.self()).isEqualTo(i == number - 1);
      assertThat(status.keyServer().map(MkaStatus.KeyServer::sci))
          .contains(members.sessions.get(number - 1).status().sci());
    }
  }

  @Test
  void aMemberThatComesLaterJoinsAndAllGoOn(Lab lab) {
    MkaConfig config = MkaConfig.preSharedKey(Members.CKN, Members.CAK_128);
    Members members = Members.start(lab, config, config, config);
    members.sessions.get(2).close();
    lab.runUntil(
        () -> members.sessions.get(0).isSecured() && members.sessions.get(1).isSecured(), SOON);
    members.sessions.set(2, MkaSession.start(members.hosts.get(2).macsec(), "eth0", config));

    lab.runUntil(() -> members.allSecured(2), Duration.ofSeconds(20));

    members.checkThatUserFramesPassEveryWay();
  }

  @Test
  void aRekeyUnderTrafficLosesNoFrame(Lab lab) {
    MkaConfig config = MkaConfig.preSharedKey(Members.CKN, Members.CAK_128);
    Members members = Members.start(lab, config, config);
    lab.runUntil(() -> members.allSecured(1), SOON);
    long firstKey = keyNumber(members, 0);
    members.hosts.forEach(host -> host.clearReceived("macsec0"));
    members.sessions.forEach(session -> session.rekey());

    for (int i = 0; i < 500; i++) {
      members.hosts.get(0).send("macsec0", members.hosts.get(1).mac("eth0"), 0x88B5, new byte[50]);
      members.hosts.get(1).send("macsec0", members.hosts.get(0).mac("eth0"), 0x88B5, new byte[50]);
      lab.run(Duration.ofMillis(20));
    }

    assertThat(keyNumber(members, 0)).isGreaterThan(firstKey);
    assertThat(keyNumber(members, 1)).isEqualTo(keyNumber(members, 0));
    assertThat(members.hosts).allSatisfy(host -> assertThat(host.received("macsec0")).hasSize(500));
  }

  private static long keyNumber(Members members, int member) {
    MkaStatus status = members.sessions.get(member).status();
    return status.latest().or(status::old).orElseThrow().identifier().keyNumber();
  }

  @Test
  void theSameSeedGivesTheSameAgreementByteForByte() throws IOException {
    assertThat(recordedRun(5)).isEqualTo(recordedRun(5));
    assertThat(recordedRun(5)).isNotEqualTo(recordedRun(6));
  }

  private static byte[] recordedRun(long seed) throws IOException {
    try (Lab lab = Lab.create(seed)) {
      MkaConfig config = MkaConfig.preSharedKey(Members.CKN, Members.CAK_128);
      Members members = Members.start(lab, config, config, config);
      lab.runUntil(() -> members.allSecured(2), SOON);
      members.checkThatUserFramesPassEveryWay();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      lab.capture().writeTo(out);
      return out.toByteArray();
    }
  }
}
