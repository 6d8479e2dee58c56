package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.ScriptedPeer.live;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.PreSharedKey;

/** Which CA decides when the members of a group do not come to all CAs in the same moment. */
class PrincipalTest {
  private static final PreSharedKey PRIMARY = key(1);
  private static final PreSharedKey FALLBACK = key(2).asFallback();
  private static final MkaConfig BOTH = MkaConfig.builder().keys(PRIMARY, FALLBACK).build();

  private static PreSharedKey key(int number) {
    return PreSharedKey.of(
        Ckn.parse(String.format("%02x", number)), Cak.parse(String.format("%032x", number + 1)));
  }

  private static ScriptedPeer peer(PreSharedKey key, int number) {
    MkaConfig config = MkaConfig.builder().keys(key).build();
    String identifier = String.format("%s%02x", key.ckn(), number).repeat(6);
    return new ScriptedPeer(config, number, identifier);
  }

  private static Ckn principal(Member member) {
    return member.port.status().ckn();
  }

  /** One that speaks on a slow clock comes to both CAs later than others to one of them. */
  @Test
  void theDecisionDoesNotMoveBeforeWhoSpeaksThereAlreadyIsLiveThere() {
    World world = new World(61);
    Member server = world.join("a", 1, BOTH);
    ScriptedPeer slow = peer(FALLBACK, 2);
    server.frame(slow.says(live(server, FALLBACK.ckn())));
    world.run(MILLIS);
    assertThat(principal(server)).isEqualTo(FALLBACK.ckn());
    ScriptedPeer slowInPrimary = peer(PRIMARY, 2);
    server.frame(slowInPrimary.says());
    server.frame(peer(PRIMARY, 3).says(live(server, PRIMARY.ckn())));
    world.run(SECONDS);
    assertThat(principal(server)).isEqualTo(FALLBACK.ckn());
    server.frame(slowInPrimary.says(live(server, PRIMARY.ckn())));
    world.run(11 * MILLIS);
    assertThat(principal(server)).isEqualTo(PRIMARY.ckn());
  }

  /** Where nobody who is known already is on the way, the preferred CA decides a moment later. */
  @Test
  void theDecisionMovesToThePreferredCaWhenItHasAPeer() {
    World world = new World(61);
    Member server = world.join("a", 1, BOTH);
    server.frame(peer(FALLBACK, 2).says(live(server, FALLBACK.ckn())));
    world.run(MILLIS);
    server.frame(peer(PRIMARY, 3).says(live(server, PRIMARY.ckn())));
    world.run(9 * MILLIS);
    assertThat(principal(server)).isEqualTo(FALLBACK.ckn());
    world.run(2 * MILLIS);
    assertThat(principal(server)).isEqualTo(PRIMARY.ckn());
  }

  /** A member's MKPDUs of its CAs come one after the other; that moves nothing. */
  @Test
  void whoComesToOneCaFirstAndToTheOtherAMomentLaterMovesNothing() {
    World world = new World(61);
    Member server = world.join("a", 1, BOTH);
    server.frame(peer(PRIMARY, 2).says(live(server, PRIMARY.ckn())));
    server.frame(peer(FALLBACK, 2).says(live(server, FALLBACK.ckn())));
    world.run(MILLIS);
    server.frame(peer(FALLBACK, 3).says(live(server, FALLBACK.ckn())));
    world.run(MILLIS);
    server.frame(peer(PRIMARY, 3).says(live(server, PRIMARY.ckn())));
    world.run(SECONDS);
    assertThat(server.events).noneMatch(MkaEvent.PrincipalChanged.class::isInstance);
    assertThat(principal(server)).isEqualTo(PRIMARY.ckn());
  }

  /** The key that its CA was about to use must not be begun with when another CA takes over. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aKeyIsOnItsWayWhenAMemberLosesThePrimaryCak(int loser) {
    for (long gap = 1_000; gap <= 4_500; gap += 250) {
      World world = new World(62);
      for (int i = 1; i <= 3; i++) {
        world.join("m" + i, i, BOTH.toBuilder().rekeyOnPeerLoss(false).build());
      }
      world.runUntil(world::allAgree, SECONDS);
      world.run(4 * SECONDS);
      Map<String, Integer> lost = World.counter();
      world.traffic(MILLIS / 2, lost);
      world.members.get(loser).tell(port -> port.removeKey(world.now(), PRIMARY.ckn()));
      world.run(gap * MILLIS);
      world.members.get(loser == 0 ? 1 : 0).rekey();
      world.run(8 * SECONDS);
      assertThat(lost).as("asked for a key after %d ms", gap).isEmpty();
      assertThat(world.members).allMatch(member -> principal(member).equals(FALLBACK.ckn()));
    }
  }
}
