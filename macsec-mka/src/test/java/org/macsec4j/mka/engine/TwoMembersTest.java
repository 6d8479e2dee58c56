package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.mka.PreSharedKey;

class TwoMembersTest {
  static Stream<Arguments> everySuiteKeyAndOffset() {
    return Stream.of(CipherSuite.values())
        .flatMap(
            suite ->
                Stream.of(128, 256)
                    .flatMap(
                        bits ->
                            Stream.of(ConfidentialityOffset.values())
                                .map(offset -> Arguments.of(suite, bits, offset))));
  }

  @ParameterizedTest
  @MethodSource("everySuiteKeyAndOffset")
  void secureWithinMilliseconds(CipherSuite suite, int bits, ConfidentialityOffset offset) {
    World world = new World(1);
    MkaConfig config =
        Configs.group(bits).toBuilder().cipherSuites(suite).confidentialityOffset(offset).build();
    world.join("a", 1, config);
    world.join("b", 2, config);
    long took = world.runUntil(world::allAgree, SECONDS);
    assertThat(took).isLessThanOrEqualTo(10 * MILLIS);
    MkaStatus status = world.members.get(1).port.status();
    assertThat(status.self()).isFalse();
    assertThat(status.keyServer().map(MkaStatus.KeyServer::sci)).contains(World.sci(1));
    MkaStatus.Key key = status.latest().orElseThrow();
    assertThat(key.suite()).isEqualTo(suite);
    boolean fallsBack = suite.isXpn() && offset.octets() > 0;
    assertThat(key.offset()).isEqualTo(fallsBack ? ConfidentialityOffset.OFFSET_0 : offset);
    assertThat(key.identifier().keyNumber()).isEqualTo(1);
  }

  @Test
  void statusIsTheLineThatPeopleRead() {
    World world = new World(1);
    world.join("a", 1, Configs.group(128));
    world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    assertThat(world.members.get(1).port.status())
        .hasToString("secured, key server 02:00:00:00:01:01/1, 1 peer, KN 1, AN 0, GCM-AES-128");
  }

  @Test
  void lowerPriorityValueBecomesKeyServerWhateverTheAddress() {
    World world = new World(1);
    world.join("a", 1, Configs.group(128).toBuilder().keyServerPriority(20).build());
    Member b = world.join("b", 2, Configs.group(128).toBuilder().keyServerPriority(10).build());
    world.runUntil(world::allAgree, SECONDS);
    assertThat(b.port.status().self()).isTrue();
  }

  @Test
  void stayQuietOnceSecured() {
    World world = new World(1);
    Member a = world.join("a", 1, Configs.group(128));
    Member b = world.join("b", 2, Configs.group(128));
    world.run(60 * SECONDS);
    // 30 hellos each, a little early, and the few MKPDUs of the beginning.
    assertThat(a.sent.size()).isBetween(30, 42);
    assertThat(b.sent.size()).isBetween(30, 42);
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(1);
    assertThat(world.allAgree()).isTrue();
  }

  @Test
  void rekeyByCommandLosesNothing() {
    World world = new World(1);
    Member a = world.join("a", 1, Configs.group(128));
    Member b = world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    Map<String, Integer> lost = World.counter();
    world.traffic(MILLIS / 2, lost);
    for (int rekeys = 1; rekeys <= 9; rekeys++) {
      a.rekey();
      world.run(5 * SECONDS);
      assertThat(world.allAgree()).isTrue();
      assertThat(a.port.status().latest().orElseThrow().identifier().keyNumber())
          .isEqualTo(1 + rekeys);
      assertThat(a.port.status().old()).isEmpty();
    }
    assertThat(lost).isEmpty();
    assertThat(b.count(MkaEvent.SakRetired.class)).isEqualTo(9);
    assertThat(b.count(MkaEvent.Unsecured.class)).isZero();
  }

  @Test
  void rekeyCommandOfTheOtherMemberDoesNothing() {
    World world = new World(1);
    Member a = world.join("a", 1, Configs.group(128));
    Member b = world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    b.rekey();
    world.run(5 * SECONDS);
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(1);
  }

  @Test
  void manyRekeyCommandsMakeFewKeysAndEndWithAFreshOne() {
    World world = new World(1);
    Member a = world.join("a", 1, Configs.group(128));
    world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    Map<String, Integer> lost = World.counter();
    world.traffic(MILLIS / 2, lost);
    for (int i = 0; i < 200; i++) {
      a.rekey();
      world.run(MILLIS / 2);
    }
    world.run(SECONDS);
    assertThat(a.port.status().counters().saksGenerated()).isBetween(2L, 20L);
    assertThat(world.allAgree()).isTrue();
    assertThat(lost).isEmpty();
  }

  @Test
  void stopLeavesAnEmptySecyAndSilence() {
    World world = new World(1);
    Member a = world.join("a", 1, Configs.group(128));
    Member b = world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    b.stop();
    int sent = b.sent.size();
    world.run(10 * SECONDS);
    assertThat(b.secy.isEmpty()).isTrue();
    assertThat(b.sent).hasSize(sent);
    assertThat(b.port.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(a.isSecured()).isFalse();
    assertThat(a.secy.isEmpty()).isTrue();
  }

  @Test
  void aPortStartsOnceAndTakesNoKeyAfterItsStop() {
    World world = new World(1);
    MkaPort port = world.join("a", 1, Configs.group(128)).port;
    PreSharedKey key = PreSharedKey.of(Ckn.parse("99"), Cak.parse("11".repeat(16)));
    assertThatIllegalStateException().isThrownBy(() -> port.start(world.now()));
    port.stop(world.now());
    assertThatIllegalStateException().isThrownBy(() -> port.start(world.now()));
    assertThatIllegalStateException().isThrownBy(() -> port.addKey(world.now(), key));
    assertThatIllegalStateException()
        .isThrownBy(() -> port.replaceKey(world.now(), key.ckn(), key));
    assertThatIllegalStateException().isThrownBy(() -> port.distributeCak(world.now(), key));
  }

  @Test
  void sameSeedGivesTheSameTraceOctetForOctet() {
    assertThat(traceOf(7)).isEqualTo(traceOf(7)).isNotEqualTo(traceOf(8));
  }

  private static java.util.List<String> traceOf(long seed) {
    World world = new World(seed);
    world.tracing = true;
    world.loss = 0.1;
    world.maxDelay = 5 * MILLIS;
    for (int i = 1; i <= 3; i++) {
      world.join("m" + i, i, Configs.group(128));
    }
    world.run(10 * SECONDS);
    java.util.List<String> trace = new java.util.ArrayList<>(world.trace);
    for (Member member : world.members) {
      member.sent.forEach(frame -> trace.add(java.util.HexFormat.of().formatHex(frame)));
    }
    return trace;
  }
}
