package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.macsec4j.PacketNumber;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.FormerLife;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.Mkpdu;

/** A port goes on under the member identifier of one that was cut off. */
class ResumptionTest {
  private static final MkaConfig CONFIG = Configs.group(128);
  private static final int SEEDS = 20;

  // Beside one that does as wpa_supplicant does.

  /** At its tick it hears of us; where it leads it makes a key at the next one. */
  @ParameterizedTest
  @CsvSource({
    "50, 0, 2100", "50, 1, 2100", "50, 3, 4100", "50, 5, 4100", "50, 20, 3100",
    "200, 0, 4100", "200, 1, 4100", "200, 3, 4100", "200, 5, 4100", "200, 20, 4100"
  })
  void aKayPeerTakesItForTheOneItKnows(int priority, long secondsDown, long millis) {
    for (int seed = 1; seed <= SEEDS; seed++) {
      KayGroup group = new KayGroup(seed);
      KayGroup.End ours = group.ours(1, priority);
      KayGroup.End theirs = group.theirs(2, 100);
      ours.start();
      theirs.start();
      group.settle();
      group.assertWhole();
      group.goOn(ours, secondsDown * SECONDS);
      long took = group.world.runUntil(group::isWhole, 10 * SECONDS);
      assertThat(took).as("seed %d", seed).isLessThan(millis * MILLIS);
      group.settle();
      group.assertWhole();
    }
  }

  /** What it is spared. */
  @Test
  void withoutTheMemoryAKayPeerIgnoresItForLong() {
    KayGroup group = new KayGroup(1);
    KayGroup.End ours = group.ours(1, 200);
    group.theirs(2, 100).start();
    ours.start();
    group.settle();
    group.assertWhole();
    ours.crash();
    ours.start();
    assertThat(group.world.runUntil(group::isWhole, 20 * SECONDS)).isGreaterThan(5 * SECONDS);
  }

  @Test
  void aGroupOfKayPeersIsWholeAgainAsWell() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      KayGroup group = new KayGroup(seed);
      KayGroup.End ours = group.ours(1, seed % 2 == 0 ? 50 : 200);
      ours.start();
      group.theirs(2, 100).start();
      group.settle();
      group.theirs(3, 150).start();
      group.settle();
      group.settle();
      group.assertWhole();
      group.goOn(ours, 0);
      group.world.runUntil(group::isWhole, 10 * SECONDS);
      group.settle();
      group.assertWhole();
    }
  }

  /** It makes no key within 6 s of the last one. */
  @Test
  void whoCrashesAgainAndAgainIsWellInTheEnd() {
    for (int seed = 1; seed <= 5 * SEEDS; seed++) {
      KayGroup group = new KayGroup(seed);
      KayGroup.End ours = group.ours(1, seed % 2 == 0 ? 50 : 200);
      ours.start();
      group.theirs(2, 100).start();
      group.settle();
      for (int times = group.world.random().nextInt(1, 6); times > 0; times--) {
        group.goOn(ours, group.world.random().nextLong(4 * SECONDS));
        group.world.run(group.world.random().nextLong(5 * SECONDS));
      }
      group.settle();
      group.assertWhole();
    }
  }

  // Beside one of ours.

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 1"})
  void oneOfOursTakesItForTheOneItKnows(int number, int other) {
    World world = new World(3);
    Member a = world.join("a", number, CONFIG);
    Member b = world.join("b", other, CONFIG);
    world.run(20 * SECONDS);
    b.events.clear();
    goOn(a);
    assertThat(world.runUntil(world::allAgree, SECONDS)).isLessThan(100 * MILLIS);
    assertThat(b.events.toString()).doesNotContain("PeerLost", "PeerLive", "Unsecured");
    world.run(20 * SECONDS);
    assertThat(world.allAgree()).isTrue();
  }

  @Test
  void whateverIsRememberedAndLostAQuietNetworkIsSecured() {
    for (int seed = 1; seed <= 5 * SEEDS; seed++) {
      World world = new World(seed);
      List<List<FormerLife>> memories = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        world.join("m" + i, i, CONFIG);
      }
      world.loss = world.random().nextDouble() * 0.4;
      for (int times = 0; times < 8; times++) {
        world.run(world.random().nextLong(4 * SECONDS));
        Member member = world.members.get(world.random().nextInt(3));
        memories.add(member.port.lives());
        List<FormerLife> some = memories.get(world.random().nextInt(memories.size()));
        member.crash();
        world.run(world.random().nextLong(2 * SECONDS));
        member.start(some);
      }
      world.loss = 0;
      world.runUntil(world::allAgree, 20 * SECONDS);
      world.run(20 * SECONDS);
      assertThat(world.allAgree()).as("seed %d", seed).isTrue();
    }
  }

  private static List<FormerLife> goOn(Member member) {
    List<FormerLife> lives = member.port.lives();
    member.crash();
    member.start(lives);
    return lives;
  }

  // What it says.

  @Test
  void noMessageNumberAndNoKeyNumberComesAgain() {
    World world = new World(4);
    Member a = world.join("a", 1, CONFIG);
    world.join("b", 2, CONFIG);
    world.run(10 * SECONDS);
    for (int i = 0; i < 5; i++) {
      goOn(a);
      world.run(10 * SECONDS);
    }
    List<Mkpdu> all = ScriptedPeer.all(a);
    assertThat(all).extracting(mkpdu -> mkpdu.basic().actorMemberIdentifier()).containsOnly(mi(a));
    long before = 0;
    Set<Long> keyNumbers = new HashSet<>();
    for (Mkpdu mkpdu : all) {
      long number = mkpdu.basic().actorMessageNumber();
      assertThat(number).isEqualTo(before + 1);
      before = number;
      mkpdu.distributedSak().ifPresent(sak -> keyNumbers.add(sak.keyNumber()));
    }
    assertThat(keyNumbers).hasSize(6);
  }

  private static MemberIdentifier mi(Member member) {
    return member.port.status().memberIdentifier();
  }

  /** Nothing is said of it to those who do not know us yet: they would take fright. */
  @Test
  void theKeyOfBeforeIsUsedUpForThoseWhoKnowUs() {
    World world = new World(5);
    Member a = world.join("a", 1, CONFIG);
    Member b = world.join("b", 2, CONFIG);
    world.run(10 * SECONDS);
    FormerLife.HeldKey held = goOn(b).get(0).key().orElseThrow();
    assertThat(held.identifier()).isEqualTo(a.port.status().latest().orElseThrow().identifier());
    assertThat(ScriptedPeer.last(b).sakUse()).isEmpty();
    world.run(5 * MILLIS);
    List<KeyUse> said =
        ScriptedPeer.all(b).stream()
            .flatMap(mkpdu -> mkpdu.sakUse().stream())
            .map(use -> use.old())
            .filter(use -> use.lowestPn() == PacketNumber.MAX_32.value())
            .toList();
    assertThat(said)
        .isNotEmpty()
        .allMatch(use -> use.key().equals(held.identifier()))
        .allMatch(use -> use.associationNumber() == held.an())
        .noneMatch(use -> use.transmits() || use.receives());
    b.sent.clear();
    world.run(10 * SECONDS);
    assertThat(ScriptedPeer.all(b))
        .extracting(mkpdu -> mkpdu.sakUse().orElseThrow().latest().receives())
        .containsOnly(true);
  }

  /** What was sent in the former life proves nothing: it may come from a recording. */
  @Test
  void aListOfTheFormerLifeProvesNothing() {
    World world = new World(6);
    Member a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = new ScriptedPeer(CONFIG, 2, "0102030405060708090a0b0c");
    a.frame(peer.says(ScriptedPeer.live(a)));
    byte[] recorded = peer.says(ScriptedPeer.live(a));
    List<FormerLife> lives = goOn(a);
    a.frame(recorded);
    assertThat(a.port.status().livePeers()).isEmpty();
    a.frame(peer.says(ScriptedPeer.live(a, lives.get(0).messageNumber() + 1)));
    assertThat(a.port.status().livePeers()).hasSize(1);
  }

  // What is remembered wrongly.

  /** As when the memory is older than what the peers heard; their lists tell. */
  @Test
  void whoIsTakenForReplayedBeginsAnewAtOnce() {
    World world = new World(7);
    Member a = world.join("a", 1, CONFIG);
    Member b = world.join("b", 2, CONFIG);
    world.run(SECONDS);
    List<FormerLife> old = b.port.lives();
    world.run(60 * SECONDS);
    b.crash();
    b.start(old);
    world.run(MILLIS);
    assertThat(a.port.status().counters().dropped(DropReason.REPLAYED)).isPositive();
    assertThat(mi(b)).isEqualTo(old.get(0).memberIdentifier());
    assertThat(world.runUntil(world::allAgree, 10 * SECONDS)).isLessThan(2100 * MILLIS);
    assertThat(mi(b)).isNotEqualTo(old.get(0).memberIdentifier());
  }

  @Test
  void withoutKeyNumbersLeftItBeginsAnew() {
    World world = new World(11);
    Member a = world.add("a", 1, CONFIG);
    MemberIdentifier former = MemberIdentifier.parse("ab".repeat(12));
    Ckn ckn = CONFIG.keys().get(0).ckn();
    a.start(List.of(new FormerLife(ckn, a.sci, former, 5, 0xFFFF_FFFFL, Optional.empty())));
    assertThat(mi(a)).isNotEqualTo(former);
  }

  @Test
  void whoFindsNobodyBeginsAnewOnce() {
    World world = new World(8);
    Member a = world.join("a", 1, CONFIG);
    world.run(SECONDS);
    MemberIdentifier before = mi(a);
    goOn(a);
    world.run(9 * SECONDS);
    assertThat(mi(a)).isEqualTo(before);
    world.run(3 * SECONDS);
    MemberIdentifier fresh = mi(a);
    assertThat(fresh).isNotEqualTo(before);
    world.run(60 * SECONDS);
    assertThat(mi(a)).isEqualTo(fresh);
    world.join("b", 2, CONFIG);
    world.runUntil(world::allAgree, 3 * SECONDS);
  }

  @Test
  void whatIsRememberedOfOtherKeysOrScisIsNotUsed() {
    World world = new World(9);
    Member a = world.add("a", 1, CONFIG);
    MemberIdentifier stranger = MemberIdentifier.parse("ab".repeat(12));
    Ckn ckn = CONFIG.keys().get(0).ckn();
    a.start(
        List.of(
            new FormerLife(Ckn.parse("ff"), a.sci, stranger, 5, 6, Optional.empty()),
            new FormerLife(ckn, World.sci(2), stranger, 5, 6, Optional.empty())));
    assertThat(mi(a)).isNotEqualTo(stranger);
    BasicParameterSet basic = ScriptedPeer.last(a).basic();
    assertThat(basic.actorMessageNumber()).isEqualTo(1);
  }

  @Test
  void aPortThatRunsGoesOnWithNothing() {
    World world = new World(10);
    Member a = world.join("a", 1, CONFIG);
    List<FormerLife> lives = a.port.lives();
    assertThatThrownBy(() -> a.port.goOn(lives)).isInstanceOf(IllegalStateException.class);
  }
}
