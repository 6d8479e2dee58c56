package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.RekeyReason;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.OctetString;

/** Several CAKs on a port: no frame is lost when one takes the place of another. */
class RollOverTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final Map<String, Integer> lost = World.counter();

  private static PreSharedKey key(int number) {
    return PreSharedKey.of(
        Ckn.parse(String.format("%02x", number)), Cak.parse(String.format("%032x", number + 1)));
  }

  private static MkaConfig config(PreSharedKey... keys) {
    return MkaConfig.builder().keys(keys).build();
  }

  private static Ckn principal(Member member) {
    return member.port.status().ckn();
  }

  private World pair(MkaConfig first, MkaConfig second) {
    World world = new World(1);
    world.tracing = true;
    world.join("a", 1, first);
    world.join("b", 2, second);
    world.runUntil(world::allAgree, SECONDS);
    world.traffic(MILLIS, lost);
    return world;
  }

  private void assertMovedTo(World world, Ckn ckn) {
    if (!lost.isEmpty()) {
      throw world.failure("lost " + lost);
    }
    assertThat(world.allAgree()).isTrue();
    assertThat(world.members).allMatch(member -> principal(member).equals(ckn));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aKeyIsReplacedOnOneSideAfterTheOther(int first) {
    World world = pair(config(key(1)), config(key(1)));
    Member earlier = world.members.get(first);
    Member later = world.members.get(1 - first);
    earlier.tell(port -> port.replaceKey(world.now(), key(1).ckn(), key(2)));
    world.run(10 * SECONDS);
    assertThat(principal(earlier)).isEqualTo(key(1).ckn());
    later.tell(port -> port.replaceKey(world.now(), key(1).ckn(), key(2)));
    world.run(20 * SECONDS);
    assertMovedTo(world, key(2).ckn());
    assertThat(earlier.port.keys()).containsExactly(key(2));
    assertThat(later.port.keys()).containsExactly(key(2));
    assertThat(earlier.events)
        .contains(new MkaEvent.KeyEnded(key(1).ckn(), MkaEvent.KeyEnded.Cause.REPLACED));
    assertThat(earlier.count(MkaEvent.Unsecured.class)).isZero();
    assertThat(world.members.get(0).events)
        .contains(new MkaEvent.RekeyStarted(RekeyReason.OTHER_CA));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void theFallbackKeyCarriesOnWhenThePrimaryOneFailsOnOneSideAndGivesBackAfterwards(int changed) {
    World world = pair(config(key(1), key(2).asFallback()), config(key(1), key(2).asFallback()));
    assertMovedTo(world, key(1).ckn());
    world.members.get(changed).tell(port -> port.removeKey(world.now(), key(1).ckn()));
    world.run(20 * SECONDS);
    assertMovedTo(world, key(2).ckn());
    world.members.get(changed).tell(port -> port.addKey(world.now(), key(1)));
    world.run(20 * SECONDS);
    assertMovedTo(world, key(1).ckn());
  }

  @Test
  void aKeyChainMovesOnWhileTheClocksOfBothSidesDiffer() {
    PreSharedKey first = key(1).validUntil(NOON.plusSeconds(120));
    PreSharedKey second = key(2).validFrom(NOON.plusSeconds(60)).validUntil(NOON.plusSeconds(240));
    PreSharedKey third = key(3).validFrom(NOON.plusSeconds(180));
    World world = new World(1);
    world.tracing = true;
    Member a = world.join("a", 1, config(first, second, third));
    Member b = world.join("b", 2, config(third, second, first));
    assertThat(a.port.status().livePeers()).isEmpty();
    a.tell(port -> port.handleClock(world.now(), NOON));
    b.tell(port -> port.handleClock(world.now(), NOON.plusSeconds(20)));
    world.runUntil(world::allAgree, SECONDS);
    world.traffic(MILLIS, lost);
    assertMovedTo(world, first.ckn());
    world.runTo(90 * SECONDS);
    assertMovedTo(world, second.ckn());
    world.runTo(150 * SECONDS);
    assertMovedTo(world, second.ckn());
    assertThat(a.port.keys()).containsExactly(third, second);
    world.runTo(300 * SECONDS);
    assertMovedTo(world, third.ckn());
    assertThat(a.port.keys()).containsExactly(third);
    assertThat(a.count(MkaEvent.Unsecured.class)).isZero();
  }

  @Test
  void aStepOfTheClockMovesTheTimesOfKeysAndNothingElse() {
    PreSharedKey next = key(2).validFrom(NOON.plusSeconds(3600));
    World world = pair(config(key(1), next), config(key(1), next));
    world.members.forEach(m -> m.tell(port -> port.handleClock(world.now(), NOON)));
    world.run(10 * SECONDS);
    assertMovedTo(world, key(1).ckn());
    for (Member member : world.members) {
      member.tell(port -> port.handleClock(world.now(), NOON.plusSeconds(7200)));
    }
    world.run(10 * SECONDS);
    assertMovedTo(world, next.ckn());
    for (Member member : world.members) {
      member.tell(port -> port.handleClock(world.now(), NOON.minusSeconds(7200)));
    }
    world.run(60 * SECONDS);
    assertMovedTo(world, next.ckn());
    assertThat(world.members).allMatch(member -> member.count(MkaEvent.PeerLost.class) == 0);
  }

  @Test
  void membersThatPreferDifferentKeysMeet() {
    World world = pair(config(key(1), key(2)), config(key(2), key(1)));
    world.run(20 * SECONDS);
    assertMovedTo(world, key(1).ckn());
  }

  @Test
  void aGroupMovesMemberByMember() {
    World world = new World(1);
    world.tracing = true;
    for (int i = 1; i <= 4; i++) {
      world.join("m" + i, i, config(key(1)));
    }
    world.runUntil(world::allAgree, SECONDS);
    world.traffic(MILLIS, lost);
    for (int i : new int[] {2, 0, 3, 1}) {
      world.members.get(i).tell(port -> port.replaceKey(world.now(), key(1).ckn(), key(2)));
      world.run(3 * SECONDS);
    }
    world.run(20 * SECONDS);
    assertMovedTo(world, key(2).ckn());
  }

  @Test
  void aMemberOfAGroupThatLacksThePrimaryKeyIsNotCutOff() {
    World world = new World(1);
    world.join("a", 1, config(key(1), key(2).asFallback()));
    world.join("b", 2, config(key(1), key(2).asFallback()));
    Member c = world.join("c", 3, config(key(2)));
    world.run(10 * SECONDS);
    world.traffic(MILLIS, lost);
    assertMovedTo(world, key(2).ckn());
    c.tell(port -> port.replaceKey(world.now(), key(2).ckn(), key(1)));
    world.run(10 * SECONDS);
    assertMovedTo(world, key(1).ckn());
  }

  @Test
  void aBadSakOfAnotherCaDoesNotMoveThePrincipal() {
    MkaConfig config = config(key(1), key(2).asFallback());
    World world = pair(config, config);
    Member b = world.members.get(1);
    ScriptedPeer forger = new ScriptedPeer(config(key(2)), 0, "00000000000000000000000f");
    forger.priority = 0;
    b.frame(forger.says());
    b.frame(forger.says(ScriptedPeer.live(b, key(2).ckn())));
    b.frame(
        forger.says(
            ScriptedPeer.live(b, key(2).ckn()),
            DistributedSak.of(
                AssociationNumber.AN_2,
                ConfidentialityOffset.OFFSET_0,
                1,
                CipherSuite.GCM_AES_128,
                OctetString.of(new byte[24]))));
    assertThat(b.port.status().counters().dropped(DropReason.SAK_UNWRAP_FAILED)).isEqualTo(1);
    world.run(SECONDS);
    assertMovedTo(world, key(1).ckn());
  }

  @Test
  void theOnlyKeyTakenAwayClosesThePort() {
    World world = pair(config(key(1)), config(key(1)));
    Member a = world.members.get(0);
    a.tell(port -> port.removeKey(world.now(), key(1).ckn()));
    assertThat(a.isSecured()).isFalse();
    assertThat(a.secy.isEmpty()).isTrue();
    int sent = a.sent.size();
    world.run(10 * SECONDS);
    assertThat(a.sent).hasSize(sent);
    assertThat(world.members.get(1).isSecured()).isFalse();
  }

  @Test
  void aKeyThatComesBackHasAnotherMemberIdentifier() {
    World world = pair(config(key(1)), config(key(1)));
    Member a = world.members.get(0);
    MemberIdentifier before = a.port.status().memberIdentifier();
    a.tell(port -> port.removeKey(world.now(), key(1).ckn()));
    a.tell(port -> port.addKey(world.now(), key(1)));
    world.run(SECONDS);
    assertThat(world.allAgree()).isTrue();
    assertThat(a.port.status().memberIdentifier()).isNotEqualTo(before);
  }

  /** Its packet numbers would begin anew; StubSecy fails the test when it is installed again. */
  @Test
  void aSakIsNotTakenAgainUnderAKeyThatCameBack() {
    World world = new World(1);
    Member a = world.join("a", 2, config(key(1)));
    ScriptedPeer server = new ScriptedPeer(config(key(1)), 1, "00000000000000000000000f");
    server.priority = 0;
    for (int i = 0; i < 2; i++) {
      a.tell(port -> port.removeKey(world.now(), key(1).ckn()));
      a.tell(port -> port.addKey(world.now(), key(1)));
      a.frame(server.says());
      world.run(MILLIS);
      a.frame(
          server.says(
              ScriptedPeer.live(a, key(1).ckn()),
              DistributedSak.of(
                  AssociationNumber.AN_1,
                  ConfidentialityOffset.OFFSET_0,
                  1,
                  CipherSuite.GCM_AES_128,
                  OctetString.of(server.keys.wrap(new byte[16])))));
      world.run(3 * SECONDS);
    }
    assertThat(a.port.status().counters().dropped(DropReason.SAK_REUSED)).isEqualTo(1);
    assertThat(a.count(MkaEvent.SakReceived.class)).isEqualTo(1);
  }

  @Test
  void aKeyThatIsNotValidIsNotSpoken() {
    PreSharedKey later = key(1).validFrom(NOON.plusSeconds(60));
    World world = new World(1);
    Member a = world.join("a", 1, config(later));
    Member b = world.join("b", 2, config(key(1)));
    world.run(10 * SECONDS);
    assertThat(a.sent).isEmpty();
    assertThat(a.port.status().counters().dropped(DropReason.KEY_NOT_VALID)).isPositive();
    a.tell(port -> port.handleClock(world.now(), NOON));
    world.run(59 * SECONDS);
    assertThat(a.sent).isEmpty();
    world.run(3 * SECONDS);
    assertThat(b.isSecured()).isTrue();
    assertThat(a.events).contains(new MkaEvent.KeyStarted(key(1).ckn()));
  }

  @Test
  void aKeyOfACaThatIsNoMoreIsNotUsedForever() {
    MkaConfig config = config(key(1), key(2).asFallback());
    World world = pair(config, config);
    Member a = world.members.get(0);
    world.members.get(1).crash();
    ScriptedPeer idle = new ScriptedPeer(config(key(2)), 0, "00000000000000000000000f");
    idle.priority = 0;
    for (int i = 0; i < 40; i++) {
      a.frame(idle.says(ScriptedPeer.live(a, key(2).ckn())));
      if (i == 1) {
        a.tell(port -> port.removeKey(world.now(), key(1).ckn()));
        assertThat(a.isSecured()).isTrue();
      }
      world.run(SECONDS);
    }
    assertThat(a.port.status().livePeers()).hasSize(1);
    assertThat(a.isSecured()).isFalse();
  }

  @Test
  void aKeyWithATakenNameOrWithoutOctetsIsRefused() {
    World world = pair(config(key(1)), config(key(1)));
    PreSharedKey bad = key(1);
    bad.destroy();
    assertThatThrownBy(() -> world.members.get(0).port.addKey(world.now(), bad))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class, e -> assertThat(e.problems()).hasSize(2));
    assertThatThrownBy(() -> key(1).validFrom(NOON).validUntil(NOON))
        .hasMessageContaining("is not after");
  }

  /** A key that all share stays; the others come and go on each side at any time. */
  @net.jqwik.api.Tag("search")
  @Property(tries = 40)
  void noFrameIsLostInAGroupWhateverKeysComeAndGo(@ForAll long seed) {
    comingAndGoing(seed, 3);
  }

  /** The same between two. */
  @net.jqwik.api.Tag("search")
  @Property(tries = 40)
  void noFrameIsLostBetweenTwoWhateverKeysComeAndGo(@ForAll long seed) {
    comingAndGoing(seed, 2);
  }

  private static void comingAndGoing(long seed, int members) {
    SplittableRandom random = new SplittableRandom(seed);
    World world = new World(seed);
    Map<String, Integer> losses = World.counter();
    for (int i = 0; i < members; i++) {
      world.join("m" + i, 1 + i, config(key(0).asFallback(), key(1)));
    }
    world.runUntil(world::allAgree, SECONDS);
    world.traffic(MILLIS, losses);
    for (int i = 0; i < 12; i++) {
      Member member = world.members.get(random.nextInt(members));
      PreSharedKey one = key(1 + random.nextInt(3));
      PreSharedKey other = key(1 + random.nextInt(3));
      int kind = random.nextInt(3);
      member.tell(port -> change(port, world.now(), kind, one, other));
      world.run(random.nextLong(1, random.nextBoolean() ? 20 * MILLIS : 10 * SECONDS));
      if (members > 2 && kind == 0) {
        // The others find out after a life time; until then a join needs what one cannot have.
        world.run(7 * SECONDS);
      }
    }
    world.run(30 * SECONDS);
    if (!losses.isEmpty() || !world.allAgree()) {
      throw world.failure("lost " + losses);
    }
  }

  private static void change(
      MkaPort port, long now, int kind, PreSharedKey one, PreSharedKey other) {
    List<Ckn> names = port.keys().stream().map(PreSharedKey::ckn).toList();
    if (kind == 0) {
      port.removeKey(now, one.ckn());
    } else if (!names.contains(one.ckn())) {
      if (kind == 1) {
        port.addKey(now, one);
      } else {
        port.replaceKey(now, other.ckn(), one);
      }
    }
  }

  /** What the others use under the old key they say in the old CA alone. */
  @Tag("search")
  @Test
  void aKeyServerThatRestartsDuringARollOverTakesNoAssociationNumberThatIsInUse() {
    MkaConfig both = config(key(2), key(1));
    for (long after = 0; after < 40; after++) {
      World world = new World(after);
      world.tracing = true;
      Member a = world.join("a", 1, config(key(1)));
      Member b = world.join("b", 2, config(key(1)));
      Member c = world.join("c", 3, config(key(1)));
      world.runUntil(world::allAgree, SECONDS);
      a.crash();
      world.run(7 * SECONDS);
      Map<String, Integer> missed = World.counter();
      world.traffic(MILLIS / 2, missed);
      b.tell(port -> port.replaceKey(world.now(), key(1).ckn(), key(2)));
      c.tell(port -> port.replaceKey(world.now(), key(1).ckn(), key(2)));
      world.run(after * MILLIS / 4);
      Member back = world.join("a2", 1, both);
      assertThat(back.sci).isEqualTo(a.sci);
      world.members.remove(a);
      world.run(8 * SECONDS);
      if (!missed.isEmpty() || !world.allAgree()) {
        throw world.failure("lost " + missed);
      }
    }
  }
}
