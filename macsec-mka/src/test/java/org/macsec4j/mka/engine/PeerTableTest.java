package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.wire.BasicParameterSet;

/** Who is in the table, for how long, and who has to give way; to the nanosecond. */
class PeerTableTest {
  private static final long LIFE = 6 * SECONDS;
  private static final int ROOM = 3;

  private final List<String> told = new ArrayList<>();
  private final PortContext context =
      new PortContext(Configs.group(128), World.sci(99), EntropySource.seeded(1));
  private final SciClashes clashes = new SciClashes(context);
  private final PeerTable table = new PeerTable(ROOM, LIFE, clashes, new Telling());

  private final class Telling implements PeerTable.Listener {
    @Override
    public void potential(Peer peer) {
      told.add("potential " + number(peer));
    }

    @Override
    public void live(Peer peer) {
      told.add("live " + number(peer));
    }

    @Override
    public void lost(Peer peer) {
      told.add("lost " + number(peer));
    }
  }

  private static int number(Peer peer) {
    return Integer.parseInt(peer.memberIdentifier().toString().substring(16), 16);
  }

  private static MemberIdentifier member(int number) {
    return MemberIdentifier.parse(String.format("%024x", number));
  }

  private static BasicParameterSet basic(int member, Sci sci, long messageNumber) {
    return new BasicParameterSet(
        3,
        16,
        false,
        true,
        MacsecCapability.CONFIDENTIALITY_OFFSET_0,
        sci,
        member(member),
        messageNumber,
        BasicParameterSet.ALGORITHM_AGILITY,
        Ckn.parse("00"));
  }

  /** A member with the SCI of its number speaks. */
  private PeerTable.Hearing hear(long now, int member, long messageNumber) {
    return table.hear(now, basic(member, World.sci(member), messageNumber));
  }

  private Peer heard(long now, int member, long messageNumber) {
    PeerTable.Hearing hearing = hear(now, member, messageNumber);
    assertThat(hearing.drop()).isNull();
    return hearing.peer();
  }

  private Peer live(long now, int member, long messageNumber) {
    Peer peer = heard(now, member, messageNumber);
    table.proved(now, peer);
    return peer;
  }

  private static List<Integer> numbers(List<Peer> peers) {
    return peers.stream().map(PeerTableTest::number).toList();
  }

  @Test
  void aFullTableGivesUpThePotentialPeerThatIsThereLongest() {
    live(0, 1, 1);
    heard(1, 2, 1);
    heard(2, 3, 1);
    heard(3, 4, 1);
    assertThat(numbers(table.live())).containsExactly(1);
    assertThat(numbers(table.potential())).containsExactly(4, 3);
    heard(4, 5, 1);
    assertThat(numbers(table.potential())).containsExactly(5, 4);
    assertThat(told)
        .containsExactly(
            "potential 1", "live 1", "potential 2", "potential 3", "potential 4", "potential 5");
  }

  @Test
  void aTableFullOfLivePeersTakesNobodyUntilOneIsLost() {
    for (int i = 1; i <= ROOM; i++) {
      live(i, i, 1);
    }
    assertThat(hear(10, 9, 1)).isEqualTo(new PeerTable.Hearing(null, DropReason.TOO_MANY_PEERS));
    assertThat(numbers(table.live())).containsExactly(3, 2, 1);
    table.expire(1 + LIFE);
    assertThat(numbers(table.live())).containsExactly(3, 2);
    heard(1 + LIFE, 9, 1);
    assertThat(numbers(table.potential())).containsExactly(9);
  }

  @Test
  void onlyRisingMessageNumbersCount() {
    heard(0, 1, 5);
    assertThat(hear(1, 1, 5).drop()).isEqualTo(DropReason.REPLAYED);
    assertThat(hear(1, 1, 4).drop()).isEqualTo(DropReason.REPLAYED);
    assertThat(heard(1, 1, 6).messageNumber()).isEqualTo(6);
  }

  @Test
  void anIdentifierStaysWithItsSci() {
    Peer peer = heard(0, 1, 1);
    assertThat(table.hear(1, basic(1, World.sci(2), 2)).drop())
        .isEqualTo(DropReason.MEMBER_IDENTIFIER_CLASH);
    assertThat(peer.messageNumber()).isEqualTo(1);
    assertThat(table.sciOf(member(1))).isEqualTo(World.sci(1));
    assertThat(table.sciOf(member(2))).isNull();
  }

  @Test
  void aPotentialPeerIsKeptForALifeTimeAfterItSpokeLast() {
    heard(0, 1, 1);
    assertThat(table.nextExpiry()).isEqualTo(LIFE);
    heard(100, 1, 2);
    assertThat(table.nextExpiry()).isEqualTo(100 + LIFE);
    table.expire(99 + LIFE);
    assertThat(table.isEmpty()).isFalse();
    table.expire(100 + LIFE);
    assertThat(table.isEmpty()).isTrue();
    assertThat(table.nextExpiry()).isEqualTo(TimerTable.NEVER);
    assertThat(told).containsExactly("potential 1");
  }

  @Test
  void aLivePeerIsKeptForALifeTimeAfterItProvedThatItHearsUs() {
    live(0, 1, 1);
    heard(100, 1, 2);
    assertThat(table.nextExpiry()).isEqualTo(LIFE);
    Peer peer = live(200, 1, 3);
    table.expire(199 + LIFE);
    assertThat(table.liveOf(member(1))).isSameAs(peer);
    table.expire(200 + LIFE);
    assertThat(table.liveOf(member(1))).isNull();
    assertThat(told).containsExactly("potential 1", "live 1", "lost 1");
  }

  @Test
  void onlyTheMkpduThatProvesItDoes() {
    Peer peer = live(0, 1, 1);
    assertThat(peer.proving).isTrue();
    heard(1, 1, 2);
    assertThat(peer.proving).isFalse();
  }

  @Test
  void whoWasLiveAndIsNoMoreComesBackWithAGreaterNumberOnly() {
    live(0, 1, 7);
    heard(1, 2, 7);
    table.expire(1 + LIFE);
    assertThat(table.isEmpty()).isTrue();
    assertThat(table.hasDeparted(member(1))).isTrue();
    assertThat(hear(2 + LIFE, 1, 7).drop()).isEqualTo(DropReason.REPLAYED);
    heard(2 + LIFE, 1, 8);
    // Who was never live is not remembered.
    assertThat(table.hasDeparted(member(2))).isFalse();
    heard(2 + LIFE, 2, 1);
  }

  @Test
  void whoIsLiveAgainIsNotAmongTheDeparted() {
    live(0, 1, 1);
    table.expire(LIFE);
    live(LIFE, 1, 2);
    assertThat(table.hasDeparted(member(1))).isFalse();
  }

  @Test
  void aRestartedPeerTakesThePlaceOfItsFormerLifeWhenItIsLive() {
    Peer before = live(0, 1, 1);
    Peer after = table.hear(1, basic(2, World.sci(1), 1)).peer();
    assertThat(table.liveOf(World.sci(1))).isSameAs(before);
    assertThat(numbers(table.potential())).containsExactly(2);
    table.proved(2, after);
    assertThat(table.liveOf(World.sci(1))).isSameAs(after);
    assertThat(table.potential()).isEmpty();
    assertThat(told).containsExactly("potential 1", "live 1", "potential 2", "lost 1", "live 2");
  }

  @Test
  void ofAPeerThatIsNotLiveOnlyTheLastLifeIsKept() {
    heard(0, 1, 1);
    table.hear(1, basic(2, World.sci(1), 1));
    assertThat(numbers(table.potential())).containsExactly(2);
    heard(2, 3, 1);
    assertThat(numbers(table.potential())).containsExactly(3, 2);
  }

  @Test
  void devicesThatShareAnSciTakeTurnsUntilItIsProvenThenTheLiveOneStays() {
    Sci shared = World.sci(1);
    long number = 1;
    for (int i = 0; i < 6; i++, number++) {
      Peer peer = table.hear(number, basic(1 + i % 2, shared, number)).peer();
      table.proved(number, peer);
      assertThat(clashes.isProven(number, shared)).isEqualTo(i == 5);
    }
    assertThat(table.hear(number, basic(1, shared, number)).drop()).isEqualTo(DropReason.SCI_CLASH);
    assertThat(numbers(table.live())).containsExactly(2);
    // Others are not concerned, and when the live one is gone the other one may come.
    heard(number, 3, 1);
    table.expire(6 + LIFE);
    assertThat(table.hear(6 + LIFE, basic(1, shared, 20)).drop()).isNull();
  }

  @Test
  void whileWeAreSilentNoLivePeerIsGivenUpAndAfterwardsEachHasALifeTime() {
    live(0, 1, 1);
    heard(0, 2, 1);
    table.keepAll(20 * SECONDS);
    assertThat(table.nextExpiry()).isEqualTo(LIFE);
    table.expire(20 * SECONDS + LIFE - 1);
    assertThat(numbers(table.live())).containsExactly(1);
    assertThat(table.potential()).isEmpty();
    assertThat(table.nextExpiry()).isEqualTo(20 * SECONDS + LIFE);
    table.keepAll(Suspension.NONE);
    table.expire(20 * SECONDS + LIFE - 1);
    assertThat(table.isEmpty()).isTrue();
  }

  @Test
  void aPeerThatSaidThatItIsSilentIsKeptUntilALifeTimeAfter() {
    Peer silent = live(0, 1, 1);
    live(0, 2, 1);
    silent.suspendedUntil = 10 * SECONDS;
    table.expire(LIFE);
    assertThat(numbers(table.live())).containsExactly(1);
    table.expire(10 * SECONDS + LIFE - 1);
    assertThat(numbers(table.live())).containsExactly(1);
    table.expire(10 * SECONDS + LIFE);
    assertThat(table.isEmpty()).isTrue();
  }

  @Test
  void aTimeOfSilenceThatIsOverCutsNothingShort() {
    Peer peer = live(0, 1, 1);
    peer.suspendedUntil = 1;
    live(3, 1, 2);
    assertThat(table.nextExpiry()).isEqualTo(3 + LIFE);
    table.refresh(2, peer);
    assertThat(table.nextExpiry()).isEqualTo(3 + LIFE);
    table.refresh(5, peer);
    assertThat(table.nextExpiry()).isEqualTo(5 + LIFE);
  }

  @Test
  void whoStopsKnowsNobody() {
    live(0, 1, 1);
    heard(0, 2, 1);
    table.clear();
    assertThat(table.isEmpty()).isTrue();
    assertThat(table.live()).isEmpty();
    assertThat(table.potential()).isEmpty();
    assertThat(told).containsExactly("potential 1", "live 1", "potential 2");
  }
}
