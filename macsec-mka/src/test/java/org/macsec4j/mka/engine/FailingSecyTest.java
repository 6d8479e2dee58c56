package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.SecyCommand;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaDiagnosis;
import org.macsec4j.mka.MkaEvent;

/** A SecY that refuses, at each step in turn, must not wedge the agreement. */
class FailingSecyTest {
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"BACKEND", "BUSY", "LIMIT", "PERMISSION", "EXISTS", "NOT_FOUND", "PACKET_NUMBER"})
  void eachCommandInTurnFailsOnce(Kind kind) {
    for (int who = 0; who < 2; who++) {
      for (int step = 0; step < 24; step++) {
        World world = new World(31);
        world.tracing = true;
        Member a = world.join("a", 1, Configs.group(128));
        world.join("b", 2, Configs.group(128));
        failOnce(world.members.get(who).secy, step, kind);
        world.runUntil(world::allAgree, 20 * SECONDS);
        a.rekey();
        world.run(8 * SECONDS);
        if (!world.allAgree()) {
          throw world.failure("wedged when " + kind + " was met at step " + step + " of " + who);
        }
      }
    }
  }

  private static void failOnce(StubSecy secy, int step, Kind kind) {
    int[] left = {step};
    secy.failure =
        command -> left[0]-- == 0 ? new MacsecException(kind, "refused by the test") : null;
  }

  @Test
  void commandsThatFailForAWhileAreTriedAgain() {
    World world = new World(32);
    Member a = world.join("a", 1, Configs.group(128));
    Member b = world.join("b", 2, Configs.group(128));
    b.secy.failure =
        command ->
            command instanceof SecyCommand.InstallReceiveSa && world.now() < 5 * SECONDS
                ? new MacsecException(Kind.BACKEND, "no memory")
                : null;
    world.run(4 * SECONDS);
    assertThat(b.port.status().diagnosis().kind()).isEqualTo(MkaDiagnosis.Kind.SECY_REFUSED);
    assertThat(b.port.status().diagnosis().text())
        .contains("install the receive SA of 02:00:00:00:01:01/1, AN", "no memory");
    assertThat(b.count(MkaEvent.SecyRefused.class)).isBetween(3L, 12L);
    assertThat(a.isSecured()).isFalse();
    world.runUntil(world::allAgree, 8 * SECONDS);
  }

  /** With hellos of 500 ms everything is to be well again 2.5 s after what was wrong is mended. */
  @Test
  void aSecyThatIsMendedIsNoticedWithinAHello() {
    World world = new World(36);
    MkaConfig brisk =
        Configs.group(128).toBuilder()
            .helloTime(Duration.ofMillis(500))
            .lifeTime(Duration.ofMillis(1500))
            .build();
    world.join("a", 1, brisk);
    Member b = world.join("b", 2, brisk);
    long mended = 20 * SECONDS;
    b.secy.failure =
        command ->
            command instanceof SecyCommand.CreateReceiveSc && world.now() < mended
                ? new MacsecException(Kind.LIMIT, "no room")
                : null;
    world.runTo(mended);
    assertThat(b.isSecured()).isFalse();
    world.runUntil(world::allAgree, SECONDS);
  }

  @Test
  void slowAnswersDoNotDisturb() {
    for (long delay = MILLIS; delay <= 3 * SECONDS; delay *= 3) {
      World world = new World(33);
      Member a = world.add("a", 1, Configs.group(128));
      Member b = world.add("b", 2, Configs.group(128));
      a.commandDelay = delay;
      b.commandDelay = delay / 2;
      a.start();
      b.start();
      world.runUntil(world::allAgree, 20 * delay + SECONDS);
      a.rekey();
      world.run(30 * delay + 6 * SECONDS);
      assertThat(world.allAgree()).as("delay %d", delay).isTrue();
      assertThat(b.count(MkaEvent.Unsecured.class)).isZero();
    }
  }

  /** It would be secured for itself, and what it sends would be lost. */
  @Test
  void aMemberDoesNotSendWhileTheSlowSecyOfTheKeyServerDoesNotReceive() {
    World world = new World(36);
    Member a = world.add("a", 1, Configs.group(128));
    a.commandDelay = 3 * SECONDS;
    a.start();
    Member b = world.join("b", 2, Configs.group(128));
    world.run(5 * SECONDS);
    assertThat(a.port.status().latest().orElseThrow().receives()).isFalse();
    assertThat(b.isSecured()).isFalse();
    world.runUntil(world::allAgree, 20 * SECONDS);
  }

  @Test
  void aSuiteThatTheKeyServersSecyCannotDoIsGivenUpForTheNext() {
    assertFallsBack(0);
  }

  @Test
  void aSuiteThatAnotherMembersSecyCannotDoIsGivenUpForTheNext() {
    assertFallsBack(1);
  }

  private static void assertFallsBack(int who) {
    MkaConfig config =
        Configs.group(128).toBuilder()
            .cipherSuites(CipherSuite.GCM_AES_XPN_128, CipherSuite.GCM_AES_128)
            .build();
    World world = new World(34);
    Member a = world.join("a", 1, config);
    world.join("b", 2, config);
    world.members.get(who).secy.failure =
        command ->
            command instanceof SecyCommand.InstallReceiveSa install
                    && install.sa().key().salt().isPresent()
                ? new MacsecException(Kind.UNSUPPORTED, "no XPN here")
                : null;
    world.runUntil(world::allAgree, 10 * SECONDS);
    assertThat(a.port.status().latest().orElseThrow().suite()).isEqualTo(CipherSuite.GCM_AES_128);
  }

  @Test
  void stoppingEndsEvenWhenNothingCanBeRemoved() {
    World world = new World(35);
    Member a = world.join("a", 1, Configs.group(128));
    world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    a.secy.failure = command -> new MacsecException(Kind.BACKEND, "refused by the test");
    a.stop();
    // The port is up for the bus no more, so its timeouts are run here.
    for (int i = 0; i < 100 && a.port.nextDeadline() != Long.MAX_VALUE; i++) {
      long deadline = a.port.nextDeadline();
      world.runTo(deadline);
      a.port.handleTimeout(deadline);
      a.drain();
    }
    assertThat(a.port.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }
}
