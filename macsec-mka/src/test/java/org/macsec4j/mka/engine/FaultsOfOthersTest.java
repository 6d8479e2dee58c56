package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.ScriptedPeer.last;
import static org.macsec4j.mka.engine.ScriptedPeer.live;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.MacsecException;
import org.macsec4j.SecyCommand;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.RekeyReason;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;

/**
 * Faults that implementations of MKA were seen to have, and that have no place among the other
 * tests. The table of all of them, with the test of each, is in ARCHITECTURE.md.
 */
class FaultsOfOthersTest {
  private static final MkaConfig CONFIG = Configs.group(128);

  private final World world = new World(71);

  /**
   * A key server that makes no key within six seconds of the last one, and forgets that it was
   * asked, leaves a member without a key for good.
   */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 10, 1000, 3000, 5999})
  void aRekeyIsNotForgottenWhenTheLastSakIsYoung(long millis) {
    Member a = world.join("a", 1, CONFIG);
    world.join("b", 2, CONFIG);
    world.runUntil(world::allAgree, SECONDS);
    Map<String, Integer> lost = World.counter();
    world.traffic(MILLIS, lost);
    world.run(millis * MILLIS);
    a.rekey();
    world.run(SECONDS);
    assertThat(a.events).contains(new MkaEvent.RekeyStarted(RekeyReason.COMMAND));
    assertThat(a.port.status().latest().orElseThrow().identifier().keyNumber()).isEqualTo(2);
    assertThat(world.allAgree()).isTrue();
    assertThat(lost).isEmpty();
  }

  /**
   * A machine that waits for the transmit SA of its latest key waits forever when that SA is gone,
   * and the key server then never tells a key again.
   */
  @Test
  void theMachineLeavesTransmitWhenItsTransmitSaVanishesWhileThePeerComesAnew() {
    for (int step = 0; step < 12; step++) {
      World each = new World(72);
      each.tracing = true;
      Member a = each.join("a", 1, CONFIG);
      Member b = each.join("b", 2, CONFIG);
      each.runUntil(each::allAgree, SECONDS);
      a.commandDelay = 3 * MILLIS;
      a.rekey();
      each.run(step * MILLIS);
      b.restart();
      loseTransmitSaOnce(a);
      each.run(10 * SECONDS);
      a.rekey();
      each.run(5 * SECONDS);
      if (!each.allAgree()) {
        throw each.failure("wedged at step " + step);
      }
    }
  }

  private static void loseTransmitSaOnce(Member member) {
    boolean[] lost = {false};
    member.secy.failure =
        command -> {
          boolean selects = command instanceof SecyCommand.SelectTransmitSa && !lost[0];
          lost[0] |= selects;
          return selects ? new MacsecException(MacsecException.Kind.NOT_FOUND, "vanished") : null;
        };
  }

  /** A key server that forgets a peer and begins its key numbers anew names two keys alike. */
  @Test
  void keyNumbersGoOnWhenAPeerWasForgottenAndComesBack() {
    Member a = world.join("a", 1, CONFIG);
    world.join("b", 2, CONFIG);
    for (int i = 0; i < 4; i++) {
      world.cut = (from, to) -> false;
      world.runUntil(world::allAgree, 5 * SECONDS);
      world.cut = (from, to) -> true;
      world.run(10 * SECONDS);
      assertThat(a.port.status().peers()).isEmpty();
    }
    List<MkaKeyIdentifier> keys =
        a.events.stream()
            .filter(MkaEvent.SakDistributed.class::isInstance)
            .map(event -> ((MkaEvent.SakDistributed) event).key())
            .toList();
    assertThat(keys).hasSizeGreaterThanOrEqualTo(4).doesNotHaveDuplicates();
  }

  /** A key identifier whose key number is in the order of the host's octets is another key. */
  @Test
  void aKeyNumberInTheWrongOrderOfOctetsIsAnotherKey() {
    Member a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = new ScriptedPeer(CONFIG, 2, "0102030405060708090a0b0c");
    a.frame(peer.says(live(a)));
    world.run(MILLIS);
    DistributedSak sak = last(a).distributedSak().orElseThrow();
    long reversed = Integer.reverseBytes((int) sak.keyNumber()) & 0xFFFF_FFFFL;
    a.frame(peer.says(live(a), inUse(a, sak, reversed)));
    world.run(MILLIS);
    assertThat(a.isSecured()).isFalse();
    a.frame(peer.says(live(a), inUse(a, sak, sak.keyNumber())));
    assertThat(a.isSecured()).isTrue();
  }

  private static MacsecSakUse inUse(Member server, DistributedSak sak, long keyNumber) {
    MkaKeyIdentifier key = new MkaKeyIdentifier(server.port.status().memberIdentifier(), keyNumber);
    KeyUse use = new KeyUse(sak.associationNumber(), true, true, key, 1);
    return MacsecSakUse.of(use, KeyUse.NONE, false, false, false);
  }

  /** Two that both lead after a key server left send under keys that nobody else has. */
  @Test
  void onlyOneLeadsAfterTheKeyServerLeftAGroup() {
    Member a = world.join("a", 1, CONFIG);
    for (int i = 2; i <= 5; i++) {
      world.join("m" + i, i, CONFIG);
    }
    world.runUntil(world::allAgree, SECONDS);
    world.run(SECONDS);
    a.crash();
    long before = keysMade();
    for (int i = 0; i < 15_000; i++) {
      world.run(MILLIS);
      assertThat(world.members.stream().filter(FaultsOfOthersTest::leads).count())
          .isLessThanOrEqualTo(1);
    }
    assertThat(world.allAgree()).isTrue();
    assertThat(keysMade() - before).isBetween(1L, 3L);
  }

  private static boolean leads(Member member) {
    return member.isUp() && member.port.status().self();
  }

  private long keysMade() {
    return world.members.stream()
        .filter(Member::isUp)
        .mapToLong(member -> member.port.status().counters().saksGenerated())
        .sum();
  }
}
