package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.macsec4j.mka.engine.ScriptedPeer.live;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.wire.DistributedCak;
import org.macsec4j.mka.wire.OctetString;

/** A key server hands out the CAK of a group in the CAs that it has with each member. */
class GroupCakTest {
  private static final PreSharedKey WITH_B = key("ab", 16);
  private static final PreSharedKey WITH_C = key("ac", 32);
  private static final PreSharedKey GROUP = key("67726f7570", 16);

  private final World world = new World(111);
  private final Map<String, Integer> lost = World.counter();
  private Member a;
  private Member b;
  private Member c;

  private static PreSharedKey key(String ckn, int length) {
    byte[] octets = new byte[length];
    octets[0] = (byte) ckn.hashCode();
    return PreSharedKey.of(Ckn.parse(ckn), Cak.of(octets));
  }

  private static MkaConfig config(PreSharedKey... keys) {
    return MkaConfig.builder().keys(keys).joinGroups(true).build();
  }

  private void start(MkaConfig ofB, MkaConfig ofC) {
    a = world.join("a", 1, config(WITH_B, WITH_C));
    b = world.join("b", 2, ofB);
    c = world.join("c", 3, ofC);
    world.runUntil(() -> a.isSecured() && b.isSecured(), SECONDS);
    world.run(SECONDS);
    world.traffic(MILLIS, lost);
  }

  private void addGroup(Member member) {
    member.port.addKey(world.now(), GROUP);
    member.drain();
  }

  private void distribute(PreSharedKey key) {
    a.port.distributeCak(world.now(), key);
    a.drain();
  }

  @Test
  void pairsBecomeAGroupAndLoseNoFrame() {
    start(config(WITH_B), config(WITH_C));
    addGroup(a);
    distribute(GROUP);
    assertThat(world.runUntil(world::allAgree, SECONDS)).isLessThan(100 * MILLIS);
    world.run(20 * SECONDS);
    assertThat(world.allAgree()).isTrue();
    for (Member member : world.members) {
      assertThat(member.port.status().ckn()).isEqualTo(GROUP.ckn());
      assertThat(member.port.status().livePeers()).hasSize(2);
    }
    assertThat(lost).isEmpty();
    assertThat(b.count(MkaEvent.GroupCakReceived.class)).isEqualTo(1);
    assertThat(c.count(MkaEvent.GroupCakReceived.class)).isEqualTo(1);
    // All were seen in the group, so it is handed out no more.
    assertThat(ScriptedPeer.all(a)).anyMatch(mkpdu -> mkpdu.distributedCak().isPresent());
    a.sent.clear();
    world.run(5 * SECONDS);
    assertThat(ScriptedPeer.all(a)).noneMatch(mkpdu -> mkpdu.distributedCak().isPresent());
  }

  @Test
  void lostMkpdusDelayTheGroupAndNothingElse() {
    start(config(WITH_B), config(WITH_C));
    world.loss = 0.4;
    addGroup(a);
    distribute(GROUP);
    world.run(20 * SECONDS);
    world.loss = 0;
    world.runUntil(world::allAgree, 10 * SECONDS);
  }

  @Test
  void whoDoesNotJoinByItselfIsToldTheKey() {
    MkaConfig tells = config(WITH_B).toBuilder().joinGroups(false).build();
    start(tells, config(WITH_C));
    addGroup(a);
    distribute(GROUP);
    world.run(10 * SECONDS);
    MkaEvent.GroupCakReceived told =
        (MkaEvent.GroupCakReceived)
            b.events.stream()
                .filter(MkaEvent.GroupCakReceived.class::isInstance)
                .findFirst()
                .orElseThrow();
    assertThat(told.keyServer()).isEqualTo(a.sci);
    assertThat(told.key()).isEqualTo(GROUP);
    assertThat(told.toString()).contains("67726f7570").doesNotContain(hex(GROUP));
    assertThat(b.port.keys()).extracting(PreSharedKey::ckn).containsExactly(WITH_B.ckn());
    // It goes on, as b is not seen in the group; until it is.
    world.run(5 * SECONDS);
    assertThat(ScriptedPeer.all(a))
        .filteredOn(mkpdu -> mkpdu.basic().ckn().equals(WITH_B.ckn()))
        .last()
        .matches(mkpdu -> mkpdu.distributedCak().isPresent());
    assertThat(b.count(MkaEvent.GroupCakReceived.class)).isEqualTo(1);
    b.port.addKey(world.now(), told.key());
    told.key().destroy();
    b.drain();
    world.runUntil(world::allAgree, SECONDS);
    a.sent.clear();
    world.run(5 * SECONDS);
    assertThat(ScriptedPeer.all(a)).noneMatch(mkpdu -> mkpdu.distributedCak().isPresent());
  }

  private static String hex(PreSharedKey key) {
    return java.util.HexFormat.of().formatHex(key.cak().toByteArray());
  }

  @Test
  void theListenersKeyIsNotThePorts() {
    start(config(WITH_B), config(WITH_C));
    addGroup(a);
    distribute(GROUP);
    for (int i = 0; i < 100; i++) {
      for (Member member : world.members) {
        for (MkaEvent event : member.events) {
          if (event instanceof MkaEvent.GroupCakReceived told) {
            told.key().destroy();
          }
        }
      }
      world.run(MILLIS);
    }
    assertThat(world.allAgree()).isTrue();
  }

  @Test
  void whoIsNoMemberOfTheGroupHandsItOutANumberOfTimes() {
    start(config(WITH_B), config(WITH_C));
    a.sent.clear();
    distribute(GROUP);
    world.run(60 * SECONDS);
    assertThat(ScriptedPeer.all(a))
        .filteredOn(mkpdu -> mkpdu.distributedCak().isPresent())
        .filteredOn(mkpdu -> mkpdu.basic().ckn().equals(WITH_B.ckn()))
        .hasSize(8);
    // B and C meet without A.
    assertThat(b.port.participant(GROUP.ckn()).peers().liveOf(c.sci)).isNotNull();
    // A member that restarted is told again.
    b.restart();
    world.run(20 * SECONDS);
    assertThat(b.count(MkaEvent.GroupCakReceived.class)).isEqualTo(2);
  }

  @Test
  void itEndsWhenAsked() {
    start(config(WITH_B).toBuilder().joinGroups(false).build(), config(WITH_C));
    addGroup(a);
    distribute(GROUP);
    world.run(SECONDS);
    a.port.stopDistributingCak();
    a.sent.clear();
    world.run(10 * SECONDS);
    assertThat(ScriptedPeer.all(a))
        .isNotEmpty()
        .noneMatch(mkpdu -> mkpdu.distributedCak().isPresent());
  }

  @Test
  void onlyTheKeyServerHandsItOut() {
    start(config(WITH_B), config(WITH_C));
    b.port.distributeCak(world.now(), GROUP);
    b.drain();
    world.run(10 * SECONDS);
    assertThat(ScriptedPeer.all(b)).noneMatch(mkpdu -> mkpdu.distributedCak().isPresent());
  }

  @Test
  void aDestroyedKeyIsRefused() {
    start(config(WITH_B), config(WITH_C));
    PreSharedKey destroyed = key("dd", 16);
    destroyed.destroy();
    assertThatThrownBy(() -> a.port.distributeCak(world.now(), destroyed))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("destroyed");
  }

  @ParameterizedTest
  @CsvSource({"16,16", "16,32", "32,16", "32,32"})
  void everyLengthOfTheKeyTravelsUnderEveryOther(int own, int group) {
    PreSharedKey pairwise = key("0102", own);
    PreSharedKey travels = key("ff".repeat(32), group);
    a = world.join("a", 1, config(pairwise));
    b = world.join("b", 2, config(pairwise));
    world.runUntil(world::allAgree, SECONDS);
    distribute(travels);
    world.run(SECONDS);
    assertThat(b.events).contains(new MkaEvent.GroupCakReceived(a.sci, travels));
  }

  // What is not believed.

  @Test
  void aKeyFromOneThatIsNotTheKeyServerIsCountedAndDropped() {
    a = world.join("a", 1, config(WITH_B));
    ScriptedPeer peer = new ScriptedPeer(a.config, 2, "0102030405060708090a0b0c");
    a.frame(peer.says(live(a)));
    world.run(MILLIS);
    a.frame(peer.says(live(a), travelling(peer, GROUP)));
    assertThat(a.port.status().counters().dropped(DropReason.CAK_NOT_FROM_KEY_SERVER)).isEqualTo(1);
    assertThat(a.count(MkaEvent.GroupCakReceived.class)).isZero();
  }

  @Test
  void aKeyServerThatDoesNotKnowUsToBeLiveIsNotBelieved() {
    a = world.join("a", 2, config(WITH_B));
    ScriptedPeer server = server();
    a.frame(server.says(travelling(server, GROUP)));
    assertThat(a.port.status().counters().dropped(DropReason.CAK_NOT_FROM_KEY_SERVER)).isEqualTo(1);
    assertThat(a.port.keys()).hasSize(1);
    a.frame(server.says(live(a), travelling(server, GROUP)));
    assertThat(a.port.keys()).hasSize(2);
  }

  @Test
  void aKeyThatDoesNotUnwrapIsCountedAndDropped() {
    a = world.join("a", 2, config(WITH_B));
    ScriptedPeer server = server();
    for (int length = 25; length <= 72; length++) {
      OctetString garbage = OctetString.of(new byte[length]);
      a.frame(server.says(live(a), new DistributedCak(garbage, 0)));
    }
    assertThat(a.port.status().counters().dropped(DropReason.CAK_UNWRAP_FAILED)).isEqualTo(48);
    assertThat(a.count(MkaEvent.GroupCakReceived.class)).isZero();
    assertThat(a.port.keys()).hasSize(1);
  }

  @Test
  void everNewKeysFillNoMemory() {
    a = world.join("a", 2, config(WITH_B));
    ScriptedPeer server = server();
    for (int i = 0; i < 100; i++) {
      a.frame(server.says(live(a), travelling(server, key(String.format("%04x", i), 16))));
      world.run(MILLIS);
    }
    assertThat(a.count(MkaEvent.GroupCakReceived.class)).isEqualTo(100);
    assertThat(a.port.keys())
        .extracting(PreSharedKey::ckn)
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                WITH_B.ckn(),
                Ckn.parse("0060"),
                Ckn.parse("0061"),
                Ckn.parse("0062"),
                Ckn.parse("0063")));
  }

  private ScriptedPeer server() {
    ScriptedPeer server = new ScriptedPeer(a.config, 1, "0102030405060708090a0b0c");
    server.priority = 0;
    a.frame(server.says());
    world.run(MILLIS);
    a.frame(server.says(ScriptedPeer.potential(a)));
    return server;
  }

  private static DistributedCak travelling(ScriptedPeer from, PreSharedKey key) {
    return DistributedCak.of(OctetString.of(from.keys.wrap(key.cak().toByteArray())), key.ckn());
  }
}
