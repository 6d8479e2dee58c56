package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.CipherSuite.GCM_AES_256;
import static org.macsec4j.mka.engine.Actors.key;
import static org.macsec4j.mka.engine.Actors.peer;
import static org.macsec4j.mka.engine.Actors.protectsFromDelay;
import static org.macsec4j.mka.engine.World.MILLIS;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.MacsecException.Kind;

/** From what the SecY is to what it shall be, whatever it answers on the way. */
class SecyDriverTest {
  private final SecyRig secy = new SecyRig();
  private final SecyDriver driver = secy.driver;
  private final Peer peer = peer(2);
  private final Peer other = peer(3);
  private final Sak first = key(0);
  private final Sak second = key(1);

  /** One peer, one key, and frames go. */
  private void begin() {
    secy.peers(peer).keys(first).transmits(first).settle();
    secy.heard.clear();
  }

  // The order of things.

  @Test
  void theFirstKeyIsReceivedWithBeforeItIsSentWithAndThenThePortOpens() {
    assertThat(secy.peers(peer, other).keys(first).settle())
        .containsExactly("channel 2", "rx 2/0", "channel 3", "rx 3/0", "tx 0");
    assertThat(driver.receivesAll(List.of(peer, other), first)).isTrue();
    assertThat(driver.model().transmits(first)).isFalse();
    assertThat(secy.transmits(first).settle()).containsExactly("tx 0 on", "select 0", "open");
    assertThat(driver.model().transmits(first)).isTrue();
  }

  @Test
  void theNextKeyIsMadeBeforeTheOldOneGoes() {
    begin();
    assertThat(secy.keys(second, first).settle()).containsExactly("rx 2/1", "tx 1");
    assertThat(secy.transmits(second).settle())
        .containsExactly("tx 1 on", "select 1", "tx 0 off", "no tx 0");
    assertThat(secy.keys(second).settle()).containsExactly("rx 2/0 off", "no rx 2/0");
    assertThat(driver.model().selected()).isEqualTo(AssociationNumber.AN_1);
  }

  @Test
  void whereTheOldKeyHasTheSamePlaceItGoesFirst() {
    begin();
    assertThat(secy.keys(key(0)).transmits(null).settle())
        .containsExactly(
            "close", "tx 0 off", "no tx 0", "rx 2/0 off", "no rx 2/0", "rx 2/0", "tx 0");
  }

  @Test
  void allGoesWhenNothingIsWanted() {
    begin();
    assertThat(secy.peers().keys().transmits(null).settle())
        .containsExactly("close", "tx 0 off", "no tx 0", "no channel 2");
    assertThat(driver.model().selected()).isNull();
    assertThat(driver.model().channels()).isEmpty();
  }

  /** Made anew for one that comes back it would accept once more what it accepted before. */
  @Test
  void theChannelOfALostPeerStaysWhileItsKeyDoes() {
    begin();
    assertThat(secy.peers().settle()).isEmpty();
    assertThat(secy.keys(second).transmits(null).settle())
        .containsExactly("close", "tx 1", "tx 0 off", "no tx 0", "no channel 2");
  }

  @Test
  void anotherSuiteIsChangedToBeforeItsKeyIsInstalled() {
    begin();
    assertThat(secy.keys(key(1, GCM_AES_256), first).settle())
        .containsExactly("change to GCM-AES-256", "rx 2/1", "tx 1");
  }

  // Delay protection.

  @Test
  void theLowestPacketNumberRisesWithWhatThePeerSays() {
    protectsFromDelay(peer, first, 5);
    begin();
    assertThat(secy.settle()).isEmpty();
    protectsFromDelay(peer, first, 6);
    assertThat(secy.settle()).containsExactly("raise 2/0 to 6");
    protectsFromDelay(peer, first, 5);
    assertThat(secy.settle()).isEmpty();
    protectsFromDelay(peer, first, 7);
    assertThat(secy.settle()).containsExactly("raise 2/0 to 7");
  }

  // Rest.

  @Test
  void itIsAtRestWhenNothingIsUnderWayAndNothingWasRefused() {
    assertThat(driver.isAtRest()).isFalse();
    secy.peers(peer).keys(first);
    assertThat(secy.next()).isEqualTo("channel 2");
    assertThat(driver.isAtRest()).isFalse();
    secy.done();
    assertThat(driver.isAtRest()).isFalse();
    secy.settle();
    assertThat(driver.isAtRest()).isTrue();
    secy.transmits(first).next();
    assertThat(driver.isAtRest()).isFalse();
    secy.refuse(Kind.BACKEND);
    assertThat(driver.isRefused()).isTrue();
    assertThat(secy.next()).isNull();
    assertThat(driver.isAtRest()).isFalse();
    secy.now += 50 * MILLIS;
    secy.settle();
    assertThat(driver.isAtRest()).isTrue();
    assertThat(driver.isRefused()).isFalse();
  }

  @Test
  void oneCommandIsUnderWayAtATime() {
    secy.peers(peer).keys(first);
    assertThat(secy.next()).isEqualTo("channel 2");
    assertThat(secy.next()).isNull();
    long id = secy.commandId();
    assertThat(secy.answers(id + 1)).isFalse();
    assertThat(secy.answers(id)).isTrue();
    assertThat(secy.answers(id)).isFalse();
    assertThat(secy.next()).isEqualTo("rx 2/0");
    assertThat(secy.answers(id)).isFalse();
  }

  // Trying again.

  @Test
  void whatIsRefusedIsTriedAgainLaterEachTimeUpToAHello() {
    secy.peers(peer).keys(first);
    secy.upTo("rx 2/0");
    long hello = SecyRig.CONFIG.helloTime().toNanos();
    for (int times = 0; times < 10; times++) {
      secy.refuse(Kind.BACKEND);
      long wait = Math.min((50 * MILLIS) << times, hello);
      // The rest goes on meanwhile.
      assertThat(secy.settle()).hasSize(times == 0 ? 1 : 0);
      assertThat(secy.timer()).isEqualTo(secy.now + wait);
      secy.now += wait - 1;
      assertThat(secy.next()).isNull();
      secy.now++;
      assertThat(secy.next()).isEqualTo("rx 2/0");
    }
    secy.done();
    assertThat(secy.settle()).isEmpty();
    assertThat(secy.timer()).isEqualTo(TimerTable.NEVER);
    assertThat(secy.context.counters.commandsFailed).isEqualTo(10);
  }

  @Test
  void theEarliestOfWhatWasRefusedIsTriedFirst() {
    secy.peers(peer, other).keys(first);
    secy.upTo("channel 2");
    secy.refuse(Kind.BACKEND);
    secy.now += 10 * MILLIS;
    secy.upTo("channel 3");
    secy.refuse(Kind.BACKEND);
    secy.settle();
    assertThat(secy.timer()).isEqualTo(secy.now + 40 * MILLIS);
    secy.now += 40 * MILLIS;
    assertThat(secy.next()).isEqualTo("channel 2");
    secy.refuse(Kind.BACKEND);
    secy.settle();
    assertThat(secy.timer()).isEqualTo(secy.now + 10 * MILLIS);
  }

  @Test
  void whatIsNoMoreWantedIsForgotten() {
    secy.peers(peer).keys(first);
    secy.upTo("channel 2");
    secy.refuse(Kind.BACKEND);
    secy.peers().settle();
    assertThat(driver.isRefused()).isTrue();
    secy.now += 50 * MILLIS;
    secy.settle();
    assertThat(driver.isRefused()).isFalse();
    secy.settle();
    assertThat(driver.isAtRest()).isTrue();
  }

  @Test
  void whatCannotBeRemovedIsGivenUpOnceItStops() {
    begin();
    driver.stop();
    secy.peers().keys().transmits(null);
    secy.upTo("no tx 0");
    for (int attempts = 1; attempts < 3; attempts++) {
      secy.refuse(Kind.BACKEND);
      secy.settle();
      secy.now += 1_000 * MILLIS;
      assertThat(secy.next()).isEqualTo("no tx 0");
    }
    secy.refuse(Kind.BACKEND);
    secy.settle();
    secy.now += 1_000 * MILLIS;
    assertThat(secy.next()).isNull();
    assertThat(driver.model().channels()).isEmpty();
  }

  @Test
  void theComplaintIsOfWhatWasRefusedMostAndNotOfWhatGoes() {
    assertThat(driver.complaint()).isEmpty();
    begin();
    secy.keys(second, first).transmits(second);
    secy.upTo("no tx 0");
    for (int times = 0; times < 3; times++) {
      secy.refuse(Kind.BACKEND);
      assertThat(driver.complaint()).isEmpty();
      secy.now += 1_000 * MILLIS;
      assertThat(secy.next()).isEqualTo("no tx 0");
    }
    secy.refuse(Kind.BACKEND);
    secy.peers(peer, other).upTo("channel 3");
    secy.refuse(Kind.LIMIT);
    secy.now += 50 * MILLIS;
    secy.upTo("channel 3");
    secy.refuse(Kind.LIMIT);
    secy.peers(peer, other, peer(4)).upTo("channel 4");
    secy.refuse(Kind.BACKEND);
    assertThat(driver.complaint())
        .hasValue("create the receive channel of 02:00:00:00:03:01/1: said LIMIT");
  }

  // What a refusal tells.

  @ParameterizedTest
  @CsvSource({
    "channel 2, 'no channel 2', 'channel 2,rx 2/0'",
    "rx 2/0, 'rx 2/0 off,no rx 2/0', rx 2/0",
    "tx 0, 'tx 0 off,no tx 0', 'tx 0,tx 0 on,select 0,open'"
  })
  void whatExistsIsStaleAndGoesFirst(String command, String removal, String then) {
    secy.peers(peer).keys(first).transmits(first);
    secy.upTo(command);
    secy.refuse(Kind.EXISTS);
    assertThat(secy.settle()).startsWith(removal.split(","));
    secy.now += 50 * MILLIS;
    assertThat(secy.settle()).containsExactly(then.split(","));
    assertThat(driver.model().transmits(first)).isTrue();
    assertThat(driver.receivesAll(List.of(peer), first)).isTrue();
    assertThat(secy.heard).isEmpty();
  }

  @Test
  void aChannelThatIsGoneIsMadeAnewAndItsKeysAreLost() {
    begin();
    secy.keys(second, first);
    secy.upTo("rx 2/1");
    secy.refuse(Kind.NOT_FOUND);
    assertThat(secy.heard).containsExactly("receive key lost: 0");
    assertThat(secy.settle()).containsExactly("channel 2", "tx 1");
    secy.now += 50 * MILLIS;
    // What it accepted under the first key is forgotten, so it accepts no more under it.
    assertThat(secy.settle()).containsExactly("rx 2/1");
  }

  @Test
  void aReceiveSaThatIsGoneCannotBeRaisedAndItsKeyIsLost() {
    begin();
    protectsFromDelay(peer, first, 9);
    assertThat(secy.next()).isEqualTo("raise 2/0 to 9");
    secy.refuse(Kind.NOT_FOUND);
    assertThat(secy.heard).containsExactly("receive key lost: 0");
    secy.now += 50 * MILLIS;
    assertThat(secy.settle()).isEmpty();
    assertThat(driver.model().receives(peer.sci(), first)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tx 0 on", "select 0"})
  void aTransmitSaThatIsGoneIsNeverMadeAnew(String command) {
    secy.peers(peer).keys(first).transmits(first);
    secy.upTo(command);
    secy.refuse(Kind.NOT_FOUND);
    assertThat(secy.heard).containsExactly("transmit key lost: 0");
    secy.now += 50 * MILLIS;
    assertThat(secy.settle()).isEmpty();
    secy.now += 50 * MILLIS;
    assertThat(secy.settle()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"tx 0 off, 'no tx 0'", "no tx 0, ''", "rx 2/0 off, 'no rx 2/0'", "no rx 2/0, ''"})
  void whatIsToGoAndIsNotThereIsGone(String command, String unneeded) {
    begin();
    secy.keys(second).transmits(second);
    secy.upTo(command);
    secy.refuse(Kind.NOT_FOUND);
    assertThat(driver.isRefused()).isFalse();
    assertThat(secy.settle()).doesNotContain(command, unneeded);
    assertThat(secy.heard).isEmpty();
    assertThat(driver.isAtRest()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"no tx 0, 'tx 0 off,no tx 0'", "no rx 2/0, 'rx 2/0 off,no rx 2/0'"})
  void whatIsBusyIsEnabledAfterAll(String command, String then) {
    begin();
    secy.keys(second).transmits(second);
    secy.upTo(command);
    secy.refuse(Kind.BUSY);
    List<String> words = new ArrayList<>(secy.settle());
    secy.now += 50 * MILLIS;
    words.addAll(secy.settle());
    assertThat(words).containsSubsequence(then.split(","));
    assertThat(driver.isAtRest()).isTrue();
  }

  @Test
  void aSuiteThatCannotBeChangedWhileThereAreSasIsChangedWithoutThem() {
    begin();
    secy.keys(key(1, GCM_AES_256), first);
    assertThat(secy.next()).isEqualTo("change to GCM-AES-256");
    secy.refuse(Kind.BUSY);
    assertThat(secy.settle()).containsExactly("tx 0 off", "no tx 0", "rx 2/0 off", "no rx 2/0");
    secy.now += 50 * MILLIS;
    assertThat(secy.settle()).containsExactly("change to GCM-AES-256", "rx 2/1", "tx 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tx 0", "tx 0 on"})
  void packetNumbersThatAreUsedUpLoseTheKey(String command) {
    secy.peers(peer).keys(first).transmits(first);
    secy.upTo(command);
    secy.refuse(Kind.PACKET_NUMBER);
    assertThat(secy.heard).containsExactly("transmit key lost: 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"channel 2", "rx 2/0", "select 0", "open"})
  void packetNumbersMeanNothingElsewhere(String command) {
    secy.peers(peer).keys(first).transmits(first);
    secy.upTo(command);
    secy.refuse(Kind.PACKET_NUMBER);
    assertThat(secy.heard).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"UNSUPPORTED", "INVALID"})
  void aSuiteIsRefusedByTheChangeOrByItsKeys(Kind kind) {
    Sak strong = key(0, GCM_AES_256);
    for (String command : new String[] {"change to GCM-AES-256", "rx 2/0", "tx 0"}) {
      SecyRig another = new SecyRig().peers(peer(2)).keys(key(0, GCM_AES_256)).transmits(strong);
      another.upTo(command);
      another.refuse(kind);
      assertThat(another.heard).containsExactly("suite refused: GCM-AES-256");
    }
    secy.peers(peer).keys(strong).transmits(strong);
    for (String command : new String[] {"channel 2", "tx 0 on", "select 0", "open"}) {
      secy.now += 50 * MILLIS;
      secy.upTo(command);
      secy.refuse(kind);
      assertThat(secy.heard).noneMatch(word -> word.startsWith("suite"));
    }
  }

  // Room.

  @Test
  void whoHasNoRoomDoesNotKeepTheOthersFromTalking() {
    secy.peers(peer, other).keys(first);
    secy.upTo("channel 3");
    assertThat(driver.receivesAll(List.of(peer), first)).isTrue();
    assertThat(driver.receivesAll(List.of(peer, other), first)).isFalse();
    secy.refuse(Kind.BACKEND);
    assertThat(driver.receivesAll(List.of(peer, other), first)).isFalse();
    secy.now += 50 * MILLIS;
    secy.upTo("channel 3");
    secy.refuse(Kind.LIMIT);
    assertThat(driver.receivesAll(List.of(peer, other), first)).isTrue();
    assertThat(driver.receivesAll(List.of(other), first)).isFalse();
  }

  @Test
  void whoHasNotTheKeyIsNotWaitedFor() {
    assertThat(driver.receivesAll(List.of(peer(4)), first)).isTrue();
  }

  // Keys that no plan will name again.

  @Test
  void aKeyThatIsDiscardedIsDestroyedOnceNoCommandHasIt() {
    secy.peers(peer).keys(first);
    secy.upTo("rx 2/0");
    driver.discard(second);
    assertThat(second.isDestroyed()).isTrue();
    driver.discard(first);
    assertThat(first.isDestroyed()).isFalse();
    secy.done();
    assertThat(first.isDestroyed()).isTrue();
  }

  @Test
  void aKeyThatIsDiscardedWhileNothingIsUnderWayIsDestroyedAtOnce() {
    driver.discard(first);
    assertThat(first.isDestroyed()).isTrue();
  }

  @Test
  void aRefusalEndsTheUseOfADiscardedKeyAsWell() {
    secy.peers(peer).keys(first);
    secy.upTo("tx 0");
    driver.discard(first);
    assertThat(first.isDestroyed()).isFalse();
    secy.refuse(Kind.BACKEND);
    assertThat(first.isDestroyed()).isTrue();
  }
}
