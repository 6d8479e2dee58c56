package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.ScriptedPeer.last;
import static org.macsec4j.mka.engine.ScriptedPeer.live;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.Mkpdu;

/** What is answered at once, what a moment later, and how long keys that gave way are kept. */
class AnswerTimesTest {
  private static final MkaConfig CONFIG = Configs.group(128);

  private final World world = new World(74);

  private static ScriptedPeer peer(int number) {
    return new ScriptedPeer(CONFIG, number, String.format("%024x", number));
  }

  /** How many MKPDUs a frame brings forth before any time passes. */
  private static int answersAtOnce(Member to, byte[] frame) {
    int before = to.sent.size();
    to.frame(frame);
    return to.sent.size() - before;
  }

  @Test
  void aKeyThatIsNotTakenIsToldAgainWhenTheAnswerToItCannotBeOnItsWayAnyMore() {
    Member a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = peer(2);
    a.frame(peer.says(live(a)));
    world.runTo(10 * MILLIS);
    assertThat(last(a).distributedSak()).isPresent();
    assertThat(answersAtOnce(a, peer.says(live(a)))).isZero();
    int sent = a.sent.size();
    world.runTo(70 * MILLIS - 1);
    assertThat(a.sent).hasSize(sent);
    world.runTo(70 * MILLIS);
    assertThat(a.sent).hasSize(sent + 1);
    assertThat(last(a).distributedSak()).isPresent();
    // Who speaks after 60 ms of silence is told at once.
    world.runTo(130 * MILLIS);
    assertThat(answersAtOnce(a, peer.says(live(a)))).isEqualTo(1);
    assertThat(last(a).distributedSak()).isPresent();
  }

  @Test
  void whoMissedNewsIsToldThemAgainAtOnceAndWhoHeardThemIsNot() {
    Member a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = peer(2);
    Mkpdu handsOut = takesKey(a, peer);
    world.run(SECONDS);
    MacsecSakUse use = use(handsOut, true);
    assertThat(answersAtOnce(a, peer.says(live(a), use))).isZero();
    assertThat(answersAtOnce(a, peer.says(live(a, 1), use))).isEqualTo(1);
    // The answer may be on its way now.
    world.run(59 * MILLIS);
    assertThat(answersAtOnce(a, peer.says(live(a, 1), use))).isZero();
    world.run(MILLIS);
    assertThat(answersAtOnce(a, peer.says(live(a, 1), use))).isEqualTo(1);
  }

  @Test
  void aKeyServerThatRepeatsAKeyIsToldAtOnceThatItIsReceived() {
    Member a = world.join("a", 2, CONFIG);
    ScriptedPeer server = peer(1);
    server.priority = 0;
    a.frame(server.says());
    world.run(MILLIS);
    DistributedSak sak = ForeignPeersTest.sak(server, 1);
    a.frame(server.says(live(a), sak));
    world.run(200 * MILLIS);
    assertThat(last(a).sakUse().orElseThrow().latest().receives()).isTrue();
    int sent = a.sent.size();
    world.runUntil(() -> a.sent.size() > sent, 3 * SECONDS);
    world.run(59 * MILLIS);
    assertThat(answersAtOnce(a, server.says(live(a), sak))).isZero();
    world.run(MILLIS);
    assertThat(answersAtOnce(a, server.says(live(a), sak))).isEqualTo(1);
  }

  // Keys that gave way.

  private Mkpdu takesKey(Member a, ScriptedPeer peer) {
    a.frame(peer.says(live(a)));
    world.run(2 * MILLIS);
    Mkpdu handsOut = last(a);
    a.frame(peer.says(live(a), use(handsOut, true)));
    assertThat(a.isSecured()).isTrue();
    world.run(10 * MILLIS);
    return handsOut;
  }

  private static KeyUse keyUse(Mkpdu handsOut, boolean transmits) {
    DistributedSak sak = handsOut.distributedSak().orElseThrow();
    MkaKeyIdentifier key =
        new MkaKeyIdentifier(handsOut.basic().actorMemberIdentifier(), sak.keyNumber());
    return new KeyUse(sak.associationNumber(), transmits, true, key, 1);
  }

  private static MacsecSakUse use(Mkpdu handsOut, boolean transmits) {
    return MacsecSakUse.of(keyUse(handsOut, transmits), KeyUse.NONE, false, false, false);
  }

  private static MacsecSakUse both(Mkpdu latest, boolean underLatest, Mkpdu old) {
    return MacsecSakUse.of(
        keyUse(latest, underLatest), keyUse(old, !underLatest), false, false, false);
  }

  @Test
  void theKeyBeforeIsKeptWhileAPeerSendsUnderItAndThreeSecondsAndTwoLifeTimesAtMost() {
    Member a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = peer(2);
    Mkpdu first = takesKey(a, peer);
    world.run(SECONDS);
    a.rekey();
    world.run(2 * MILLIS);
    Mkpdu second = last(a);
    a.frame(peer.says(live(a), both(second, false, first)));
    assertThat(a.secy.selected()).isEqualTo(AssociationNumber.AN_1);
    long begin = world.now();
    while (a.port.status().old().isPresent() && world.now() - begin < 30 * SECONDS) {
      world.run(100 * MILLIS);
      a.frame(peer.says(live(a), both(second, false, first)));
    }
    assertThat(world.now() - begin).isEqualTo(15 * SECONDS);
    // It is still received, as long as somebody says that it sends under it.
    world.run(5 * SECONDS);
    assertThat(a.count(MkaEvent.SakRetired.class)).isZero();
    a.frame(peer.says(live(a), both(second, true, first)));
    world.run(MILLIS);
    assertThat(a.count(MkaEvent.SakRetired.class)).isEqualTo(1);
  }

  @Test
  void theKeyBeforeIsReceivedForThreeSecondsAfterAllSendUnderTheNewOne() {
    Member a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = peer(2);
    Mkpdu first = takesKey(a, peer);
    world.run(SECONDS);
    a.rekey();
    world.run(2 * MILLIS);
    Mkpdu second = last(a);
    a.frame(peer.says(live(a), both(second, false, first)));
    world.run(10 * MILLIS);
    assertThat(a.port.status().old()).isPresent();
    a.frame(peer.says(live(a), both(second, true, first)));
    assertThat(a.port.status().old()).isEmpty();
    world.run(3 * SECONDS - 1);
    assertThat(a.count(MkaEvent.SakRetired.class)).isZero();
    world.run(1);
    assertThat(a.count(MkaEvent.SakRetired.class)).isEqualTo(1);
  }

  @Test
  void whoDoesNotTakeAKeyIsWaitedForLongerThanAHelloWhileAnotherKeyIsInUse() {
    Member a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = peer(2);
    ScriptedPeer slow = peer(3);
    peer.version = 3;
    slow.version = 3;
    a.frame(slow.says(live(a)));
    a.frame(peer.says(live(a)));
    world.run(5 * MILLIS);
    Mkpdu first = last(a);
    a.frame(slow.says(live(a), use(first, true)));
    a.frame(peer.says(live(a), use(first, true)));
    assertThat(a.isSecured()).isTrue();
    world.run(3 * SECONDS);
    a.rekey();
    world.run(2 * MILLIS);
    Mkpdu second = last(a);
    a.frame(peer.says(live(a), both(second, false, first)));
    AssociationNumber before = a.secy.selected();
    for (int i = 0; i < 38; i++) {
      world.run(100 * MILLIS);
      a.frame(peer.says(live(a), both(second, false, first)));
      a.frame(slow.says(live(a), use(first, true)));
    }
    // Where no key is in use, two seconds are enough.
    assertThat(a.secy.selected()).isEqualTo(before);
  }
}
