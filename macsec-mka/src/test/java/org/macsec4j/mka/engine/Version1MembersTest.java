package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.ScriptedPeer.all;
import static org.macsec4j.mka.engine.ScriptedPeer.last;
import static org.macsec4j.mka.engine.ScriptedPeer.live;
import static org.macsec4j.mka.engine.ScriptedPeer.potential;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.SecyCommand;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.PeerEntry;

/** What is done for the sake of members of version 1, any of which may be a wpa_supplicant. */
class Version1MembersTest {
  private static final MkaConfig CONFIG = Configs.group(128);
  private static final String FIRST = "0102030405060708090a0b0c";
  private static final String SECOND = "1112131415161718191a1b1c";
  private static final String THIRD = "2122232425262728292a2b2c";

  private final World world = new World(211);

  private static ScriptedPeer peer(int number, String identifier) {
    return new ScriptedPeer(CONFIG, number, identifier);
  }

  private static LivePeerList lists(Member member, ScriptedPeer... others) {
    List<PeerEntry> entries = new ArrayList<>(live(member).peers());
    for (ScriptedPeer other : others) {
      entries.add(new PeerEntry(other.memberIdentifier, other.messageNumber));
    }
    return new LivePeerList(entries);
  }

  private static LivePeerList listsAlone(Member member, ScriptedPeer other) {
    return new LivePeerList(lists(member, other).peers().subList(1, 2));
  }

  private static MacsecSakUse uses(ScriptedPeer server, int number) {
    MkaKeyIdentifier key = new MkaKeyIdentifier(server.memberIdentifier, number);
    KeyUse use = new KeyUse(AssociationNumber.AN_1, true, true, key, 1);
    return MacsecSakUse.of(use, KeyUse.NONE, false, false, false);
  }

  private static long installs(Member member) {
    return member.secy.commands.stream()
        .filter(SecyCommand.InstallReceiveSa.class::isInstance)
        .count();
  }

  /** It goes on with the key that it has, which has another name by that. */
  @Test
  void aKeyServerThatTakesAnotherIdentifierGivesNoOtherKeyByThat() {
    Member a = world.join("a", 3, CONFIG);
    ScriptedPeer server = peer(1, FIRST);
    server.priority = 0;
    DistributedSak sak = ForeignPeersTest.sak(server, 1);
    a.frame(server.says(live(a), sak));
    world.run(SECONDS);
    ScriptedPeer again = peer(1, SECOND);
    again.priority = 0;
    a.frame(again.says(live(a), sak));
    a.frame(again.says(live(a), uses(server, 1)));
    world.run(SECONDS);
    assertThat(installs(a)).isEqualTo(1);
    assertThat(a.port.status().latest().orElseThrow().identifier().keyServer())
        .isEqualTo(server.memberIdentifier);
    assertThat(a.isSecured()).isTrue();

    world.run(10 * SECONDS);
    assertThat(a.port.status().latest()).isEmpty();
    ScriptedPeer atLast = peer(1, THIRD);
    atLast.priority = 0;
    a.frame(atLast.says(live(a), sak));
    assertThat(a.port.status().latest()).isEmpty();
    assertThat(a.port.status().counters().dropped(DropReason.SAK_REUSED)).isEqualTo(1);
    a.frame(atLast.says(live(a), ForeignPeersTest.sak(atLast, 2)));
    assertThat(a.port.status().latest()).isPresent();
  }

  @Test
  void aMemberThatTakesAnotherIdentifierAndKeepsItsKeyIsReceivedAllTheWhile() {
    Member a = world.join("a", 3, CONFIG);
    ScriptedPeer server = peer(1, FIRST);
    server.priority = 0;
    ScriptedPeer other = peer(2, SECOND);
    a.frame(server.says(live(a)));
    a.frame(other.says(live(a)));
    a.frame(server.says(lists(a, other), uses(server, 1), ForeignPeersTest.sak(server, 1)));
    world.run(MILLIS);
    assertThat(installs(a)).isEqualTo(2);
    a.secy.commands.clear();
    a.frame(peer(2, THIRD).says(lists(a, server), uses(server, 1)));
    world.run(3 * SECONDS);
    assertThat(a.port.status().livePeers()).hasSize(2);
    assertThat(a.secy.commands)
        .noneMatch(SecyCommand.DeleteReceiveSa.class::isInstance)
        .noneMatch(SecyCommand.InstallReceiveSa.class::isInstance);
  }

  /** A wpa_supplicant forgets one who says nothing of its keys for a life time. */
  @Test
  void oneStrangerAfterTheOtherDoesNotKeepUsFromSayingWhichKeyWeUse() {
    Member a = world.join("a", 1, CONFIG);
    world.join("b", 2, CONFIG);
    world.runUntil(world::allAgree, SECONDS);
    world.run(4 * SECONDS);
    for (int i = 0; i < 10; i++) {
      a.sent.clear();
      for (int j = 0; j < 3; j++) {
        a.frame(peer(3, "%024x".formatted(16 * i + j + 1)).says());
        world.run(1500 * MILLIS);
      }
      assertThat(all(a)).as("round %d", i).anyMatch(mkpdu -> mkpdu.sakUse().isPresent());
    }
  }

  @Test
  void aKeyWaitsUntilMembersKnowEachOther() {
    Member a = world.join("a", 1, CONFIG.toBuilder().keyServerPriority(0).build());
    ScriptedPeer one = peer(2, FIRST);
    ScriptedPeer two = peer(3, SECOND);
    a.frame(one.says(potential(a)));
    world.run(MILLIS);
    assertThat(last(a).distributedSak()).isPresent();
    a.frame(two.says(potential(a)));
    world.run(SECONDS);
    a.frame(one.says(lists(a, two)));
    a.frame(two.says(lists(a)));
    world.run(SECONDS);
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(1);
    a.frame(two.says(lists(a, one)));
    world.run(MILLIS);
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(2);
    assertThat(last(a).distributedSak()).isPresent();
  }

  @Test
  void whoDoesNotSayWhomItKnowsGetsItsKeyLaterAndAnotherOneWhenItDoes() {
    Member a = world.join("a", 1, CONFIG.toBuilder().keyServerPriority(0).build());
    ScriptedPeer one = peer(2, FIRST);
    ScriptedPeer two = peer(3, SECOND);
    a.frame(one.says(live(a)));
    world.run(MILLIS);
    for (int i = 0; i < 5; i++) {
      a.frame(one.says(lists(a)));
      a.frame(two.says(lists(a)));
      world.run(2 * SECONDS);
    }
    long premature = a.port.status().counters().saksGenerated();
    assertThat(premature).isGreaterThan(1);
    a.frame(one.says(lists(a, two)));
    a.frame(two.says(lists(a, one)));
    world.run(SECONDS);
    assertThat(a.port.status().counters().saksGenerated()).isGreaterThan(premature);
  }

  /** It would close its port, to the other one as well, as soon as it takes us for live. */
  @Test
  void whoComesToLeadListsMembersWithTheirKeyOnly() {
    Member a = world.join("a", 3, CONFIG.toBuilder().keyServerPriority(0).build());
    ScriptedPeer one = peer(1, FIRST);
    ScriptedPeer two = peer(2, SECOND);
    one.messageNumber = 100;
    two.messageNumber = 100;
    a.frame(one.says(listsAlone(a, two), potential(a), uses(one, 1)));
    world.run(SECONDS);
    assertThat(a.port.status().livePeers()).hasSize(1);
    assertThat(all(a)).allMatch(m -> m.livePeers().isEmpty() && m.potentialPeers().isEmpty());
    a.frame(two.says(listsAlone(a, one), potential(a), uses(one, 1)));
    world.run(MILLIS);
    assertThat(last(a).livePeers().orElseThrow().peers()).hasSize(2);
    assertThat(last(a).distributedSak()).isPresent();
  }

  @Test
  void whoComesToLeadDoesNotWaitForOneThatIsGone() {
    Member a = world.join("a", 3, CONFIG.toBuilder().keyServerPriority(0).build());
    ScriptedPeer one = peer(1, FIRST);
    ScriptedPeer gone = peer(2, SECOND);
    gone.messageNumber = 100;
    for (int i = 0; i < 3; i++) {
      a.frame(one.says(listsAlone(a, gone), potential(a), uses(one, 1)));
      world.run(2 * SECONDS);
    }
    assertThat(last(a).livePeers()).isPresent();
    assertThat(a.port.status().counters().saksGenerated()).isPositive();
  }
}
