package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.ScriptedPeer.last;
import static org.macsec4j.mka.engine.ScriptedPeer.live;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.RekeyReason;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.ParameterSet;
import org.macsec4j.mka.wire.PeerEntry;

/** For whom a key server waits before it makes a key, and how long. */
class KeyTimingTest {
  private static final MkaConfig CONFIG = Configs.group(128);
  private static final MemberIdentifier UNKNOWN = MemberIdentifier.parse("ee".repeat(12));

  private final World world = new World(72);
  private final Member a = world.join("a", 1, CONFIG);
  private final ScriptedPeer peer = new ScriptedPeer(CONFIG, 2, "0102030405060708090a0b0c");

  private long made() {
    return a.port.status().counters().saksGenerated();
  }

  private LivePeerList listing(MemberIdentifier other) {
    return new LivePeerList(java.util.List.of(live(a).peers().get(0), new PeerEntry(other, 1)));
  }

  private static MacsecSakUse uses(boolean latest) {
    MkaKeyIdentifier foreign = new MkaKeyIdentifier(UNKNOWN, 1);
    KeyUse use = new KeyUse(AssociationNumber.AN_2, true, true, foreign, 1);
    return latest
        ? MacsecSakUse.of(use, KeyUse.NONE, false, false, false)
        : MacsecSakUse.of(KeyUse.NONE, use, false, false, false);
  }

  @Test
  void theFirstKeyIsMadeAtOnceForThoseWhoAreKnown() {
    a.frame(peer.says(live(a)));
    assertThat(made()).isEqualTo(1);
  }

  @Test
  void whomAPeerKnowsIsWaitedForAMoment() {
    a.frame(peer.says(listing(UNKNOWN)));
    world.run(10 * MILLIS - 1);
    assertThat(made()).isZero();
    world.run(1);
    assertThat(made()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whileKeysAreInUseItIsWaitedForAHelloAndAHalf(boolean latest) {
    a.frame(peer.says(listing(UNKNOWN), uses(latest)));
    world.run(3 * SECONDS - 1);
    assertThat(made()).isZero();
    world.run(1);
    assertThat(made()).isEqualTo(1);
  }

  @Test
  void theWaitEndsWhenTheOneThatIsWaitedForIsLive() {
    ScriptedPeer other = new ScriptedPeer(CONFIG, 3, UNKNOWN.toString());
    other.version = 3;
    a.frame(peer.says(listing(UNKNOWN), uses(true)));
    world.run(SECONDS);
    a.frame(other.says());
    assertThat(made()).isZero();
    a.frame(other.says(live(a)));
    assertThat(made()).isEqualTo(1);
    assertThat(a.port.status().livePeers()).hasSize(2);
  }

  @Test
  void whoIsKnownToBeGoneIsNotWaitedFor() {
    ScriptedPeer gone = new ScriptedPeer(CONFIG, 3, UNKNOWN.toString());
    a.frame(gone.says(live(a)));
    world.run(7 * SECONDS);
    assertThat(a.port.status().livePeers()).isEmpty();
    long before = made();
    a.frame(peer.says(listing(UNKNOWN)));
    assertThat(made()).isEqualTo(before + 1);
  }

  /** Each says that it heard of the key before, so that its number may be given out again. */
  @Test
  void whoAnswersWithoutTakingAKeyHoldsUpNoNumber() {
    a.frame(peer.says(live(a)));
    for (int i = 2; i <= 6; i++) {
      a.frame(peer.says(live(a)));
      world.run(550 * MILLIS);
      a.rekey();
      world.run(MILLIS);
      assertThat(made()).isEqualTo(i);
    }
  }

  @Test
  void whoDoesNotAnswerHoldsUpTheNumbersOfItsKeysForALifeTime() {
    ParameterSet early = live(a);
    a.frame(peer.says(early));
    for (int i = 2; i <= 4; i++) {
      world.run(550 * MILLIS);
      a.rekey();
      world.run(MILLIS);
      assertThat(made()).isEqualTo(i);
    }
    long fourth = world.now();
    a.rekey();
    while (made() == 4) {
      a.frame(peer.says(early));
      world.run(100 * MILLIS);
    }
    // The first of them was made a life time before.
    assertThat(world.now() - fourth).isBetween(4 * SECONDS, 6 * SECONDS + 200 * MILLIS);
    assertThat(last(a).distributedSak().orElseThrow().associationNumber())
        .isEqualTo(AssociationNumber.AN_0);
  }

  // How soon the next key follows.

  private List<Long> madeAt(RekeyReason reason, int count) {
    List<Long> times = new ArrayList<>();
    long limit = world.now() + 400 * SECONDS;
    while (times.size() < count && world.now() < limit) {
      a.events.clear();
      if (world.now() % SECONDS == 0) {
        a.frame(peer.says(live(a)));
      }
      world.run(MILLIS);
      if (a.events.contains(new MkaEvent.RekeyStarted(reason))) {
        times.add(world.now() / MILLIS);
      }
    }
    return times;
  }

  /** Two hellos after it was told, then each time twice as long, and never longer than 64 s. */
  @Test
  void aKeyThatIsNotTakenIsReplacedEachTimeLater() {
    a.frame(peer.says(live(a)));
    assertThat(madeAt(RekeyReason.NOT_TAKEN, 7))
        .containsExactly(4_000L, 12_000L, 28_000L, 60_000L, 124_000L, 188_000L, 252_000L);
  }

  @Test
  void aKeyThatIsAskedForWhileOneIsUnderWayWaitsHalfASecond() {
    a.frame(peer.says(live(a)));
    a.rekey();
    world.run(500 * MILLIS - 1);
    assertThat(made()).isEqualTo(1);
    world.run(1);
    assertThat(made()).isEqualTo(2);
  }

  @Test
  void manyThatComeAtOnceGetFewKeysWhoseDistanceDoubles() {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      long before = made();
      ScriptedPeer next = new ScriptedPeer(CONFIG, 10 + i, String.format("%024x", 100 + i));
      next.version = 3;
      a.frame(next.says(live(a)));
      world.run(MILLIS);
      if (made() > before) {
        times.add((long) i);
      }
    }
    // After 2, 4 and 8 ms; a fifth one would need a number that nobody said to have let go.
    assertThat(times).containsExactly(0L, 1L, 5L, 13L);
  }
}
