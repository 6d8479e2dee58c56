package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.macsec4j.mka.engine.ScriptedPeer.last;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.PacketNumber;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.wire.DistributedSak;

/** What a port tells of its life, in order, and what its caller asks of it. */
class PortStoryTest {
  private static final MkaConfig CONFIG = Configs.group(128);
  private static final PreSharedKey ANOTHER = key("02");

  private final World world = new World(47);

  private static PreSharedKey key(String ckn) {
    return PreSharedKey.of(Ckn.parse(ckn), Cak.of(new byte[Cak.LENGTH_128]));
  }

  private static List<String> told(Member member) {
    List<String> names =
        member.events.stream().map(event -> event.getClass().getSimpleName()).toList();
    member.events.clear();
    return names;
  }

  // Events.

  @Test
  void theKeyServersLife() {
    Member a = world.join("a", 1, CONFIG);
    Member b = world.join("b", 2, CONFIG);
    world.run(20 * SECONDS);
    assertThat(told(a))
        .containsExactly(
            "KeyStarted",
            "PeerPotential",
            "PeerLive",
            "KeyServerElected",
            "RekeyStarted",
            "SakDistributed",
            "SakInstalled",
            "SakInUse",
            "Secured");
    b.crash();
    world.run(20 * SECONDS);
    assertThat(told(a)).containsExactly("PeerLost", "SakRetired", "Unsecured");
  }

  @Test
  void theOtherMembersLife() {
    Member a = world.join("a", 1, CONFIG);
    Member b = world.join("b", 2, CONFIG);
    world.run(20 * SECONDS);
    assertThat(b.events).contains(new MkaEvent.KeyServerElected(a.sci, false));
    assertThat(told(b))
        .containsExactly(
            "KeyStarted",
            "PeerPotential",
            "PeerLive",
            "KeyServerElected",
            "SakReceived",
            "SakInstalled",
            "SakInUse",
            "Secured");
    a.crash();
    world.run(20 * SECONDS);
    assertThat(told(b)).containsExactly("PeerLost", "SakRetired", "Unsecured");
  }

  @Test
  void aRekey() {
    Member a = world.join("a", 1, CONFIG);
    world.join("b", 2, CONFIG);
    world.run(20 * SECONDS);
    a.events.clear();
    a.rekey();
    world.run(20 * SECONDS);
    assertThat(told(a))
        .containsExactly(
            "RekeyStarted", "SakDistributed", "SakInstalled", "SakInUse", "SakRetired");
  }

  /** The key server would not hand out again what it takes a member to have. */
  @Test
  void whoForgotTheServersKeyComesBackAsSomebodyElse() {
    Member a = world.join("a", 1, CONFIG);
    Member b = world.join("b", 2, CONFIG);
    world.run(SECONDS);
    MemberIdentifier ofA = a.port.status().memberIdentifier();
    MemberIdentifier ofB = b.port.status().memberIdentifier();
    world.cut = (from, to) -> true;
    world.run(20 * SECONDS);
    assertThat(b.port.status().memberIdentifier()).isNotEqualTo(ofB);
    assertThat(a.port.status().memberIdentifier()).isEqualTo(ofA);
    world.cut = (from, to) -> false;
    world.runUntil(world::allAgree, 3 * SECONDS);
  }

  // News are told at once, and not with the next hello.

  @Test
  void aPeerThatIsLostIsToldAtOnce() {
    Member a = world.join("a", 1, CONFIG);
    Member b = world.join("b", 2, CONFIG);
    world.join("c", 3, CONFIG);
    world.run(10 * SECONDS);
    b.crash();
    int before = 0;
    while (a.port.status().livePeers().size() == 2) {
      before = a.sent.size();
      world.run(MILLIS);
    }
    assertThat(a.sent.size()).isGreaterThan(before);
    assertThat(last(a).livePeers().orElseThrow().peers()).hasSize(1);
  }

  @Test
  void aPacketNumberNearItsEndIsToldAtOnce() {
    Member a = world.join("a", 1, CONFIG);
    Member b = world.join("b", 2, CONFIG);
    world.run(SECONDS + 500 * MILLIS);
    AssociationNumber an = b.port.status().latest().orElseThrow().an();
    PacketNumber threshold = CONFIG.pnThreshold(CipherSuite.GCM_AES_128);
    int before = b.sent.size();
    b.tell(port -> port.handlePacketNumber(world.now(), an, PacketNumber.of(1_000)));
    assertThat(b.sent).hasSize(before);
    b.tell(port -> port.handlePacketNumber(world.now(), an, threshold));
    assertThat(b.sent).hasSize(before + 1);
    assertRekeyed(a, an);
  }

  @Test
  void numbersThatMayBeUsedUpAreToldAtOnceAndOnce() {
    Member a = world.join("a", 1, CONFIG);
    Member b = world.join("b", 2, CONFIG);
    world.run(SECONDS + 500 * MILLIS);
    AssociationNumber an = b.port.status().latest().orElseThrow().an();
    int before = b.sent.size();
    b.tell(port -> port.handleMayBeUsedUp(world.now(), AssociationNumber.AN_3));
    assertThat(b.sent).hasSize(before);
    b.tell(port -> port.handleMayBeUsedUp(world.now(), an));
    assertThat(b.sent).hasSize(before + 1);
    b.tell(port -> port.handleMayBeUsedUp(world.now(), an));
    assertThat(b.sent).hasSize(before + 1);
    assertRekeyed(a, an);
  }

  private void assertRekeyed(Member a, AssociationNumber before) {
    world.run(SECONDS);
    assertThat(a.port.status().latest().orElseThrow().an()).isNotEqualTo(before);
    assertThat(world.allAgree()).isTrue();
  }

  // Keys.

  @Test
  void aKeyIsThereOrNot() {
    Member a = world.join("a", 1, CONFIG);
    a.tell(port -> port.addKey(world.now(), ANOTHER));
    assertThat(told(a)).containsExactly("KeyStarted", "KeyStarted");
    a.tell(port -> assertThat(port.removeKey(world.now(), ANOTHER.ckn())).isTrue());
    assertThat(told(a)).containsExactly("KeyEnded");
    a.tell(port -> assertThat(port.removeKey(world.now(), ANOTHER.ckn())).isFalse());
    assertThat(told(a)).isEmpty();
  }

  @Test
  void aKeyThatReplacesAnotherIsUsedAtOnce() {
    Member a = world.join("a", 1, CONFIG);
    a.sent.clear();
    a.tell(port -> port.replaceKey(world.now(), CONFIG.keys().get(0).ckn(), ANOTHER));
    assertThat(last(a).basic().ckn()).isEqualTo(ANOTHER.ckn());
  }

  /** The place of the port before is taken, as when its configuration changes. */
  @Test
  void aPortGoesOnWithWhatAnotherHadUnderWay() {
    Member b = world.join("b", 2, CONFIG);
    Member a = world.join("a", 1, CONFIG);
    world.runUntil(world::allAgree, SECONDS);
    a.tell(port -> port.replaceKey(world.now(), CONFIG.keys().get(0).ckn(), ANOTHER));
    a.tell(port -> port.distributeCak(world.now(), key("aa")));
    MkaConfig both = CONFIG.toBuilder().keys(a.port.keys().toArray(PreSharedKey[]::new)).build();
    MkaPort successor = MkaPort.create(both, a.sci, EntropySource.seeded(5));
    successor.keep(a.port);
    MkaPort before = a.port;
    before.stop(world.now());
    a.drain();
    a.port = successor;
    a.tell(port -> port.start(world.now()));
    // Now the other end changes its key as well, and the old one is not needed any more.
    b.tell(port -> port.replaceKey(world.now(), CONFIG.keys().get(0).ckn(), ANOTHER));
    world.run(20 * SECONDS);
    assertThat(a.port.keys()).extracting(PreSharedKey::ckn).containsExactly(ANOTHER.ckn());
    assertThat(b.count(MkaEvent.GroupCakReceived.class)).isPositive();
    assertThatThrownBy(() -> successor.keep(before)).hasMessageContaining("runs already");
    assertThatThrownBy(() -> before.keep(successor)).hasMessageContaining("stopped");
  }

  /** Whatever name its key server gives it. */
  @Test
  void aPortTakesNoKeyThatTheOneBeforeHad() {
    Member a = world.join("a", 2, CONFIG);
    ScriptedPeer server = new ScriptedPeer(CONFIG, 1, "0102030405060708090a0b0c");
    server.priority = 0;
    DistributedSak sak = ForeignPeersTest.sak(server, 1);
    a.frame(server.says(ScriptedPeer.live(a), sak));
    assertThat(a.port.status().latest()).isPresent();
    MkaPort successor = MkaPort.create(CONFIG, a.sci, EntropySource.seeded(5));
    successor.keep(a.port);
    a.port.stop(world.now());
    a.drain();
    a.port = successor;
    a.tell(port -> port.start(world.now()));
    a.frame(server.says(ScriptedPeer.live(a), sak));
    ScriptedPeer renamed = new ScriptedPeer(CONFIG, 1, "1112131415161718191a1b1c");
    renamed.priority = 0;
    a.frame(renamed.says(ScriptedPeer.live(a), sak));
    assertThat(a.port.status().latest()).isEmpty();
    assertThat(a.port.status().counters().dropped(DropReason.SAK_REUSED)).isEqualTo(2);
  }
}
