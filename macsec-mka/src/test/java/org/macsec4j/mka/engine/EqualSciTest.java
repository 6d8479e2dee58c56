package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MkaDiagnosis;
import org.macsec4j.mka.MkaDiagnosis.Kind;
import org.macsec4j.mka.MkaEvent;

/** Two devices with one SCI: a fault that is told, and that does not take the others along. */
class EqualSciTest {
  private final World world = new World(82);

  private static List<MkaEvent> clashes(Member member) {
    return member.events.stream().filter(MkaEvent.SciClash.class::isInstance).toList();
  }

  private static long dropped(Member member, DropReason reason) {
    return member.port.status().counters().dropped(reason);
  }

  @Test
  void anotherWithOurSciIsToldToBoth() {
    Member a = world.join("a", 1, Configs.group(128));
    Member twin = world.join("twin", 1, Configs.group(128));
    world.run(20 * SECONDS);
    for (Member member : List.of(a, twin)) {
      assertThat(member.isSecured()).isFalse();
      assertThat(clashes(member)).containsExactly(new MkaEvent.SciClash(a.sci, true));
      MkaDiagnosis diagnosis = member.port.status().diagnosis();
      assertThat(diagnosis.kind()).isEqualTo(Kind.EQUAL_SCI);
      assertThat(diagnosis.text()).contains("our SCI 02:00:00:00:01:01/1", "port number");
      assertThat(dropped(member, DropReason.OWN_SCI)).isGreaterThan(4);
    }
    twin.crash();
    world.run(8 * SECONDS);
    assertThat(a.port.status().diagnosis().kind()).isEqualTo(Kind.NOTHING_RECEIVED);
    twin.start();
    world.run(10 * SECONDS);
    assertThat(clashes(a)).hasSize(2);
  }

  @Test
  void peersThatShareAnSciAreToldAndTheOthersStayInPeace() {
    Member a = world.join("a", 1, Configs.group(128));
    Member b = world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    Map<String, Integer> lost = World.counter();
    Member one = world.join("one", 7, Configs.group(128));
    Member two = world.join("two", 7, Configs.group(128));
    world.run(30 * SECONDS);
    assertThat(clashes(a)).containsExactly(new MkaEvent.SciClash(one.sci, false));
    assertThat(clashes(b)).containsExactly(new MkaEvent.SciClash(one.sci, false));
    assertThat(clashes(one)).containsExactly(new MkaEvent.SciClash(one.sci, true));
    assertThat(dropped(a, DropReason.SCI_CLASH)).isPositive();

    long keys = a.port.status().counters().saksGenerated();
    assertThat(keys).isLessThan(30);
    world.traffic(10 * MILLIS, lost);
    world.run(20 * SECONDS);
    // One of the two is kept out, the other one is a member like any; no key is made any more.
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(keys);
    assertThat(one.isSecured() ^ two.isSecured()).isTrue();
    assertThat(lost).isEmpty();
    assertThat(clashes(a)).hasSize(1);
    Member out = one.isSecured() ? two : one;
    assertThat(out.port.status().diagnosis().kind()).isEqualTo(Kind.EQUAL_SCI);

    (one.isSecured() ? one : two).crash();
    world.runUntil(world::allAgree, 10 * SECONDS);
    assertThat(out.isSecured()).isTrue();
  }

  @Test
  void peersThatShareAnSciAndTakeNoKeyAreInTheDiagnosis() {
    Member a = world.join("a", 9, Configs.group(128));
    ScriptedPeer one = new ScriptedPeer(Configs.group(128), 1, "0a0a0a0a0a0a0a0a0a0a0a0a");
    ScriptedPeer two = new ScriptedPeer(Configs.group(128), 1, "0b0b0b0b0b0b0b0b0b0b0b0b");
    one.priority = 1;
    two.priority = 1;
    for (int i = 0; i < 10; i++) {
      world.run(SECONDS);
      a.frame((i % 2 == 0 ? one : two).says(ScriptedPeer.live(a)));
    }
    assertThat(clashes(a)).containsExactly(new MkaEvent.SciClash(one.sci, false));
    MkaDiagnosis diagnosis = a.port.status().diagnosis();
    assertThat(diagnosis.kind()).isEqualTo(Kind.EQUAL_SCI);
    assertThat(diagnosis.text()).contains("several devices have the SCI 02:00:00:00:01:01/1");
  }

  @Test
  void aRestartIsNoClash() {
    Member a = world.join("a", 1, Configs.group(128));
    Member b = world.join("b", 2, Configs.group(128));
    world.maxDelay = 80 * MILLIS;
    world.duplication = 0.3;
    for (int i = 0; i < 30; i++) {
      world.run(2 * SECONDS);
      b.restart();
    }
    world.run(2 * SECONDS);
    assertThat(clashes(a)).isEmpty();
    assertThat(clashes(b)).isEmpty();
    assertThat(dropped(a, DropReason.SCI_CLASH)).isZero();
  }

  @Test
  void ourOwnMkpdusOfAFormerIdentityAreOurOwn() {
    Member a = world.join("a", 1, Configs.group(128));
    List<byte[]> before = List.copyOf(a.sent);
    a.port.participant(a.config.keys().get(0).ckn()).startOver();
    for (int i = 0; i < 6; i++) {
      before.forEach(a::frame);
    }
    assertThat(dropped(a, DropReason.OWN_SCI)).isZero();
    assertThat(dropped(a, DropReason.OWN_MKPDU)).isEqualTo(6L * before.size());
    assertThat(clashes(a)).isEmpty();
  }
}
