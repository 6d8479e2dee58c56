package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaStatus;

/** Group CAs: three members and more. */
class GroupTest {
  static Stream<Arguments> everySuiteAndKey() {
    return Stream.of(CipherSuite.values())
        .flatMap(suite -> Stream.of(128, 256).map(bits -> Arguments.of(suite, bits)));
  }

  @ParameterizedTest
  @MethodSource("everySuiteAndKey")
  void threeStartTogether(CipherSuite suite, int bits) {
    World world = new World(3);
    MkaConfig config = Configs.group(bits).toBuilder().cipherSuites(suite).build();
    world.join("a", 1, config);
    world.join("b", 2, config);
    world.join("c", 3, config);
    assertThat(world.runUntil(world::allAgree, SECONDS)).isLessThanOrEqualTo(30 * MILLIS);
  }

  @Tag("search")
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 20, 60})
  void howManyMkpdusItTakesWhenManyStartTogether(int count) {
    World world = new World(count);
    for (int i = 1; i <= count; i++) {
      world.join("m" + i, i, Configs.group(128));
    }
    long took = world.runUntil(world::allAgree, 3 * SECONDS);
    assertThat(took).isLessThanOrEqualTo(200 * MILLIS);
    double each = (double) world.frames / count;
    assertThat(each).as("MKPDUs of each of " + count).isLessThanOrEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 9})
  void aThirdMemberJoinsEarlyOrLateAndNothingIsLost(int number) {
    for (long gap : new long[] {MILLIS, 3 * MILLIS, 5 * MILLIS, 50 * MILLIS, 3 * SECONDS}) {
      World world = new World(number);
      Map<String, Integer> lost = World.counter();
      world.join("a", 3, Configs.group(128));
      world.join("b", 6, Configs.group(128));
      world.runUntil(world::allAgree, SECONDS);
      world.run(gap);
      world.traffic(MILLIS / 4, lost);
      Member c = world.join("c", number, Configs.group(128));
      assertThat(world.runUntil(world::allAgree, SECONDS))
          .as("gap %d, SCI %d", gap, number)
          .isLessThanOrEqualTo(40 * MILLIS);
      assertThat(c.port.status().self()).isEqualTo(number == 1);
      world.run(10 * SECONDS);
      assertThat(lost).as("gap %d, SCI %d", gap, number).isEmpty();
      assertThat(world.allAgree()).isTrue();
    }
  }

  @Test
  void theKeyServerLeavesAndTheOthersLoseNothing() {
    World world = new World(5);
    Member a = world.join("a", 1, Configs.group(128));
    Member b = world.join("b", 2, Configs.group(128));
    Member c = world.join("c", 3, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    world.run(4 * SECONDS);
    a.crash();
    Map<String, Integer> lost = World.counter();
    world.traffic(MILLIS, lost);
    world.run(10 * SECONDS);
    assertThat(lost).isEmpty();
    assertThat(world.allAgree()).isTrue();
    assertThat(b.port.status().self()).isTrue();
    assertThat(c.port.status().keyServer().map(MkaStatus.KeyServer::sci)).contains(World.sci(2));
    assertThat(b.count(MkaEvent.Unsecured.class) + c.count(MkaEvent.Unsecured.class)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aMemberRestartsAndIsSecuredAgainAtOnce(int who) {
    World world = new World(5);
    for (int i = 1; i <= 3; i++) {
      world.join("m" + i, i, Configs.group(128));
    }
    world.runUntil(world::allAgree, SECONDS);
    world.run(7 * SECONDS);
    world.members.get(who).restart();
    assertThat(world.runUntil(world::allAgree, SECONDS)).isLessThanOrEqualTo(30 * MILLIS);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void oneOfTwoRestarts(int who) {
    World world = new World(6);
    world.join("a", 1, Configs.group(128));
    world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    world.run(7 * SECONDS);
    world.members.get(who).restart();
    assertThat(world.runUntil(world::allAgree, SECONDS)).isLessThanOrEqualTo(20 * MILLIS);
  }

  /** A member that comes anew says that it is secured when the key server's frames reach it. */
  @Test
  void asSoonAsBothSayThatTheyAreSecuredFramesPassBothWays() {
    World world = new World(6);
    world.minDelay = 3 * MILLIS;
    world.maxDelay = 3 * MILLIS;
    Member a = world.join("a", 1, Configs.group(128));
    Member b = world.join("b", 2, Configs.group(128));
    for (int i = 0; i < 3; i++) {
      world.runUntil(world::allSecured, SECONDS);
      assertThat(a.secy.receives(b.sci, b.secy)).isTrue();
      assertThat(b.secy.receives(a.sci, a.secy)).isTrue();
      world.run(7 * SECONDS);
      b.restart();
    }
  }

  @Test
  void aRestartOverStaleSecyStateRecovers() {
    World world = new World(6);
    Member a = world.join("a", 1, Configs.group(128));
    Member b = world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    for (Member member : new Member[] {a, b, a, b, a, b}) {
      member.crashLeavingSecy();
      member.start();
      world.runUntil(world::allAgree, SECONDS);
      world.run(SECONDS / 2);
      assertThat(world.allAgree()).isTrue();
    }
  }

  @Test
  void aMemberThatLeavesIsForgottenAndTheKeyChanges() {
    World world = new World(5);
    Member a = world.join("a", 1, Configs.group(128));
    world.join("b", 2, Configs.group(128));
    Member c = world.join("c", 3, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    world.run(SECONDS);
    long keys = a.port.status().counters().saksGenerated();
    c.crash();
    world.run(10 * SECONDS);
    assertThat(a.port.status().livePeers()).hasSize(1);
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(keys + 1);
    assertThat(world.allAgree()).isTrue();
  }

  @Test
  void twentyPercentLossDelaysAndReordersButDoesNotPrevent() {
    for (long seed = 1; seed <= 30; seed++) {
      World world = new World(seed);
      world.loss = 0.2;
      world.duplication = 0.1;
      world.maxDelay = 30 * MILLIS;
      for (int i = 1; i <= 3; i++) {
        world.join("m" + i, i, Configs.group(128));
      }
      world.runUntil(world::allAgree, 4 * SECONDS);
      world.members.get(0).rekey();
      world.run(20 * SECONDS);
      assertThat(world.allSecured()).as("seed %d", seed).isTrue();
    }
  }

  /**
   * What it received it would receive again, as its SecY forgets packet numbers with the channel.
   */
  @Test
  void aPeerThatWasLostForAWhileIsNotReceivedAnewWithTheSameKey() {
    World world = new World(11);
    MkaConfig config = Configs.group(128).toBuilder().rekeyOnPeerLoss(false).build();
    world.join("a", 1, config);
    Member b = world.join("b", 2, config);
    Member c = world.join("c", 3, config);
    world.runUntil(world::allAgree, SECONDS);
    world.cut = (from, to) -> (from == b && to == c) || (from == c && to == b);
    world.run(8 * SECONDS);
    assertThat(b.port.status().livePeers()).hasSize(1);
    world.cut = (from, to) -> false;
    // The SecY of the bus fails the test when it is given a key for a channel a second time.
    world.runUntil(world::allAgree, 10 * SECONDS);
  }

  @Test
  void aMemberWhoseSecyLostAChannelGetsAnotherKey() {
    for (String name : List.of("a", "b")) {
      World world = new World(12);
      Member a = world.join("a", 1, Configs.group(128));
      Member b = world.join("b", 2, Configs.group(128));
      world.join("c", 3, Configs.group(128));
      world.runUntil(world::allAgree, SECONDS);
      Member who = name.equals("a") ? a : b;
      who.secy.loseChannel(world.members.get(2).sci);
      a.rekey();
      world.run(5 * SECONDS);
      world.runUntil(world::allAgree, 10 * SECONDS);
    }
  }
}
