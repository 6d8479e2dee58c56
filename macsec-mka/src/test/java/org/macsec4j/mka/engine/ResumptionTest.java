package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.PacketNumber;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.FormerLife;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.Mkpdu;

/** A port goes on under the member identifier of one that was cut off. */
class ResumptionTest {
  private static final MkaConfig CONFIG = Configs.group(128);
  private static final int SEEDS = 20;

  // Beside one that does as wpa_supplicant does.

  /** At its tick it tells that it knows us, or where it leads makes a key, if it knows us still. */
  @ParameterizedTest
  @CsvSource({
    "50, 0, 2100", "50, 1, 2100", "50, 3, 4100", "50, 5, 4100", "50, 20, 3100",
    "200, 0, 2100", "200, 1, 2100", "200, 3, 2100", "200, 5, 4100", "200, 20, 4100"
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

  /** The SecYs of the world look out for a key that is transmitted with anew. */
  @Test
  void whateverIsLostNoKeyIsUsedAnewAndAQuietNetworkIsSecured() {
    for (int seed = 1; seed <= 10 * SEEDS; seed++) {
      World world = new World(seed);
      for (int i = 1; i <= 3; i++) {
        world.join("m" + i, i, CONFIG);
      }
      world.loss = world.random().nextDouble() * 0.4;
      for (int times = 0; times < 8; times++) {
        world.run(world.random().nextLong(4 * SECONDS));
        Member member = world.members.get(world.random().nextInt(3));
        Member.Memory memory = member.memory();
        member.crash();
        world.run(world.random().nextLong(times % 4 == 0 ? 12 * SECONDS : 2 * SECONDS));
        member.start(memory);
      }
      world.loss = 0;
      world.runUntil(world::allAgree, 20 * SECONDS);
      world.run(20 * SECONDS);
      assertThat(world.allAgree()).as("seed %d", seed).isTrue();
    }
  }

  private static Member.Memory memory(FormerLife... lives) {
    return new Member.Memory(List.of(lives), 0);
  }

  private static List<FormerLife> goOn(Member member) {
    Member.Memory memory = member.memory();
    member.crash();
    member.start(memory);
    return memory.lives();
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

  /** They wait for us a life time long after we spoke last. */
  @Test
  void theKeyOfBeforeIsUsedUpForThoseWhoKnowUs() {
    World world = new World(5);
    Member a = world.join("a", 1, CONFIG);
    Member b = world.join("b", 2, CONFIG);
    world.run(10 * SECONDS);
    FormerLife.HeldKey held = goOn(b).get(0).keys().get(0);
    assertThat(held.identifier()).isEqualTo(a.port.status().latest().orElseThrow().identifier());
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

  /** Those who do not know us, or no more, would take fright. */
  @ParameterizedTest
  @CsvSource({"0, true", "5999, true", "6000, false", "60000, false"})
  void itIsSaidAtOnceIfPeersMayKnowUsStill(long millisSince, boolean said) {
    World world = new World(12);
    world.join("a", 1, CONFIG);
    Member b = world.join("b", 2, CONFIG);
    world.run(10 * SECONDS);
    Member.Memory memory = new Member.Memory(b.port.lives(), world.now() - millisSince * MILLIS);
    b.crash();
    b.start(memory);
    assertThat(ScriptedPeer.last(b).sakUse().isPresent()).isEqualTo(said);
  }

  /** Who is heard says itself whether it knows us. */
  @Test
  void whoIsHeardAndDoesNotKnowUsIsNotToldOfTheKeyOfBefore() {
    World world = new World(13);
    world.join("a", 1, CONFIG);
    Member b = world.join("b", 2, CONFIG);
    world.run(10 * SECONDS);
    world.members.get(0).crash();
    goOn(b);
    assertThat(ScriptedPeer.last(b).sakUse()).isPresent();
    b.sent.clear();
    b.frame(new ScriptedPeer(CONFIG, 3, "0102030405060708090a0b0c").says());
    world.run(SECONDS);
    assertThat(ScriptedPeer.all(b)).isNotEmpty().allMatch(mkpdu -> mkpdu.sakUse().isEmpty());
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
    Member.Memory old = b.memory();
    world.run(60 * SECONDS);
    b.crash();
    b.start(new Member.Memory(old.lives(), world.now()));
    world.run(MILLIS);
    assertThat(a.port.status().counters().dropped(DropReason.REPLAYED)).isPositive();
    assertThat(mi(b)).isEqualTo(old.lives().get(0).memberIdentifier());
    assertThat(world.runUntil(world::allAgree, 10 * SECONDS)).isLessThan(2100 * MILLIS);
    assertThat(mi(b)).isNotEqualTo(old.lives().get(0).memberIdentifier());
  }

  @Test
  void whatWasRememberedForLongIsForgotten() {
    World world = new World(15);
    Member a = world.join("a", 1, CONFIG);
    MemberIdentifier before = mi(a);
    Member.Memory memory = a.memory();
    a.crash();
    a.start(new Member.Memory(memory.lives(), world.now() - 10 * SECONDS + 1));
    assertThat(mi(a)).isEqualTo(before);
    a.crash();
    a.start(new Member.Memory(memory.lives(), world.now() - 10 * SECONDS));
    assertThat(mi(a)).isNotEqualTo(before);
    assertThat(ScriptedPeer.last(a).basic().actorMessageNumber()).isEqualTo(1);
  }

  /** Packet numbers would begin anew; and under another name it is the same key. */
  @ParameterizedTest
  @ValueSource(longs = {0, 3_600})
  void noKeyOfBeforeIsTakenAgain(long secondsDown) {
    World world = new World(14);
    Member a = world.join("a", 2, CONFIG);
    ScriptedPeer server = server("0102030405060708090a0b0c");
    DistributedSak sak = ForeignPeersTest.sak(server, 7);
    a.frame(server.says(ScriptedPeer.live(a), sak));
    assertThat(a.port.status().latest()).isPresent();
    Member.Memory memory = a.memory();
    a.crash();
    world.run(secondsDown * SECONDS);
    a.start(memory);
    // Another time, before there is another key.
    a.crash();
    a.start(a.memory());
    a.frame(server.says(ScriptedPeer.live(a), sak));
    a.frame(server.says(ScriptedPeer.live(a), ForeignPeersTest.sak(server, 6)));
    ScriptedPeer renamed = server("1112131415161718191a1b1c");
    a.frame(renamed.says(ScriptedPeer.live(a), sak));
    assertThat(a.port.status().latest()).isEmpty();
    assertThat(a.port.status().counters().dropped(DropReason.SAK_REUSED)).isEqualTo(3);
    a.frame(renamed.says(ScriptedPeer.live(a), ForeignPeersTest.sak(renamed, 8)));
    assertThat(a.port.status().latest()).isPresent();
  }

  private static ScriptedPeer server(String memberIdentifier) {
    ScriptedPeer server = new ScriptedPeer(CONFIG, 1, memberIdentifier);
    server.priority = 0;
    return server;
  }

  @ParameterizedTest
  @CsvSource({"1, false", "70000, true"})
  void whoseLaterKeyAPeerHasBeginsAnewAtOnce(long later, boolean anew) {
    World world = new World(16);
    Member a = world.join("a", 1, CONFIG);
    MemberIdentifier before = mi(a);
    long made = goOn(a).get(0).keyNumber();
    ScriptedPeer peer = new ScriptedPeer(CONFIG, 2, "0102030405060708090a0b0c");
    a.frame(peer.says(ScriptedPeer.live(a), uses(new MkaKeyIdentifier(before, made + later))));
    assertThat(mi(a).equals(before)).isNotEqualTo(anew);
  }

  private static MacsecSakUse uses(MkaKeyIdentifier key) {
    KeyUse use = new KeyUse(AssociationNumber.AN_0, true, true, key, 1);
    return MacsecSakUse.of(use, KeyUse.NONE, false, false, false);
  }

  /** It may have had later ones of us, and say nothing of them. */
  @Test
  void whoseKeysAPeerDoesNotTakeBeginsAnewAfterAWhile() {
    World world = new World(17);
    Member a = world.join("a", 1, CONFIG);
    MemberIdentifier before = mi(a);
    goOn(a);
    ScriptedPeer peer = new ScriptedPeer(CONFIG, 2, "0102030405060708090a0b0c");
    for (int seconds = 0; seconds < 10; seconds++) {
      a.frame(peer.says(ScriptedPeer.live(a)));
      assertThat(mi(a)).isEqualTo(before);
      world.run(SECONDS);
    }
    assertThat(ScriptedPeer.last(a).distributedSak()).isPresent();
    a.frame(peer.says(ScriptedPeer.live(a)));
    world.run(SECONDS);
    assertThat(mi(a)).isNotEqualTo(before);
  }

  @Test
  void withoutKeyNumbersLeftItBeginsAnew() {
    World world = new World(11);
    Member a = world.add("a", 1, CONFIG);
    MemberIdentifier former = MemberIdentifier.parse("ab".repeat(12));
    Ckn ckn = CONFIG.keys().get(0).ckn();
    a.start(memory(new FormerLife(ckn, a.sci, former, 5, 0xFFFF_FFFFL, List.of())));
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
        memory(
            new FormerLife(Ckn.parse("ff"), a.sci, stranger, 5, 6, List.of()),
            new FormerLife(ckn, World.sci(2), stranger, 5, 6, List.of())));
    assertThat(mi(a)).isNotEqualTo(stranger);
    BasicParameterSet basic = ScriptedPeer.last(a).basic();
    assertThat(basic.actorMessageNumber()).isEqualTo(1);
  }

  @Test
  void aPortThatRunsGoesOnWithNothing() {
    World world = new World(10);
    Member a = world.join("a", 1, CONFIG);
    List<FormerLife> lives = a.port.lives();
    assertThatThrownBy(() -> a.port.goOn(lives, Duration.ZERO))
        .isInstanceOf(IllegalStateException.class);
  }
}
