package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyResult;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaEvent;

/** What happens rarely: numbers that wrap, keys that end, answers that come late. */
class LongLifeTest {
  private final World world = new World(61);

  @Test
  void messageNumbersComeToTheirEndWithoutALostFrame() {
    Member a = world.join("a", 1, Configs.group(128));
    Member b = world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    world.run(SECONDS);
    Map<String, Integer> lost = World.counter();
    world.traffic(MILLIS, lost);
    for (Member member : new Member[] {a, b}) {
      MemberIdentifier before = member.port.status().memberIdentifier();
      member.port.participant(member.config.keys().get(0).ckn()).identity().advanceTo(0xFFFF_FFFEL);
      world.run(15 * SECONDS);
      assertThat(member.port.status().memberIdentifier()).isNotEqualTo(before);
      assertThat(member.port.status().messageNumber()).isLessThan(40);
      assertThat(world.allAgree()).isTrue();
    }
    assertThat(lost).isEmpty();
    assertThat(a.count(MkaEvent.Unsecured.class) + b.count(MkaEvent.Unsecured.class)).isZero();
  }

  @Test
  void keysAreZeroedWhenTheyRetireAndWhenThePortStops() {
    Member a = world.join("a", 1, Configs.group(128));
    Member b = world.join("b", 2, Configs.group(128));
    List<SecureAssociationKey> keys = new ArrayList<>();
    for (Member member : new Member[] {a, b}) {
      member.secy.failure =
          command -> {
            if (command instanceof SecyCommand.InstallReceiveSa install) {
              keys.add(install.sa().key());
            }
            return null;
          };
    }
    world.runUntil(world::allAgree, SECONDS);
    assertThat(keys).hasSize(2).noneMatch(SecureAssociationKey::isDestroyed);
    a.rekey();
    world.run(5 * SECONDS);
    assertThat(keys).hasSize(4);
    assertThat(keys.subList(0, 2)).allMatch(SecureAssociationKey::isDestroyed);
    a.stop();
    world.run(10 * SECONDS);
    assertThat(keys).allMatch(SecureAssociationKey::isDestroyed);
  }

  @Test
  void answersThatNobodyWaitsForAreIgnored() {
    Member a = world.join("a", 1, Configs.group(128));
    world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    for (long id = -1; id < 50; id++) {
      a.port.handleResult(world.now(), id, SecyResult.done());
      a.drain();
    }
    world.run(5 * SECONDS);
    assertThat(world.allAgree()).isTrue();
  }

  @Test
  void aHostThatSleptLongGoesOnAsIfItHadRestarted() {
    Member a = world.join("a", 1, Configs.group(128));
    Member b = world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    world.cut = (from, to) -> true;
    world.run(60 * SECONDS);
    assertThat(a.isSecured() || b.isSecured()).isFalse();
    assertThat(a.secy.isEmpty() && b.secy.isEmpty()).isTrue();
    world.cut = (from, to) -> false;
    assertThat(world.runUntil(world::allAgree, 3 * SECONDS)).isLessThan(2100 * MILLIS);
  }

  @Test
  void associationNumbersGoRound() {
    Member a = world.join("a", 1, Configs.group(128));
    world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    List<AssociationNumber> seen = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      seen.add(a.secy.selected());
      a.rekey();
      world.run(5 * SECONDS);
    }
    assertThat(seen.toString()).isEqualTo("[0, 1, 2, 3, 0, 1]");
  }
}
