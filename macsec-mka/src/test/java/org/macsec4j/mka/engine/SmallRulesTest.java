package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.macsec4j.PacketNumber;
import org.macsec4j.Sci;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaEvent;

/** Small parts that count or keep a time, each at its exact bounds. */
class SmallRulesTest {
  private static final long LIFE = 6 * SECONDS;

  // When MKPDUs leave.

  @Test
  void newsLeaveInABurstOfEightThenOneEach40Milliseconds() {
    SendPacer pacer = new SendPacer();
    assertThat(burst(pacer, 0))
        .containsExactly(
            0L,
            MILLIS,
            2 * MILLIS,
            3 * MILLIS,
            4 * MILLIS,
            5 * MILLIS,
            6 * MILLIS,
            7 * MILLIS,
            40 * MILLIS,
            80 * MILLIS,
            120 * MILLIS);
    // However long it is quiet, the next burst is no longer.
    assertThat(burst(pacer, 10 * SECONDS))
        .startsWith(10 * SECONDS, 10 * SECONDS + MILLIS)
        .endsWith(
            10 * SECONDS + 7 * MILLIS,
            10 * SECONDS + 40 * MILLIS,
            10 * SECONDS + 80 * MILLIS,
            10 * SECONDS + 120 * MILLIS);
  }

  private static List<Long> burst(SendPacer pacer, long begin) {
    List<Long> times = new ArrayList<>();
    long now = begin;
    for (int i = 0; i < 11; i++) {
      now = pacer.earliest(now);
      pacer.sent(now);
      times.add(now);
    }
    return times;
  }

  @Test
  void hellosThatLeaveWithoutCreditCostNoneOfTheNext() {
    SendPacer pacer = new SendPacer();
    for (int i = 0; i < 20; i++) {
      pacer.sent(i * MILLIS);
    }
    assertThat(pacer.earliest(19 * MILLIS)).isEqualTo(40 * MILLIS);
    assertThat(pacer.earliest(40 * MILLIS)).isEqualTo(40 * MILLIS);
  }

  @Test
  void itIsQuietWhenNothingWasSentForTheTime() {
    SendPacer pacer = new SendPacer();
    assertThat(pacer.quietFor(10, 0)).isTrue();
    pacer.sent(100);
    assertThat(pacer.quietFor(10, 109)).isFalse();
    assertThat(pacer.quietFor(10, 110)).isTrue();
  }

  private static HelloSchedule hellos(int chance, Duration... rampUp) {
    EntropySource source = target -> Arrays.fill(target, (byte) chance);
    return new HelloSchedule(source, 2 * SECONDS, List.of(rampUp));
  }

  @Test
  void whoWaitsForAnAnswerAsksQuicklyThenSlower() {
    HelloSchedule hellos = hellos(0, Duration.ofMillis(100), Duration.ofSeconds(5));
    assertThat(hellos.next(false, false)).isEqualTo(2 * SECONDS);
    assertThat(hellos.next(true, false)).isEqualTo(100 * MILLIS);
    // Never later than a hello, whatever is configured.
    assertThat(hellos.next(true, false)).isEqualTo(2 * SECONDS);
    assertThat(hellos.next(true, false)).isEqualTo(2 * SECONDS);
    hellos.quicken();
    assertThat(hellos.next(false, false)).isEqualTo(2 * SECONDS);
    assertThat(hellos.next(true, false)).isEqualTo(100 * MILLIS);
  }

  /** A member that has a slow tick has then heard us when it speaks first. */
  @Test
  void whoHearsNobodyGoesOnAsking() {
    HelloSchedule hellos = hellos(0, Duration.ofMillis(100), Duration.ofSeconds(1));
    assertThat(hellos.next(true, true)).isEqualTo(100 * MILLIS);
    assertThat(hellos.next(true, true)).isEqualTo(500 * MILLIS);
    assertThat(hellos.next(true, true)).isEqualTo(500 * MILLIS);
    assertThat(hellos.next(true, false)).isEqualTo(2 * SECONDS);
    assertThat(hellos(0).next(true, true)).isEqualTo(2 * SECONDS);
  }

  @Test
  void hellosComeUpToASixteenthEarlier() {
    assertThat(hellos(0).next(false, false)).isEqualTo(2 * SECONDS);
    assertThat(hellos(128).next(false, false)).isEqualTo(2 * SECONDS - SECONDS / 16);
    assertThat(hellos(255).next(false, false)).isEqualTo(2 * SECONDS - 124_511_718);
    assertThat(hellos(128, Duration.ofMillis(160)).next(true, false)).isEqualTo(155 * MILLIS);
  }

  @Test
  void aTimerIsDueFromItsDeadlineOnUntilItIsCleared() {
    TimerTable<PortTimer> timers = new TimerTable<>(PortTimer.values().length);
    assertThat(timers.earliestAfter(0)).isEqualTo(TimerTable.NEVER);
    timers.set(PortTimer.RETIRE, 10);
    timers.set(PortTimer.COMMAND, 20);
    assertThat(timers.isDue(PortTimer.RETIRE, 9)).isFalse();
    assertThat(timers.isDue(PortTimer.RETIRE, 10)).isTrue();
    assertThat(timers.earliestAfter(9)).isEqualTo(10);
    assertThat(timers.earliestAfter(10)).isEqualTo(20);
    timers.clear(PortTimer.RETIRE);
    assertThat(timers.isDue(PortTimer.RETIRE, 10)).isFalse();
    assertThat(timers.deadline(PortTimer.COMMAND)).isEqualTo(20);
    timers.clearAll();
    assertThat(timers.deadline(PortTimer.COMMAND)).isEqualTo(TimerTable.NEVER);
  }

  // What is told of packet numbers.

  @Test
  void aPacketNumberIsToldAQuarterOfASecondAfterItWasKnown() {
    ToldPacketNumber told = new ToldPacketNumber();
    assertThat(told.tell(0, PacketNumber.of(100))).isEqualTo(1);
    assertThat(told.tell(250 * MILLIS - 1, PacketNumber.of(200))).isEqualTo(1);
    assertThat(told.tell(250 * MILLIS, PacketNumber.of(300))).isEqualTo(100);
    assertThat(told.tell(499 * MILLIS, PacketNumber.of(400))).isEqualTo(100);
    assertThat(told.tell(500 * MILLIS, PacketNumber.of(500))).isEqualTo(300);
  }

  @Test
  void aToldPacketNumberHasNoLowerHalfOfZero() {
    ToldPacketNumber told = new ToldPacketNumber();
    told.tell(0, PacketNumber.of(5L << 32));
    assertThat(told.tell(SECONDS, PacketNumber.of((5L << 32) + 1))).isEqualTo((5L << 32) - 1);
    assertThat(told.tell(2 * SECONDS, PacketNumber.of(1))).isEqualTo((5L << 32) + 1);
  }

  // Who we are.

  @Test
  void aMessageNumberIsRecentForALifeTimeAfterItWasSentAndNoLonger() {
    ActorIdentity identity = new ActorIdentity(EntropySource.seeded(1), LIFE);
    assertThat(identity.isRecent(0, 0)).isFalse();
    assertThat(identity.isRecent(1, 0)).isFalse();
    assertThat(identity.next(0)).isEqualTo(1);
    assertThat(identity.next(100 * MILLIS)).isEqualTo(2);
    assertThat(identity.isRecent(0, LIFE)).isFalse();
    assertThat(identity.isRecent(1, LIFE)).isTrue();
    assertThat(identity.isRecent(2, LIFE)).isTrue();
    assertThat(identity.isRecent(3, LIFE)).isFalse();
    assertThat(identity.isRecent(1, LIFE + 1)).isFalse();
    assertThat(identity.isRecent(2, LIFE + 1)).isTrue();
    assertThat(identity.isRecent(1, 2 * LIFE)).isFalse();
  }

  @Test
  void anotherIdentityBeginsItsMessageNumbersAnew() {
    ActorIdentity identity = new ActorIdentity(EntropySource.seeded(1), LIFE);
    MemberIdentifier before = identity.memberIdentifier();
    identity.next(0);
    identity.next(SECONDS);
    identity.renew();
    assertThat(identity.memberIdentifier()).isNotEqualTo(before);
    assertThat(identity.messageNumber()).isZero();
    assertThat(identity.isRecent(1, SECONDS)).isFalse();
    assertThat(identity.next(20 * SECONDS)).isEqualTo(1);
    assertThat(identity.next(30 * SECONDS)).isEqualTo(2);
    assertThat(identity.isRecent(2, 30 * SECONDS)).isTrue();
    assertThat(identity.isRecent(1, 30 * SECONDS)).isFalse();
  }

  @Test
  void theIdentityChangesWhenItsMessageNumbersAreUsedUp() {
    ActorIdentity identity = new ActorIdentity(EntropySource.seeded(1), LIFE);
    MemberIdentifier before = identity.memberIdentifier();
    identity.advanceTo(0xFFFF_FFFEL);
    assertThat(identity.next(0)).isEqualTo(0xFFFF_FFFFL);
    assertThat(identity.memberIdentifier()).isEqualTo(before);
    assertThat(identity.next(1)).isEqualTo(1);
    assertThat(identity.memberIdentifier()).isNotEqualTo(before);
  }

  @Test
  void theLastEightFormerIdentitiesAreKnownAsOurs() {
    ActorIdentity identity = new ActorIdentity(EntropySource.seeded(1), LIFE);
    List<MemberIdentifier> all = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      all.add(identity.memberIdentifier());
      identity.renew();
    }
    assertThat(identity.isOrWas(identity.memberIdentifier())).isTrue();
    assertThat(all.subList(1, 9)).allMatch(identity::isOrWas);
    assertThat(identity.isOrWas(all.get(0))).isFalse();
  }

  @Test
  void anIdentifierIsNeverZeroNorTheOneBefore() {
    byte[] draws = {0, 1, 0, 1, 1, 2};
    int[] drawn = {0};
    EntropySource source = target -> Arrays.fill(target, draws[drawn[0]++]);
    ActorIdentity identity = new ActorIdentity(source, LIFE);
    assertThat(identity.memberIdentifier()).hasToString("01".repeat(12));
    identity.renew();
    assertThat(identity.memberIdentifier()).hasToString("02".repeat(12));
  }

  // Who shares an SCI.

  private static final Sci OWN = World.sci(1);
  private static final Sci SHARED = World.sci(7);
  private final PortContext context =
      new PortContext(Configs.group(128), OWN, EntropySource.seeded(1));
  private final SciClashes clashes = new SciClashes(context);

  private List<MkaEvent> events() {
    List<MkaEvent> events = new ArrayList<>();
    MkaOutput output;
    while ((output = context.poll()) != null) {
      events.add(((MkaOutput.Event) output).event());
    }
    return events;
  }

  @Test
  void fourSignsThatFollowEachOtherProveAClashAndTheFirstProofIsTold() {
    for (int i = 1; i <= 3; i++) {
      clashes.sign(i * LIFE, SHARED);
      assertThat(clashes.isProven(i * LIFE, SHARED)).isFalse();
    }
    assertThat(events()).isEmpty();
    clashes.sign(4 * LIFE, SHARED);
    assertThat(events()).containsExactly(new MkaEvent.SciClash(SHARED, false));
    clashes.sign(5 * LIFE, SHARED);
    assertThat(events()).isEmpty();
    assertThat(clashes.isProven(6 * LIFE, SHARED)).isTrue();
    assertThat(clashes.isProven(6 * LIFE, OWN)).isFalse();
    assertThat(clashes.proven(6 * LIFE)).isEqualTo(SHARED);
    assertThat(clashes.isProven(6 * LIFE + 1, SHARED)).isFalse();
    assertThat(clashes.proven(6 * LIFE + 1)).isNull();
  }

  @Test
  void signsThatAreFartherApartThanALifeTimeProveNothing() {
    for (int i = 0; i < 10; i++) {
      clashes.sign(i * (LIFE + 1), SHARED);
    }
    assertThat(clashes.isProven(9 * (LIFE + 1), SHARED)).isFalse();
    assertThat(events()).isEmpty();
  }

  @Test
  void aClashThatEndedAndBeginsAnewIsToldAgain() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 4; i++) {
        clashes.sign(round * 10L * LIFE + i, SHARED);
      }
      assertThat(events()).hasSize(1);
    }
  }

  @Test
  void ourOwnSciComesBeforeOthers() {
    for (int i = 0; i < 4; i++) {
      clashes.sign(i, SHARED);
      clashes.sign(i, OWN);
    }
    assertThat(clashes.proven(4)).isEqualTo(OWN);
    assertThat(events())
        .containsExactly(new MkaEvent.SciClash(SHARED, false), new MkaEvent.SciClash(OWN, true));
  }

  // What is remembered.

  @Test
  void whatWasPutLongestAgoIsForgottenFirst() {
    Recollection<String, Integer> things = new Recollection<>(3);
    things.put("a", 1);
    things.put("b", 2);
    things.put("c", 3);
    assertThat(things.names()).containsExactly("a", "b", "c");
    things.put("a", 4);
    things.put("d", 5);
    assertThat(things.names()).containsExactly("c", "a", "d");
    assertThat(things.get("a")).isEqualTo(4);
    assertThat(things.contains("b")).isFalse();
    assertThat(things.remove("b")).isNull();
    assertThat(things.remove("c")).isEqualTo(3);
    assertThat(things.remove("a")).isEqualTo(4);
    assertThat(things.remove("d")).isEqualTo(5);
    assertThat(things.names()).isEmpty();
    things.put("e", 6);
    assertThat(things.contains("e")).isTrue();
  }
}
