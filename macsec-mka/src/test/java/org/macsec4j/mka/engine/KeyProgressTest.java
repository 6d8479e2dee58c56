package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.ScriptedPeer.live;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.Ssci;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.OctetString;

/** When a key may be transmitted with, and when the one before may go: as the peers' words tell. */
class KeyProgressTest {
  private static final MkaConfig CONFIG = Configs.group(128);

  private final World world = new World(73);
  private final Member member = world.join("m", 9, CONFIG);
  private final MkaParticipant owner = member.port.participant(CONFIG.keys().get(0).ckn());
  private final ScriptedPeer server = new ScriptedPeer(CONFIG, 2, "22".repeat(12));
  private final ScriptedPeer other = new ScriptedPeer(CONFIG, 3, "33".repeat(12));
  private final ScriptedPeer stranger = new ScriptedPeer(CONFIG, 4, "44".repeat(12));

  /** A key of ours or of the server, for the server and the other one. */
  private Sak key(boolean ours, int number) {
    MemberIdentifier self = owner.identity().memberIdentifier();
    MkaKeyIdentifier identifier =
        new MkaKeyIdentifier(ours ? self : server.memberIdentifier, number);
    Sak.AgreedKey agreed =
        new Sak.AgreedKey(
            identifier,
            AssociationNumber.AN_0,
            CipherSuite.GCM_AES_128,
            ConfidentialityOffset.OFFSET_0);
    DistributedSak set =
        DistributedSak.of(
            agreed.an(), agreed.offset(), 1, agreed.suite(), OctetString.of(new byte[24]));
    Map<MemberIdentifier, Ssci> members = new LinkedHashMap<>();
    for (MemberIdentifier each :
        new MemberIdentifier[] {self, server.memberIdentifier, other.memberIdentifier}) {
      members.put(each, Ssci.of(members.size() + 1));
    }
    return new Sak(
        owner, self, agreed, SakLifecycle.key(agreed, new byte[16]), members, ours ? set : null, 0);
  }

  private void isLive(ScriptedPeer peer) {
    member.frame(peer.says(live(member)));
  }

  private void says(ScriptedPeer peer, Sak key, boolean transmits, boolean receives) {
    KeyUse use = new KeyUse(AssociationNumber.AN_0, transmits, receives, key.identifier(), 1);
    member.frame(peer.says(live(member), MacsecSakUse.of(use, KeyUse.NONE, false, false, false)));
  }

  private static boolean mayTransmit(Sak key) {
    return KeyProgress.mayTransmit(key, false, false);
  }

  private static boolean mayTransmitAfterAWhile(Sak key) {
    return KeyProgress.mayTransmit(key, false, true);
  }

  @Test
  void aKeyServerTransmitsWhenAllReceiveOrSomeAfterAWhile() {
    Sak key = key(true, 1);
    isLive(server);
    isLive(other);
    assertThat(mayTransmit(key)).isFalse();
    assertThat(mayTransmitAfterAWhile(key)).isFalse();
    says(other, key, false, true);
    assertThat(mayTransmit(key)).isFalse();
    assertThat(mayTransmitAfterAWhile(key)).isTrue();
    says(server, key, false, true);
    assertThat(mayTransmit(key)).isTrue();
  }

  /** The next key will be for that one too; until then all have the one before. */
  @Test
  void aKeyServerDoesNotBeginWithAKeyThatSomebodyLacksUnlessItIsTheFirst() {
    Sak key = key(true, 1);
    isLive(other);
    says(other, key, false, true);
    assertThat(mayTransmit(key)).isTrue();
    isLive(stranger);
    assertThat(mayTransmit(key)).isFalse();
    assertThat(mayTransmitAfterAWhile(key)).isTrue();
    assertThat(KeyProgress.mayTransmit(key, true, false)).isTrue();
  }

  @Test
  void aKeyThatIsForNobodyWhoIsThereIsNotTransmitted() {
    isLive(stranger);
    assertThat(mayTransmit(key(true, 1))).isFalse();
    assertThat(mayTransmitAfterAWhile(key(true, 1))).isFalse();
    assertThat(mayTransmitAfterAWhile(key(false, 1))).isFalse();
  }

  @Test
  void anotherMemberTransmitsWhenTheKeyServerDoesOrSomeReceiveAfterAWhile() {
    Sak key = key(false, 1);
    isLive(server);
    says(server, key(false, 7), false, false);
    isLive(other);
    says(other, key, false, true);
    assertThat(mayTransmit(key)).isFalse();
    assertThat(mayTransmitAfterAWhile(key)).isTrue();
    says(other, key(false, 7), false, true);
    assertThat(mayTransmitAfterAWhile(key)).isFalse();
    says(server, key, true, true);
    assertThat(mayTransmit(key)).isTrue();
  }

  @Test
  void withTheFirstKeyItIsEnoughThatTheKeyServerReceivesAndTransmitsNothing() {
    Sak key = key(false, 1);
    isLive(server);
    says(server, key, false, true);
    assertThat(KeyProgress.mayTransmit(key, true, false)).isTrue();
    assertThat(KeyProgress.mayTransmit(key, false, false)).isFalse();
    KeyUse latest = new KeyUse(AssociationNumber.AN_1, true, true, key(false, 7).identifier(), 1);
    KeyUse old = new KeyUse(AssociationNumber.AN_0, false, true, key.identifier(), 1);
    member.frame(server.says(live(member), MacsecSakUse.of(latest, old, false, false, false)));
    assertThat(KeyProgress.mayTransmit(key, true, false)).isFalse();
  }

  @Test
  void aKeyServerThatNeverSaysWhatItUsesIsTakenToReceiveWhatItGives() {
    isLive(server);
    assertThat(mayTransmit(key(false, 1))).isFalse();
    assertThat(mayTransmitAfterAWhile(key(false, 1))).isTrue();
    assertThat(mayTransmitAfterAWhile(key(true, 1))).isFalse();
  }

  @Test
  void theKeyBeforeGoesWhenAllMembersTransmitWithTheNewOne() {
    Sak key = key(true, 1);
    isLive(server);
    isLive(other);
    isLive(stranger);
    says(server, key, true, true);
    says(other, key, false, true);
    assertThat(KeyProgress.isTransmittedByAll(key)).isFalse();
    says(other, key, true, true);
    assertThat(KeyProgress.isTransmittedByAll(key)).isTrue();
  }

  @Test
  void nobodySendsInClearWhenEachSendsUnderOneOfTheTwoKeys() {
    Sak latest = key(true, 2);
    Sak old = key(true, 1);
    isLive(server);
    isLive(other);
    says(server, latest, true, true);
    says(other, old, true, true);
    assertThat(KeyProgress.isSwitched(owner.peers().live(), latest, old)).isTrue();
    assertThat(KeyProgress.isSwitched(owner.peers().live(), latest, null)).isFalse();
    says(other, latest, false, true);
    assertThat(KeyProgress.isSwitched(owner.peers().live(), latest, old)).isFalse();
  }

  @Test
  void aKeyIsReceivedOnceALivePeerSaysSo() {
    Sak key = key(true, 1);
    isLive(server);
    assertThat(owner.isReceivedByAny(key)).isFalse();
    says(server, key, false, false);
    assertThat(owner.isReceivedByAny(key)).isFalse();
    says(server, key, false, true);
    assertThat(owner.isReceivedByAny(key)).isTrue();
  }
}
