package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.SECONDS;

import org.junit.jupiter.api.Test;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.KeyServerRole;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaDiagnosis;
import org.macsec4j.mka.MkaDiagnosis.Kind;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.mka.wire.BasicParameterSet;

/** Members that must, or must not, be key server. */
class ForcedRoleTest {
  private final World world = new World(81);

  private Member join(String name, int number, KeyServerRole role, int priority) {
    MkaConfig config =
        Configs.group(128).toBuilder().keyServerRole(role).keyServerPriority(priority).build();
    return world.join(name, number, config);
  }

  private static BasicParameterSet lastSaid(Member member) {
    return ScriptedPeer.last(member).basic();
  }

  @Test
  void aServerIsElectedWhateverTheOthersPriority() {
    join("a", 1, KeyServerRole.AUTO, 1);
    Member server = join("b", 2, KeyServerRole.SERVER, 200);
    join("c", 3, KeyServerRole.AUTO, 1);
    world.runUntil(world::allAgree, SECONDS);
    world.run(SECONDS);
    for (Member member : world.members) {
      assertThat(member.port.status().keyServer().map(MkaStatus.KeyServer::sci))
          .contains(server.sci);
    }
    assertThat(lastSaid(server).keyServerPriority()).isZero();
    assertThat(lastSaid(server).keyServer()).isTrue();
  }

  @Test
  void aClientNeverServesAndSaysSoFromTheFirstMkpduOn() {
    Member client = join("a", 1, KeyServerRole.CLIENT, 0);
    assertThat(lastSaid(client).keyServerPriority()).isEqualTo(255);
    assertThat(lastSaid(client).keyServer()).isFalse();
    Member other = join("b", 2, KeyServerRole.AUTO, 254);
    world.runUntil(world::allAgree, SECONDS);
    assertThat(other.port.status().self()).isTrue();
    world.run(20 * SECONDS);
    assertThat(client.port.status().counters().saksGenerated()).isZero();
    assertThat(ScriptedPeer.all(client)).noneMatch(mkpdu -> mkpdu.basic().keyServer());
  }

  @Test
  void clientsOfOneServerGoOnWhenItLeavesOnlyIfSomebodyElseMayServe() {
    Member server = join("a", 1, KeyServerRole.SERVER, 16);
    join("b", 2, KeyServerRole.CLIENT, 16);
    Member heir = join("c", 3, KeyServerRole.AUTO, 16);
    world.runUntil(world::allAgree, SECONDS);
    server.crash();
    world.run(10 * SECONDS);
    assertThat(world.allAgree()).isTrue();
    assertThat(heir.port.status().self()).isTrue();
  }

  @Test
  void twoServersDoNotAgreeAndSaySo() {
    Member a = join("a", 1, KeyServerRole.SERVER, 16);
    Member b = join("b", 2, KeyServerRole.SERVER, 16);
    world.run(20 * SECONDS);
    assertThat(a.isSecured() || b.isSecured()).isFalse();
    for (Member member : world.members) {
      MkaDiagnosis diagnosis = member.port.status().diagnosis();
      assertThat(diagnosis.kind()).isEqualTo(Kind.TWO_KEY_SERVERS);
      assertThat(diagnosis.text()).contains("we and 02:00:00:00:0", "are key server at once");
      assertThat(member.port.status().counters().dropped(DropReason.SAK_NOT_FROM_KEY_SERVER))
          .isPositive();
      assertThat(member.count(MkaEvent.SakReceived.class)).isZero();
      // Keys that nobody takes become rare, and so do the MKPDUs.
      assertThat(member.port.status().counters().saksGenerated()).isLessThan(8);
    }
  }

  @Test
  void aServerAndOneThatWinsTheElectionByItsSciDoNotAgreeAndSaySo() {
    join("a", 1, KeyServerRole.AUTO, 0);
    join("b", 2, KeyServerRole.SERVER, 16);
    world.run(20 * SECONDS);
    for (Member member : world.members) {
      assertThat(member.port.status().diagnosis().kind()).isEqualTo(Kind.TWO_KEY_SERVERS);
    }
  }

  @Test
  void clientsAloneHaveNoKeyServerAndSaySo() {
    join("a", 1, KeyServerRole.CLIENT, 16);
    join("b", 2, KeyServerRole.CLIENT, 16);
    join("c", 3, KeyServerRole.CLIENT, 16);
    world.run(20 * SECONDS);
    for (Member member : world.members) {
      assertThat(member.isSecured()).isFalse();
      assertThat(member.port.status().livePeers()).hasSize(2);
      MkaDiagnosis diagnosis = member.port.status().diagnosis();
      assertThat(diagnosis.kind()).isEqualTo(Kind.NO_KEY_SERVER);
      assertThat(diagnosis.text()).contains("nobody is key server", "priority 255");
    }
    join("d", 4, KeyServerRole.AUTO, 16);
    world.runUntil(world::allAgree, SECONDS);
  }
}
