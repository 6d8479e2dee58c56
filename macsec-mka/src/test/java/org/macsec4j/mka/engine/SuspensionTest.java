package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.macsec4j.mka.engine.ScriptedPeer.last;
import static org.macsec4j.mka.engine.ScriptedPeer.live;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.PacketNumber;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.mka.wire.XpnParameterSet;

/** A member that is silent for a while, and says so before. */
class SuspensionTest {
  private static final MkaConfig CONFIG =
      Configs.group(128).toBuilder().suspendOnRequest(true).build();

  private final World world = new World(101);
  private final Map<String, Integer> lost = World.counter();
  private Member a;
  private Member b;
  private Member c;

  private void secureTwo(MkaConfig ofA, MkaConfig ofB) {
    a = world.join("a", 1, ofA);
    b = world.join("b", 2, ofB);
    secure();
  }

  private void secureThree() {
    c = world.join("c", 3, CONFIG);
    secureTwo(CONFIG, CONFIG);
  }

  private void secure() {
    world.runUntil(world::allAgree, SECONDS);
    world.run(SECONDS);
    world.traffic(5 * MILLIS, lost);
  }

  private void suspend(Member member, int seconds) {
    member.port.suspend(world.now(), Duration.ofSeconds(seconds));
    member.drain();
  }

  private void resume(Member member) {
    member.thaw();
    member.port.resume(world.now());
    member.drain();
  }

  private static int said(Member member) {
    return last(member).xpn().map(XpnParameterSet::suspensionTimeSeconds).orElse(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSilentMemberKeepsItsKeyAndLosesNoFrame(boolean isServer) {
    secureTwo(CONFIG, CONFIG);
    Member silent = isServer ? a : b;
    Member other = isServer ? b : a;
    suspend(silent, 60);
    world.run(10 * MILLIS);
    silent.freeze();
    world.run(59 * SECONDS);
    assertThat(other.events)
        .contains(new MkaEvent.Suspended(silent.sci, Duration.ofMinutes(1)))
        .doesNotContain(new MkaEvent.Resumed(silent.sci));
    assertThat(other.port.status().keyServer().map(MkaStatus.KeyServer::sci)).contains(a.sci);
    resume(silent);
    world.run(20 * SECONDS);
    assertThat(other.events).contains(new MkaEvent.Resumed(silent.sci));
    assertThat(silent.events)
        .contains(
            new MkaEvent.Suspended(silent.sci, Duration.ofMinutes(1)),
            new MkaEvent.Resumed(silent.sci));
    assertThat(world.allAgree()).isTrue();
    assertThat(lost).isEmpty();
    for (Member member : world.members) {
      assertThat(member.count(MkaEvent.PeerLost.class)).isZero();
      assertThat(member.count(MkaEvent.Unsecured.class)).isZero();
    }
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(1);
  }

  @Test
  void whoDoesNotHearItLearnsItFromTheKeyServer() {
    secureThree();
    world.cut = (from, to) -> from == c && to == b;
    suspend(c, 60);
    world.run(3 * SECONDS);
    c.freeze();
    assertThat(said(a)).isBetween(56, 60);
    world.cut = (from, to) -> false;
    world.run(50 * SECONDS);
    assertThat(said(a)).isBetween(5, 9);
    assertThat(said(b)).isZero();
    resume(c);
    world.run(10 * SECONDS);
    assertThat(said(a)).isZero();
    assertThat(b.events).contains(new MkaEvent.Resumed(a.sci));
    assertThat(world.allAgree()).isTrue();
    assertThat(lost).isEmpty();
    assertThat(b.count(MkaEvent.PeerLost.class)).isZero();
    assertThat(a.port.status().counters().saksGenerated())
        .isEqualTo(a.port.status().latest().orElseThrow().identifier().keyNumber());
  }

  @Test
  void theKeyServerPassesItOnAtOnce() {
    secureThree();
    suspend(c, 60);
    world.run(10 * MILLIS);
    assertThat(said(a)).isEqualTo(60);
    resume(c);
    world.run(10 * MILLIS);
    assertThat(said(a)).isZero();
  }

  @Test
  void whoEndsItsSilenceEarlierWaitsForNobodyUntilTheTimeThatItSaid() {
    secureTwo(CONFIG, CONFIG);
    suspend(a, 100);
    world.run(10 * SECONDS);
    resume(a);
    b.crash();
    world.run(7 * SECONDS);
    assertThat(a.count(MkaEvent.PeerLost.class)).isEqualTo(1);
  }

  @Test
  void whenTheKeyServerEndsItsSilenceNobodyIsKeptForItsSakeAnyMore() {
    secureThree();
    suspend(a, 100);
    world.run(3 * SECONDS);
    resume(a);
    world.run(10 * MILLIS);
    c.crash();
    world.run(7 * SECONDS);
    assertThat(b.count(MkaEvent.PeerLost.class)).isEqualTo(1);
  }

  @Test
  void whenAnotherMemberEndsItsSilenceTheKeyServersGoesOn() {
    secureThree();
    suspend(a, 60);
    suspend(c, 60);
    world.run(3 * SECONDS);
    resume(c);
    world.run(10 * MILLIS);
    c.crash();
    world.run(20 * SECONDS);
    assertThat(b.count(MkaEvent.PeerLost.class)).isZero();
  }

  @Test
  void version2CanSayASecondOfSilence() {
    MkaConfig second = CONFIG.toBuilder().mkaVersion(2).build();
    secureTwo(second, second);
    suspend(a, 1);
    assertThat(said(a)).isEqualTo(1);
    world.run(10 * MILLIS);
    assertThat(b.events).contains(new MkaEvent.Suspended(a.sci, Duration.ofSeconds(1)));
  }

  @Test
  void whoWasNotAskedToHonourItDoesNot() {
    MkaConfig deaf = CONFIG.toBuilder().suspendOnRequest(false).build();
    secureTwo(deaf, deaf);
    suspend(b, 60);
    world.run(MILLIS);
    b.freeze();
    world.run(7 * SECONDS);
    assertThat(a.count(MkaEvent.PeerLost.class)).isEqualTo(1);
    assertThat(a.count(MkaEvent.Suspended.class)).isZero();
  }

  @Test
  void whoStaysSilentForLongerIsGivenUpALifeTimeLater() {
    secureTwo(CONFIG, CONFIG);
    suspend(b, 10);
    world.run(10 * MILLIS);
    b.freeze();
    world.run(15_900 * MILLIS);
    assertThat(a.count(MkaEvent.PeerLost.class)).isZero();
    world.run(200 * MILLIS);
    assertThat(a.count(MkaEvent.PeerLost.class)).isEqualTo(1);
    assertThat(a.isSecured()).isFalse();
    b.thaw();
    world.runUntil(world::allAgree, SECONDS);
  }

  @Test
  void whoSpeaksWithoutATimeIsWaitedForNoLonger() {
    secureTwo(CONFIG, CONFIG);
    suspend(b, 100);
    world.run(SECONDS);
    resume(b);
    world.run(10 * MILLIS);
    assertThat(said(b)).isZero();
    b.freeze();
    world.run(7 * SECONDS);
    assertThat(a.count(MkaEvent.PeerLost.class)).isEqualTo(1);
  }

  @Test
  void theTimeLeftIsSaidAndEndsByItself() {
    secureTwo(CONFIG, CONFIG);
    suspend(b, 5);
    assertThat(said(b)).isEqualTo(5);
    int before = b.sent.size();
    world.run(800 * MILLIS);
    // It is said several times, as it must not be missed.
    assertThat(b.sent.size() - before).isGreaterThanOrEqualTo(3);
    world.run(2200 * MILLIS);
    assertThat(said(b)).isBetween(2, 4);
    world.run(2 * SECONDS + MILLIS);
    assertThat(said(b)).isZero();
    assertThat(b.events).contains(new MkaEvent.Resumed(b.sci));
    world.run(10 * MILLIS);
    assertThat(a.events).contains(new MkaEvent.Resumed(b.sci));
    assertThat(lost).isEmpty();
  }

  @Test
  void aLostMkpduDoesNotMakeTheOthersMissIt() {
    secureTwo(CONFIG, CONFIG);
    world.cut = (from, to) -> from == b;
    suspend(b, 60);
    world.run(MILLIS);
    world.cut = (from, to) -> false;
    world.run(SECONDS);
    b.freeze();
    world.run(30 * SECONDS);
    assertThat(a.count(MkaEvent.PeerLost.class)).isZero();
    assertThat(lost).isEmpty();
  }

  @Test
  void aNewMemberWaitsForItsKeyUntilTheSilentOneIsBack() {
    secureTwo(CONFIG, CONFIG);
    suspend(b, 30);
    world.run(10 * MILLIS);
    b.freeze();
    world.run(5 * SECONDS);
    c = world.join("c", 3, CONFIG);
    world.run(15 * SECONDS);
    assertThat(c.isSecured()).isFalse();
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(1);
    resume(b);
    assertThat(world.runUntil(world::allAgree, SECONDS)).isLessThan(100 * MILLIS);
    assertThat(lost).isEmpty();
  }

  @Test
  void aNewMemberWaitsNoLongerThanTheTimeThatWasSaid() {
    secureTwo(CONFIG, CONFIG);
    suspend(b, 10);
    world.run(10 * MILLIS);
    b.freeze();
    c = world.join("c", 3, CONFIG);
    world.run(10 * SECONDS);
    world.runUntil(() -> a.isSecured() && c.isSecured(), 9 * SECONDS);
  }

  @Test
  void packetNumbersThatComeToTheirEndDoNotWait() {
    secureTwo(CONFIG, CONFIG);
    suspend(b, 60);
    world.run(10 * MILLIS);
    b.freeze();
    a.rekey();
    world.run(5 * SECONDS);
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(1);
    a.port.handlePacketNumber(
        world.now(), a.secy.selected(), PacketNumber.of(CONFIG.pnThreshold().value()));
    a.drain();
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(2);
  }

  @Test
  void timesOutOfRangeAreRefused() {
    secureTwo(CONFIG, CONFIG.toBuilder().mkaVersion(1).build());
    for (Duration time :
        new Duration[] {
          Duration.ZERO,
          Duration.ofSeconds(-1),
          Duration.ofMillis(1500),
          Duration.ofSeconds(121),
          Duration.ofDays(1_000_000)
        }) {
      assertThatThrownBy(() -> a.port.suspend(world.now(), time))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1..120");
    }
    assertThatThrownBy(() -> b.port.suspend(world.now(), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class);
    suspend(a, 120);
    assertThat(said(a)).isEqualTo(120);
  }

  @Tag("search")
  @Test
  void afterAnyMixOfSilencesAllAgreeAgain() {
    for (long seed = 1; seed <= 100; seed++) {
      World mixed = new World(seed);
      mixed.loss = 0.1;
      mixed.maxDelay = 3 * MILLIS;
      for (int i = 1; i <= 3; i++) {
        mixed.join("m" + i, i, CONFIG);
      }
      for (int step = 0; step < 30; step++) {
        mixed.run(mixed.random().nextLong(5 * SECONDS));
        disturb(mixed, mixed.members.get(mixed.random().nextInt(3)));
      }
      mixed.loss = 0;
      for (Member member : mixed.members) {
        member.thaw();
        member.port.resume(mixed.now());
        member.drain();
      }
      mixed.runUntil(mixed::allAgree, 10 * SECONDS);
    }
  }

  private static void disturb(World world, Member member) {
    switch (world.random().nextInt(6)) {
      case 0 -> {
        int seconds = 1 + world.random().nextInt(20);
        member.port.suspend(world.now(), Duration.ofSeconds(seconds));
      }
      case 1 -> member.freeze();
      case 2 -> member.port.resume(world.now());
      case 3 -> member.port.rekey(world.now());
      case 4 -> member.restart();
      default -> member.thaw();
    }
    if (!member.isFrozen()) {
      member.drain();
    }
  }

  // What a peer may do.

  @Test
  void aPeerIsKeptForTwoMinutesAtMostAndARecordingProlongsNothing() {
    a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = new ScriptedPeer(CONFIG, 2, "0102030405060708090a0b0c");
    world.run(20 * SECONDS);
    byte[] recorded = peer.says(live(a, 1), new XpnParameterSet(255, 0, 0));
    a.frame(peer.says(live(a)));
    a.frame(peer.says(live(a), new XpnParameterSet(255, 0, 0)));
    assertThat(a.events).contains(new MkaEvent.Suspended(peer.sci, Duration.ofMinutes(2)));
    long begin = world.now();
    while (a.count(MkaEvent.PeerLost.class) == 0 && world.now() < begin + 300 * SECONDS) {
      a.frame(recorded);
      // Fresh by its number, and yet a recording, as it lists what we said long ago.
      a.frame(peer.says(live(a, 1), new XpnParameterSet(100, 0, 0)));
      world.run(SECONDS);
    }
    assertThat(world.now() - begin).isBetween(125 * SECONDS, 127 * SECONDS);
  }

  @Test
  void aPotentialPeerIsNotKept() {
    a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = new ScriptedPeer(CONFIG, 2, "0102030405060708090a0b0c");
    a.frame(peer.says(new XpnParameterSet(100, 0, 0)));
    world.run(7 * SECONDS);
    assertThat(a.port.status().peers()).isEmpty();
    assertThat(a.count(MkaEvent.Suspended.class)).isZero();
  }

  @Test
  void aMemberThatComesBackWithoutItsMemoryIsLiveAtOnce() {
    secureTwo(CONFIG, CONFIG);
    suspend(b, 60);
    world.run(10 * MILLIS);
    b.freeze();
    world.run(10 * SECONDS);
    b.thaw();
    b.restart();
    assertThat(world.runUntil(world::allAgree, SECONDS)).isLessThan(20 * MILLIS);
  }
}
