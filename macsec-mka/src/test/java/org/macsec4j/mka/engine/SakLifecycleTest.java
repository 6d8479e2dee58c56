package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.CipherSuite.GCM_AES_128;
import static org.macsec4j.CipherSuite.GCM_AES_256;
import static org.macsec4j.mka.engine.Actors.hearsOf;
import static org.macsec4j.mka.engine.Actors.lists;
import static org.macsec4j.mka.engine.Actors.member;
import static org.macsec4j.mka.engine.Actors.peer;
import static org.macsec4j.mka.engine.Actors.theirs;
import static org.macsec4j.mka.engine.Actors.uses;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.PacketNumber;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.RekeyReason;
import org.macsec4j.mka.crypto.MkaKeys;

/** When a key server makes a key, and what is in it. */
class SakLifecycleTest {
  private static final long HELLO = 2 * SECONDS;
  private static final long LIFE = 6 * SECONDS;
  private static final long INTERVAL = 3_600 * SECONDS;

  private static final MkaConfig ONE_SUITE =
      Configs.group(128).toBuilder().rekeyInterval(Duration.ofNanos(INTERVAL)).build();

  private static final MkaConfig CONFIG =
      ONE_SUITE.toBuilder()
          .cipherSuites(GCM_AES_256, GCM_AES_128)
          .assumedCipherSuites(GCM_AES_256, GCM_AES_128)
          .build();

  private final CountingEntropy entropy = new CountingEntropy();
  private PortContext context = new PortContext(CONFIG, World.sci(1), entropy);
  private final ActorIdentity identity = new ActorIdentity(entropy, LIFE);
  private final ControlledPort port = mock(ControlledPort.class);
  private final AssociationNumberChoice choice = mock(AssociationNumberChoice.class);
  private final TimerTable<ParticipantTimer> timers =
      new TimerTable<>(ParticipantTimer.values().length);
  private Peer peer = peer(2);
  private Peer other = peer(3);
  private MkaParticipant owner;
  private SakLifecycle lifecycle;
  private @Nullable Sak newest;
  private long now = 100 * SECONDS;

  /** Octets that never come again, as of a good source, and known before, as of a bad one. */
  private static final class CountingEntropy implements EntropySource {
    private byte next = 1;

    @Override
    public void fill(byte[] octets) {
      Arrays.fill(octets, next++);
    }
  }

  SakLifecycleTest() {
    when(port.newest()).thenAnswer(call -> newest);
    when(port.choice()).thenReturn(choice);
    when(port.isSettled()).thenReturn(true);
    when(choice.next(anyLong())).thenReturn(AssociationNumber.AN_0);
    doAnswer(call -> newest = call.getArgument(0)).when(port).offer(any());
    with(peer, other);
  }

  /** Begins with these live peers. */
  private void with(Peer... live) {
    owner = Actors.participant(live);
    PeerTable peers = owner.peers();
    when(owner.identity()).thenReturn(identity);
    when(owner.suspension()).thenReturn(new Suspension(context, peers));
    PreSharedKey key = CONFIG.keys().get(0);
    lifecycle =
        new SakLifecycle(context, owner, port, key.cak(), MkaKeys.derive(key.cak(), key.ckn()));
  }

  /** Begins with one live peer and one suite, so that there is no lesser one to try. */
  private void withOneSuite(Peer only) {
    context = new PortContext(ONE_SUITE, World.sci(1), entropy);
    with(only);
  }

  /** The same peers, of whom one is another one now. */
  private void live(Peer... live) {
    PeerTable peers = Actors.peers(live);
    when(owner.peers()).thenReturn(peers);
  }

  private boolean serve() {
    return lifecycle.serve(now, timers);
  }

  private long timer() {
    return timers.deadline(ParticipantTimer.SAK);
  }

  /** A key is made, and all take it. */
  private Sak made() {
    assertThat(serve()).isTrue();
    taken();
    now += 2 * SECONDS;
    assertThat(serve()).isFalse();
    while (context.poll() != null) {
      // What was told of it.
    }
    return newest;
  }

  private void taken() {
    uses(peer, newest, true);
    uses(other, newest, true);
  }

  private @Nullable RekeyReason reason() {
    RekeyReason reason = null;
    for (MkaOutput output = context.poll(); output != null; output = context.poll()) {
      if (output instanceof MkaOutput.Event event
          && event.event() instanceof MkaEvent.RekeyStarted started) {
        reason = started.reason();
      }
    }
    return reason;
  }

  // What is made.

  @Test
  void theFirstKeyIsMadeAtOnceForAllWhoAreLive() {
    assertThat(serve()).isTrue();
    assertThat(newest.members())
        .containsExactlyInAnyOrder(identity.memberIdentifier(), member(2), member(3));
    assertThat(newest.suite()).isEqualTo(GCM_AES_256);
    assertThat(newest.identifier().keyServer()).isEqualTo(identity.memberIdentifier());
    assertThat(newest.identifier().keyNumber()).isEqualTo(1);
    assertThat(newest.isOurs()).isTrue();
    assertThat(newest.isUrgent()).isFalse();
    assertThat(newest.hasGap()).isFalse();
    assertThat(reason()).isEqualTo(RekeyReason.FIRST_KEY);
    verify(owner).news();
    verify(choice).handedOut(newest, now);
    assertThat(timer()).isEqualTo(TimerTable.NEVER);
    assertThat(context.counters.saksGenerated).isEqualTo(1);
  }

  /** The nonce alone makes two keys differ that are made by the same server with one number. */
  @Test
  void eachKeyIsMadeFromFreshEntropy() {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      with(peer, other);
      newest = null;
      assertThat(serve()).isTrue();
      assertThat(newest.identifier().keyNumber()).isEqualTo(1);
      keys.add(HexFormat.of().formatHex(newest.key().toByteArray()));
    }
    assertThat(keys).hasSize(5);
  }

  @Test
  void whoeverWaitsForAKeyMakesItUrgent() {
    made();
    Peer newcomer = peer(4);
    live(peer, other, newcomer);
    assertThat(serve()).isTrue();
    assertThat(reason()).isEqualTo(RekeyReason.NEW_MEMBER);
    assertThat(newest.isUrgent()).isTrue();
  }

  // Why.

  @Test
  void nothingIsDueUntilTheInterval() {
    Sak first = made();
    assertThat(timer()).isEqualTo(first.createdAt() + INTERVAL);
    now = first.createdAt() + INTERVAL - 1;
    assertThat(serve()).isFalse();
    assertThat(lifecycle.isResting()).isTrue();
    now++;
    assertThat(serve()).isTrue();
    assertThat(reason()).isEqualTo(RekeyReason.INTERVAL);
    assertThat(newest.isUrgent()).isFalse();
  }

  @Test
  void theKeyOfAnotherServerIsReplaced() {
    newest = theirs(owner, 1);
    taken();
    assertThat(serve()).isTrue();
    assertThat(reason()).isEqualTo(RekeyReason.NEW_KEY_SERVER);
    assertThat(newest.isUrgent()).isTrue();
  }

  @Test
  void theKeyOfAnotherCaIsReplaced() {
    newest = Actors.ours(Actors.participant(), 1);
    assertThat(serve()).isTrue();
    assertThat(reason()).isEqualTo(RekeyReason.OTHER_CA);
  }

  @Test
  void ourKeyOfAnIdentityBeforeIsNotOurs() {
    Sak first = made();
    assertThat(lifecycle.isMine(first)).isTrue();
    identity.renew();
    assertThat(lifecycle.isMine(first)).isFalse();
    assertThat(lifecycle.isResting()).isFalse();
    assertThat(serve()).isTrue();
    assertThat(reason()).isEqualTo(RekeyReason.NEW_KEY_SERVER);
  }

  @Test
  void aSuiteThatIsRefusedIsReplacedByTheNext() {
    made();
    lifecycle.refuse(GCM_AES_256);
    assertThat(serve()).isTrue();
    assertThat(reason()).isEqualTo(RekeyReason.CIPHER_SUITE);
    assertThat(newest.suite()).isEqualTo(GCM_AES_128);
    taken();
    lifecycle.refuse(GCM_AES_128);
    now += SECONDS;
    assertThat(serve()).isFalse();
    assertThat(lifecycle.hasNoCommonSuite()).isTrue();
    assertThat(serve()).isFalse();
    assertThat(context.counters.sakGenerationFailures).isEqualTo(1);
    lifecycle.rest(timers);
    assertThat(lifecycle.hasNoCommonSuite()).isFalse();
  }

  @Test
  void packetNumbersNearTheirEndMakeAKey() {
    Sak first = made();
    first.sawNextPn(PacketNumber.of(CONFIG.pnThreshold(GCM_AES_256).value() - 1));
    assertThat(serve()).isFalse();
    first.sawNextPn(CONFIG.pnThreshold(GCM_AES_256));
    assertThat(serve()).isTrue();
    assertThat(reason()).isEqualTo(RekeyReason.PACKET_NUMBER);
  }

  @Test
  void packetNumbersThatMayBeUsedUpMakeAKey() {
    made().setMayBeUsedUp();
    assertThat(serve()).isTrue();
    assertThat(reason()).isEqualTo(RekeyReason.PACKET_NUMBER);
  }

  // What is asked for.

  @ParameterizedTest
  @EnumSource(
      value = RekeyReason.class,
      names = {"PEER_LOST", "SECY_REFUSED"})
  void whatIsAskedForIsAnsweredByOneKey(RekeyReason asked) {
    made();
    lifecycle.request(asked);
    assertThat(serve()).isTrue();
    assertThat(reason()).isEqualTo(asked);
    taken();
    now += SECONDS;
    assertThat(serve()).isFalse();
  }

  @Test
  void whatWasAskedForIsVoidOnceAnotherMakesTheKeys() {
    Sak first = made();
    lifecycle.request(RekeyReason.PEER_LOST);
    lifecycle.rest(timers);
    assertThat(lifecycle.isResting()).isTrue();
    assertThat(timer()).isEqualTo(TimerTable.NEVER);
    assertThat(serve()).isFalse();
    assertThat(newest).isSameAs(first);
  }

  /** Nothing is due before the timer: that is no rest while somebody has not taken the key. */
  @Test
  void itRestsOnceAllHaveTheKey() {
    assertThat(lifecycle.isResting()).isFalse();
    serve();
    assertThat(lifecycle.isResting()).isFalse();
    now += SECONDS;
    assertThat(serve()).isFalse();
    assertThat(lifecycle.isResting()).isFalse();
    taken();
    assertThat(serve()).isFalse();
    assertThat(lifecycle.isResting()).isTrue();
  }

  // When.

  @Test
  void manyKeysInARowComeLaterEachTime() {
    long spacing = 2 * MILLIS;
    assertThat(serve()).isTrue();
    for (int i = 0; i < 12; i++) {
      taken();
      lifecycle.request(RekeyReason.PEER_LOST);
      assertThat(serve()).isFalse();
      assertThat(timer()).isEqualTo(now + spacing);
      now += spacing - 1;
      assertThat(serve()).isFalse();
      now++;
      assertThat(serve()).isTrue();
      assertThat(timer()).isEqualTo(TimerTable.NEVER);
      spacing = Math.min(2 * spacing, 500 * MILLIS);
    }
    taken();
    lifecycle.request(RekeyReason.PEER_LOST);
    now += SECONDS + 1;
    assertThat(serve()).isTrue();
    taken();
    lifecycle.request(RekeyReason.PEER_LOST);
    assertThat(serve()).isFalse();
    // After a second of calm it begins anew.
    assertThat(timer()).isEqualTo(now + 2 * MILLIS);
  }

  @Test
  void aKeyUnderWayIsWaitedForHalfASecond() {
    serve();
    when(port.isSettled()).thenReturn(false);
    lifecycle.request(RekeyReason.PEER_LOST);
    assertThat(serve()).isFalse();
    assertThat(timer()).isEqualTo(now + 500 * MILLIS);
  }

  /** It can never be in use everywhere. */
  @Test
  void aKeyUnderWayThatIsNotForThoseWhoAreLiveIsNotWaitedFor() {
    serve();
    when(port.isSettled()).thenReturn(false);
    live(peer, peer(4));
    assertThat(serve()).isFalse();
    assertThat(timer()).isEqualTo(now + 2 * MILLIS);
    live(peer);
    lifecycle.request(RekeyReason.PEER_LOST);
    assertThat(serve()).isFalse();
    assertThat(timer()).isEqualTo(now + 2 * MILLIS);
  }

  @Test
  void aMemberThatIsSilentForAWhileKeepsItsKey() {
    Sak first = made();
    peer.suspendedUntil = now + 10 * SECONDS;
    lifecycle.request(RekeyReason.PEER_LOST);
    assertThat(serve()).isFalse();
    assertThat(timer()).isEqualTo(now + 10 * SECONDS);
    assertThat(newest).isSameAs(first);
    now += 10 * SECONDS;
    assertThat(serve()).isTrue();
  }

  @Test
  void butNotAKeyWhoseNumbersMayBeUsedUp() {
    Sak first = made();
    peer.suspendedUntil = now + 10 * SECONDS;
    first.setMayBeUsedUp();
    assertThat(serve()).isTrue();
  }

  @Test
  void withoutAFreeNumberALifeTimeIsWaited() {
    Sak first = made();
    when(choice.isCrowded(anyLong())).thenReturn(true);
    lifecycle.request(RekeyReason.PEER_LOST);
    assertThat(serve()).isFalse();
    assertThat(timer()).isEqualTo(first.createdAt() + LIFE);
  }

  @Test
  void withoutAFreeNumberAndWithoutAKeyOfOursItIsWaitedSinceItIsNeeded() {
    newest = theirs(owner, 1);
    taken();
    when(choice.isCrowded(anyLong())).thenReturn(true);
    long needed = now;
    assertThat(serve()).isFalse();
    assertThat(timer()).isEqualTo(needed + LIFE);
    now += SECONDS;
    assertThat(serve()).isFalse();
    assertThat(timer()).isEqualTo(needed + LIFE);
  }

  // Who does not take a key.

  @Test
  void whoDoesNotTakeAKeyGetsAnotherEachTimeLater() {
    withOneSuite(peer);
    serve();
    assertThat(serve()).isFalse();
    long patience = 2 * HELLO;
    for (int i = 0; i < 6; i++) {
      long missing = now;
      assertThat(timer()).isEqualTo(missing + patience);
      now = missing + patience - 1;
      assertThat(serve()).isFalse();
      now++;
      assertThat(serve()).isTrue();
      assertThat(reason()).isEqualTo(RekeyReason.NOT_TAKEN);
      patience = Math.min(2 * patience, 64 * SECONDS);
      assertThat(serve()).isFalse();
    }
  }

  @Test
  void whoTakesAKeyIsWaitedForAsShortlyAsBeforeOnceItIsInUse() {
    withOneSuite(peer);
    serve();
    assertThat(serve()).isFalse();
    now += 2 * HELLO;
    assertThat(serve()).isTrue();
    uses(peer, newest, true);
    when(port.isSettled()).thenReturn(false);
    assertThat(serve()).isFalse();
    Peer back = peer(2);
    live(back);
    assertThat(serve()).isFalse();
    assertThat(timer()).isEqualTo(now + 4 * HELLO);
    uses(back, newest, true);
    when(port.isSettled()).thenReturn(true);
    assertThat(serve()).isFalse();
    live(peer(2));
    assertThat(serve()).isFalse();
    assertThat(timer()).isEqualTo(now + 2 * HELLO);
  }

  // Who knows whom.

  @Test
  void membersOfVersionOneThatDoNotKnowEachOtherAreWaitedFor() {
    peer = peer(2, 1);
    other = peer(3, 1);
    with(peer, other);
    lists(peer, 1, 3);
    lists(other, 1);
    long needed = now;
    assertThat(serve()).isFalse();
    assertThat(timer()).isEqualTo(needed + LIFE + HELLO);
    now += SECONDS;
    lists(other, 1, 2);
    assertThat(serve()).isTrue();
    assertThat(newest.hasGap()).isFalse();
  }

  @Test
  void theKeyOfMembersThatDoNotKnowEachOtherHasAGapAndIsFollowedByAnother() {
    peer = peer(2, 1);
    other = peer(3, 1);
    with(peer, other);
    lists(peer, 1, 3);
    lists(other, 1);
    serve();
    now += LIFE + HELLO;
    assertThat(serve()).isTrue();
    assertThat(newest.hasGap()).isTrue();
    taken();
    reason();
    lists(other, 1, 2);
    now += SECONDS;
    assertThat(serve()).isTrue();
    assertThat(reason()).isEqualTo(RekeyReason.NEW_MEMBER);
    assertThat(newest.hasGap()).isFalse();
  }

  /** They knew each other when it was made, and lost each other since. */
  @Test
  void aGapThatComesLaterCountsAsWell() {
    peer = peer(2, 1);
    other = peer(3, 1);
    with(peer, other);
    lists(peer, 1, 3);
    lists(other, 1, 2);
    Sak first = made();
    lists(other, 1);
    assertThat(serve()).isFalse();
    assertThat(first.hasGap()).isTrue();
    lists(other, 1, 2);
    assertThat(serve()).isTrue();
  }

  @Test
  void whomAMemberWithAKeyOnlyHeardOfIsWaitedForAHelloAndAHalf() {
    with(peer);
    uses(peer, theirs(owner, 1), true);
    hearsOf(peer, 7);
    assertThat(serve()).isFalse();
    assertThat(timer()).isEqualTo(now + HELLO * 3 / 2);
  }

  @Test
  void whomAMemberWithoutAKeyOnlyHeardOfIsNotWaitedFor() {
    with(peer);
    hearsOf(peer, 7);
    assertThat(serve()).isTrue();
    assertThat(newest.members()).containsExactlyInAnyOrder(identity.memberIdentifier(), member(2));
  }
}
