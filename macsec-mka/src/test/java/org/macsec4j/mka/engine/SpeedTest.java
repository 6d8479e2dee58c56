package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.mka.MkaConfig;

/**
 * How long it takes, on a link of 1 ms in virtual time. The times do not depend on the machine;
 * they say how many times the members have to speak, and whether anybody waits for a clock.
 */
class SpeedTest {
  private static final MkaConfig CONFIG = Configs.group(128);

  private final World world = new World(81);
  private final Map<String, Integer> lost = World.counter();

  private void join(int... numbers) {
    for (int number : numbers) {
      world.join("m" + number, number, CONFIG);
    }
  }

  private long untilAllAgree() {
    return world.runUntil(world::allAgree, 10 * SECONDS) / MILLIS;
  }

  @Test
  void bothUpToBothSecured() {
    join(1, 2);
    assertThat(untilAllAgree()).isLessThanOrEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 3000", "0, 9000", "1, 0", "1, 3000", "1, 9000"})
  void aPeerCrashesAndIsBack(int who, int millisAway) {
    join(1, 2);
    untilAllAgree();
    world.run(7 * SECONDS);
    Member member = world.members.get(who);
    member.crash();
    world.run(millisAway * MILLIS);
    member.start();
    assertThat(untilAllAgree()).isLessThanOrEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 9})
  void aThirdMemberJoinsAndNothingIsLost(int number) {
    join(3, 6);
    untilAllAgree();
    world.run(SECONDS);
    world.traffic(MILLIS / 4, lost);
    join(number);
    assertThat(untilAllAgree()).isLessThanOrEqualTo(20);
    world.run(10 * SECONDS);
    assertThat(lost).isEmpty();
  }

  @Test
  void theKeyServerLeavesAGroupAndNothingIsLostBetweenTheOthers() {
    join(1, 2, 3);
    untilAllAgree();
    world.run(SECONDS);
    world.members.get(0).crash();
    world.traffic(MILLIS / 4, lost);
    world.run(10 * SECONDS);
    assertThat(world.allAgree()).isTrue();
    assertThat(lost).isEmpty();
  }

  @Test
  void aRekeyLosesNothing() {
    join(1, 2);
    untilAllAgree();
    world.traffic(MILLIS / 4, lost);
    world.members.get(0).rekey();
    world.run(10 * SECONDS);
    assertThat(world.members.get(0).port.status().counters().saksGenerated()).isEqualTo(2);
    assertThat(lost).isEmpty();
  }

  /**
   * A peer that speaks on its tick alone, as wpa_supplicant does in most of its states: its first
   * MKPDU, and one in which it says that it receives with the key; not one more is waited for.
   */
  @ParameterizedTest
  @CsvSource({"1, 2, 100", "1, 2, 1900", "2, 1, 100", "2, 1, 1900"})
  void aPeerThatSpeaksOnItsTickIsSecuredAfterOneMoreTick(int ours, int theirs, int firstTick) {
    Member slow = world.add("slow", theirs, CONFIG);
    slow.tick = 2 * SECONDS;
    slow.tickPhase = firstTick * MILLIS;
    slow.start();
    join(ours);
    assertThat(untilAllAgree()).isBetween(firstTick + 2000L, firstTick + 2010L);
  }

  /**
   * Replies at once are rationed, so that each member sends about as few when many come at once.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 10, 50, 100})
  void whenManyJoinTogetherEachSendsAFew(int count) {
    for (int i = 1; i <= count; i++) {
      join(i);
    }
    long millis = untilAllAgree();
    int most = world.members.stream().mapToInt(member -> member.sent.size()).max().orElseThrow();
    assertThat(most).as("MKPDUs of one of %d", count).isLessThanOrEqualTo(8);
    assertThat(millis).as("of %d", count).isLessThanOrEqualTo(20);
  }
}
