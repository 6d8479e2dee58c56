package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.ScriptedPeer.live;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
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
import org.macsec4j.mka.wire.ParameterSet;
import org.macsec4j.mka.wire.PeerEntry;

/**
 * A key server meets members that hold keys of the one before, as when it restarted in a group or
 * two groups became one. Its key must not cut them off from those whom it has not met yet.
 */
class KeysOfBeforeTest {
  private static final MkaConfig CONFIG = Configs.group(128);
  private static final MemberIdentifier BEFORE = MemberIdentifier.parse("ff".repeat(12));
  private static final MemberIdentifier UNHEARD = MemberIdentifier.parse("ee".repeat(12));

  private final World world = new World(52);
  private final ScriptedPeer first = new ScriptedPeer(CONFIG, 2, "020202020202020202020202");
  private final ScriptedPeer second = new ScriptedPeer(CONFIG, 3, "030303030303030303030303");
  private Member server;

  @BeforeEach
  void aKeyServer() {
    server = world.join("a", 1, CONFIG);
    first.version = 3;
    second.version = 3;
  }

  private static KeyUse key(int number, boolean transmits) {
    return new KeyUse(
        AssociationNumber.of(number), transmits, true, new MkaKeyIdentifier(BEFORE, number + 1), 1);
  }

  private static MacsecSakUse uses(KeyUse latest, KeyUse old) {
    return MacsecSakUse.of(latest, old, false, false, false);
  }

  private LivePeerList serverAnd(MemberIdentifier other) {
    List<PeerEntry> entries = new ArrayList<>(live(server).peers());
    entries.add(new PeerEntry(other, 1));
    return new LivePeerList(entries);
  }

  /** Gives what a peer says, now and at each hello for some time; the time until a key, or -1. */
  private long untilKey(long time, ScriptedPeer peer, ParameterSet... sets) {
    long begin = world.now();
    for (int i = 0; world.now() - begin < time; i++) {
      if (i % 500 == 0) {
        server.frame(peer.says(sets));
      }
      world.run(MILLIS);
      if (server.port.status().counters().saksGenerated() > 0) {
        return world.now() - begin;
      }
    }
    return -1;
  }

  private AssociationNumber given() {
    List<Mkpdu> all = ScriptedPeer.all(server);
    return all.get(all.size() - 1).distributedSak().orElseThrow().associationNumber();
  }

  @Test
  void aFirstKeyWaitsForAnAssociationNumberThatNobodySendsUnder() {
    MacsecSakUse ofFirst = uses(key(1, true), key(0, true));
    MacsecSakUse ofSecond = uses(key(3, true), key(2, true));
    server.frame(first.says(serverAnd(second.memberIdentifier), ofFirst));
    assertThat(untilKey(SECONDS, second, live(server), ofSecond)).isEqualTo(-1);
    server.frame(first.says(live(server), uses(key(1, true), KeyUse.NONE)));
    world.run(MILLIS);
    assertThat(given()).isEqualTo(AssociationNumber.AN_0);
  }

  @Test
  void membersThatNeverLetGoOfTheirNumbersAreWaitedForALifeTime() {
    MacsecSakUse ofFirst = uses(key(1, true), key(0, true));
    MacsecSakUse ofSecond = uses(key(3, true), key(2, true));
    server.frame(first.says(serverAnd(second.memberIdentifier), ofFirst));
    server.frame(second.says(live(server), ofSecond));
    long begin = world.now();
    while (server.port.status().counters().saksGenerated() == 0) {
      server.frame(first.says(live(server), ofFirst));
      untilKey(SECONDS, second, live(server), ofSecond);
    }
    assertThat(world.now() - begin).isBetween(6 * SECONDS, 6 * SECONDS + 10 * MILLIS);
  }

  @Test
  void aMemberThatComesWithAKeyAndKnowsSomebodyElseWaitsForThatOne() {
    first.version = 3;
    second.version = 3;
    server.frame(first.says(live(server)));
    world.run(MILLIS);
    long before = server.port.status().counters().saksGenerated();
    assertThat(before).isEqualTo(1);
    server.frame(second.says(serverAnd(UNHEARD), uses(key(0, true), KeyUse.NONE)));
    world.run(2 * SECONDS);
    assertThat(server.port.status().counters().saksGenerated()).isEqualTo(before);
    ScriptedPeer unheard = new ScriptedPeer(CONFIG, 4, UNHEARD.toString());
    unheard.version = 3;
    server.frame(first.says(live(server)));
    server.frame(unheard.says(live(server), uses(key(1, true), KeyUse.NONE)));
    world.run(10 * MILLIS);
    assertThat(server.port.status().counters().saksGenerated()).isEqualTo(before + 1);
    assertThat(server.port.status().livePeers()).hasSize(3);
    assertThat(given()).isIn(AssociationNumber.AN_2, AssociationNumber.AN_3);
  }

  @Test
  void aMemberThatComesAnewWaitsForNobody() {
    server.frame(first.says(live(server)));
    world.run(MILLIS);
    server.frame(second.says(serverAnd(UNHEARD)));
    world.run(10 * MILLIS);
    assertThat(server.port.status().counters().saksGenerated()).isEqualTo(2);
  }

  @Test
  void somebodyWhoNeverComesIsWaitedForAHelloAndAHalf() {
    server.frame(first.says(live(server)));
    world.run(MILLIS);
    server.frame(second.says(serverAnd(UNHEARD), uses(key(0, true), KeyUse.NONE)));
    for (int i = 0; i < 2; i++) {
      world.run(1_400 * MILLIS);
      assertThat(server.port.status().counters().saksGenerated()).isEqualTo(1);
      server.frame(first.says(live(server)));
      server.frame(second.says(serverAnd(UNHEARD), uses(key(0, true), KeyUse.NONE)));
    }
    world.run(201 * MILLIS);
    assertThat(server.port.status().counters().saksGenerated()).isEqualTo(2);
  }

  private static DistributedSak sak(ScriptedPeer by, int number) {
    byte[] octets = new byte[16];
    octets[0] = (byte) number;
    OctetString wrapped = OctetString.of(by.keys.wrap(octets));
    return DistributedSak.of(
        AssociationNumber.of(number - 1),
        ConfidentialityOffset.OFFSET_0,
        number,
        CipherSuite.GCM_AES_128,
        wrapped);
  }

  private static KeyUse use(ScriptedPeer by, int number, boolean transmits) {
    return new KeyUse(
        AssociationNumber.of(number - 1),
        transmits,
        true,
        new MkaKeyIdentifier(by.memberIdentifier, number),
        1);
  }

  private static LivePeerList everybody(Member member, ScriptedPeer other) {
    List<PeerEntry> entries = new ArrayList<>(live(member).peers());
    entries.add(new PeerEntry(other.memberIdentifier, other.messageNumber));
    return new LivePeerList(entries);
  }

  /** A peer on a slow clock may have begun to send under the key that it said it receives with. */
  @Test
  void aKeyThatAPeerMayBeginToSendUnderIsReceivedUntilItSaysThatItHasAnother() {
    world.cut = (from, to) -> true;
    Member member = world.join("b", 7, CONFIG);
    first.priority = 0;
    member.frame(second.says(everybody(member, first)));
    member.frame(first.says(everybody(member, second), sak(first, 1)));
    KeyUse former = use(first, 1, true);
    member.frame(first.says(everybody(member, second), uses(former, KeyUse.NONE)));
    assertThat(member.isSecured()).isTrue();
    ScriptedPeer restarted = new ScriptedPeer(CONFIG, 2, "0a".repeat(12));
    restarted.version = 3;
    restarted.priority = 0;
    member.frame(restarted.says(live(member), sak(restarted, 2)));
    KeyUse latest = use(restarted, 2, true);
    MacsecSakUse slow = uses(use(first, 1, false), KeyUse.NONE);
    for (int i = 0; i < 20; i++) {
      member.frame(restarted.says(live(member), uses(latest, KeyUse.NONE)));
      member.frame(second.says(live(member), slow));
      world.run(SECONDS);
      assertThat(member.port.status().latest().orElseThrow().identifier()).isEqualTo(latest.key());
      assertThat(member.events).noneMatch(isEndOf(former));
    }
    member.frame(second.says(live(member)));
    member.frame(second.says(live(member), uses(latest, KeyUse.NONE)));
    world.run(SECONDS);
    assertThat(member.events).anyMatch(isEndOf(former));
  }

  private static Predicate<MkaEvent> isEndOf(KeyUse use) {
    return e -> e instanceof MkaEvent.SakRetired retired && retired.key().equals(use.key());
  }
}
