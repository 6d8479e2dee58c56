package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.ScriptedPeer.last;
import static org.macsec4j.mka.engine.ScriptedPeer.live;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.SecyCommand;
import org.macsec4j.mka.IcvIndicatorPolicy;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.OctetString;
import org.macsec4j.mka.wire.PeerEntry;

/** The manners of other implementations, played by a scripted peer. */
class ForeignPeersTest {
  private static final MkaConfig CONFIG = Configs.group(128);

  private final World world = new World(51);

  private ScriptedPeer peer(int number) {
    return new ScriptedPeer(CONFIG, number, "0102030405060708090a0b0c");
  }

  private static MacsecSakUse inOldSlot(KeyUse use) {
    return MacsecSakUse.of(KeyUse.NONE, use, false, false, false);
  }

  private static KeyUse use(Mkpdu with, boolean transmits, boolean receives) {
    DistributedSak sak = with.distributedSak().orElseThrow();
    MkaKeyIdentifier key =
        new MkaKeyIdentifier(with.basic().actorMemberIdentifier(), sak.keyNumber());
    return new KeyUse(sak.associationNumber(), transmits, receives, key, 1);
  }

  @Test
  void aPeerThatReportsItsKeyInTheOldSlotOnlyIsBelieved() {
    Member a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = peer(2);
    world.run(3 * SECONDS);
    a.frame(peer.says());
    world.run(MILLIS);
    a.frame(peer.says(live(a)));
    world.run(MILLIS);
    Mkpdu handsOut = last(a);
    KeyUse inUse = use(handsOut, true, true);
    a.frame(peer.says(live(a), inOldSlot(inUse)));
    assertThat(a.isSecured()).isTrue();
    for (int i = 0; i < 10; i++) {
      world.run(2 * SECONDS);
      a.frame(peer.says(live(a), inOldSlot(inUse)));
    }
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(1);
    assertThat(a.count(MkaEvent.Unsecured.class)).isZero();
  }

  @Test
  void aPeerWithoutSakUseStaysLive() {
    Member a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = peer(2);
    a.frame(peer.says());
    world.run(MILLIS);
    for (int i = 0; i < 20; i++) {
      a.frame(peer.says(live(a)));
      world.run(2 * SECONDS);
    }
    assertThat(a.count(MkaEvent.PeerLost.class)).isZero();
    assertThat(a.port.status().livePeers()).hasSize(1);
  }

  @Test
  void aPeerThatListsTheFirstOfABurstOfOursIsLive() {
    Member a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = peer(2);
    a.frame(peer.says());
    world.run(SECONDS);
    assertThat(last(a).basic().actorMessageNumber()).isGreaterThan(3);
    MemberIdentifier before = a.port.status().memberIdentifier();
    a.frame(peer.says(live(a, 1)));
    assertThat(a.port.status().livePeers()).hasSize(1);
    assertThat(a.port.status().memberIdentifier()).isEqualTo(before);
  }

  @Test
  void aPeerThatListsANumberOfLongAgoOrOfTheFutureIsNotLive() {
    Member a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = peer(2);
    world.run(20 * SECONDS);
    a.frame(peer.says(live(a, 1)));
    a.frame(peer.says(live(a, last(a).basic().actorMessageNumber() + 1)));
    assertThat(a.port.status().livePeers()).isEmpty();
    assertThat(a.port.status().potentialPeers()).hasSize(1);
  }

  @Test
  void aPotentialPeerThatGoesOnSpeakingIsNotForgotten() {
    Member a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = peer(2);
    for (int i = 0; i < 20; i++) {
      a.frame(peer.says());
      world.run(2 * SECONDS);
      assertThat(last(a).potentialPeers()).isPresent();
    }
    assertThat(a.count(MkaEvent.PeerPotential.class)).isEqualTo(1);
  }

  @Test
  void sakUseBeforeLivenessChangesNothing() {
    Member a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = peer(2);
    MemberIdentifier before = a.port.status().memberIdentifier();
    MkaKeyIdentifier unknown = new MkaKeyIdentifier(peer.memberIdentifier, 7);
    KeyUse use = new KeyUse(AssociationNumber.AN_2, true, true, unknown, 1);
    for (int i = 0; i < 5; i++) {
      a.frame(peer.says(MacsecSakUse.of(use, KeyUse.NONE, false, false, false)));
      world.run(2 * SECONDS);
    }
    assertThat(a.port.status().memberIdentifier()).isEqualTo(before);
  }

  @Test
  void theAssociationNumberThatPeersUseIsSkipped() {
    Member a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = peer(2);
    MkaKeyIdentifier former = new MkaKeyIdentifier(MemberIdentifier.parse("ff".repeat(12)), 7);
    KeyUse use = new KeyUse(AssociationNumber.AN_0, true, true, former, 1);
    a.frame(peer.says(live(a), MacsecSakUse.of(use, KeyUse.NONE, false, false, false)));
    world.run(MILLIS);
    assertThat(last(a).distributedSak().orElseThrow().associationNumber())
        .isEqualTo(AssociationNumber.AN_1);
  }

  @Test
  void aVersion1StrangerIsNotShownAKeyThatItDoesNotKnow() {
    Member a = world.join("a", 1, CONFIG);
    Member b = world.join("b", 2, CONFIG);
    world.runUntil(world::allAgree, SECONDS);
    world.run(4 * SECONDS);
    a.sent.clear();
    ScriptedPeer stranger = peer(3);
    a.frame(stranger.says());
    world.run(SECONDS);
    assertThat(ScriptedPeer.all(a)).isNotEmpty().allMatch(m -> m.sakUse().isEmpty());
    List<PeerEntry> both = List.of(live(a).peers().get(0), live(b).peers().get(0));
    a.frame(stranger.says(new LivePeerList(both)));
    world.run(MILLIS);
    assertThat(last(a).sakUse()).isPresent();
    assertThat(last(a).distributedSak()).isPresent();
  }

  @Test
  void aKeyServerWithTheLongFormOfTheDefaultSuiteIsUnderstood() {
    Member a = world.join("a", 2, CONFIG);
    ScriptedPeer server = peer(1);
    server.priority = 0;
    a.frame(server.says());
    world.run(MILLIS);
    DistributedSak sak =
        new DistributedSak(
            AssociationNumber.AN_3,
            ConfidentialityOffset.OFFSET_0,
            1,
            java.util.OptionalLong.of(CipherSuite.GCM_AES_128.id()),
            OctetString.of(server.keys.wrap(new byte[16])),
            0);
    a.frame(server.says(live(a), sak));
    assertThat(a.port.status().latest().orElseThrow().an()).isEqualTo(AssociationNumber.AN_3);
  }

  @Test
  void aServerThatNeverSaysThatItTransmitsIsWaitedForAHelloTimeOnly() {
    Member a = world.join("a", 2, CONFIG);
    ScriptedPeer server = peer(1);
    server.priority = 0;
    a.frame(server.says());
    world.run(MILLIS);
    DistributedSak sak = sak(server, 1);
    a.frame(server.says(live(a), sak));
    world.run(SECONDS);
    assertThat(a.isSecured()).isFalse();
    a.frame(server.says(live(a)));
    world.run(SECONDS + MILLIS);
    assertThat(a.isSecured()).isTrue();
  }

  @Test
  void aKeyThatWasUsedAndForgottenIsNotTakenAgain() {
    Member a = world.join("a", 2, CONFIG);
    ScriptedPeer server = peer(1);
    server.priority = 0;
    a.frame(server.says());
    world.run(MILLIS);
    DistributedSak first = sak(server, 1);
    a.frame(server.says(live(a), first));
    world.run(10 * SECONDS);
    assertThat(a.port.status().latest()).isEmpty();
    a.frame(server.says());
    world.run(MILLIS);
    a.frame(server.says(live(a), first));
    assertThat(a.port.status().latest()).isEmpty();
    assertThat(a.port.status().counters().dropped(org.macsec4j.mka.DropReason.SAK_REUSED))
        .isEqualTo(1);
    a.frame(server.says(live(a), sak(server, 2)));
    assertThat(a.port.status().latest()).isPresent();
  }

  @Test
  void delayProtectionOfThePeerRaisesTheLowestPacketNumber() {
    Member a = world.join("a", 2, CONFIG);
    ScriptedPeer server = peer(1);
    server.priority = 0;
    a.frame(server.says());
    world.run(MILLIS);
    DistributedSak sak = sak(server, 1);
    a.frame(server.says(live(a), sak));
    MkaKeyIdentifier key = new MkaKeyIdentifier(server.memberIdentifier, 1);
    KeyUse use = new KeyUse(AssociationNumber.AN_1, true, true, key, 4711);
    a.frame(server.says(live(a), MacsecSakUse.of(use, KeyUse.NONE, false, false, true)));
    Optional<SecyCommand> raise =
        a.secy.commands.stream().filter(SecyCommand.RaiseLowestPn.class::isInstance).findFirst();
    assertThat(raise)
        .contains(
            new SecyCommand.RaiseLowestPn(
                server.sci, AssociationNumber.AN_1, org.macsec4j.PacketNumber.of(4711)));
  }

  @Test
  void theIcvIndicatorIsSentWhenAskedFor() {
    World other = new World(52);
    Member a =
        other.join("a", 1, CONFIG.toBuilder().icvIndicator(IcvIndicatorPolicy.ALWAYS).build());
    other.join("b", 2, CONFIG);
    other.runUntil(other::allAgree, SECONDS);
    assertThat(last(a).hasIcvIndicator()).isTrue();
    assertThat(last(other.members.get(1)).hasIcvIndicator()).isFalse();
  }

  static DistributedSak sak(ScriptedPeer server, int number) {
    byte[] key = new byte[16];
    key[0] = (byte) number;
    return DistributedSak.of(
        AssociationNumber.AN_1,
        ConfidentialityOffset.OFFSET_0,
        number,
        CipherSuite.GCM_AES_128,
        OctetString.of(server.keys.wrap(key)));
  }
}
