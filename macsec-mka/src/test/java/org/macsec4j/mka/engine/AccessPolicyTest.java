package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.MacsecException;
import org.macsec4j.SecyCommand;
import org.macsec4j.ValidateFrames;
import org.macsec4j.mka.AccessPolicy;
import org.macsec4j.mka.ClearReason;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaDiagnosis;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.UnauthenticatedAccess;
import org.macsec4j.mka.UnsecuredAccess;

/** Which frames pass while no key is in use; {@link StubSecy} checks that no others do. */
class AccessPolicyTest {
  private final World world = new World(83);

  private static MkaConfig config(UnauthenticatedAccess alone, UnsecuredAccess withPeer) {
    return Configs.group(128).toBuilder().accessPolicy(new AccessPolicy(alone, withPeer)).build();
  }

  private static MkaConfig shouldSecure() {
    return Configs.group(128).toBuilder().accessPolicy(AccessPolicy.SHOULD_SECURE).build();
  }

  private static List<ClearReason> reasons(Member member) {
    return member.events.stream()
        .filter(MkaEvent.PassingInClear.class::isInstance)
        .map(event -> ((MkaEvent.PassingInClear) event).reason())
        .toList();
  }

  /** A peer that is live and takes no key. */
  private ScriptedPeer stubborn(Member member, long forNanos) {
    ScriptedPeer peer = new ScriptedPeer(member.config, 9, "0a0a0a0a0a0a0a0a0a0a0a0a");
    for (long at = SECONDS / 2; at < forNanos; at += SECONDS) {
      world.at(at, () -> member.frame(peer.says(ScriptedPeer.live(member))));
    }
    return peer;
  }

  @Test
  void underMustSecureThePortStaysShutUntilAKeyIsInUse() {
    Member a = world.join("a", 1, Configs.group(128));
    world.run(20 * SECONDS);
    assertThat(a.secy.commands).isEmpty();
    assertThat(reasons(a)).isEmpty();
    world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    assertThat(a.secy.commands)
        .noneMatch(
            command ->
                command instanceof SecyCommand.Change change
                    && (change.change().protectFrames().isPresent()
                        || change.change().validateFrames().isPresent()));
  }

  @Test
  void immediatelyInClearAndThenSecuredAndThenInClearAgain() {
    Member a = world.join("a", 1, shouldSecure());
    assertThat(a.secy.passesInClear()).isTrue();
    assertThat(a.secy.validate()).isEqualTo(ValidateFrames.DISABLED);
    assertThat(a.isSecured()).isFalse();
    Member b = world.join("b", 2, shouldSecure());
    world.runUntil(world::allAgree, SECONDS);
    world.run(SECONDS);
    assertThat(a.secy.passesInClear()).isFalse();
    assertThat(a.secy.validate()).isEqualTo(ValidateFrames.STRICT);
    assertThat(reasons(a)).containsExactly(ClearReason.NO_PEER, ClearReason.NO_SAK);
    assertThat(a.count(MkaEvent.ClearEnded.class)).isEqualTo(1);
    b.crash();
    world.run(8 * SECONDS);
    assertThat(a.secy.passesInClear()).isTrue();
    assertThat(a.isSecured()).isFalse();
    assertThat(reasons(a)).endsWith(ClearReason.NO_PEER).hasSize(3);
    a.stop();
    assertThat(a.secy.isEmpty()).isTrue();
    assertThat(a.secy.passesInClear()).isFalse();
    assertThat(a.secy.validate()).isEqualTo(ValidateFrames.STRICT);
    assertThat(a.count(MkaEvent.ClearEnded.class)).isEqualTo(2);
  }

  @Property(tries = 60)
  void fromClearToSecuredNoFrameIsLost(
      @ForAll long seed,
      @ForAll @LongRange(max = 5 * MILLIS) long commandDelay,
      @ForAll @IntRange(min = 1, max = 40) int delay,
      @ForAll boolean shouldPrefer) {
    World world = new World(seed);
    world.minDelay = delay * MILLIS / 10;
    world.maxDelay = world.minDelay;
    Map<String, Integer> lost = World.counter();
    MkaConfig config = shouldSecure().toBuilder().keyServerPriority(shouldPrefer ? 1 : 16).build();
    Member a = world.join("a", 1, shouldSecure());
    Member b = world.add("b", 2, config);
    a.commandDelay = commandDelay;
    b.commandDelay = commandDelay / 2;
    world.at(seed & 0xFFFF_FFFFL, b::start);
    world.traffic(MILLIS / 4, lost);
    world.run(6 * SECONDS);
    assertThat(world.allAgree()).isTrue();
    assertThat(lost).isEmpty();
    // Strict at last, on both sides.
    assertThat(a.secy.validate()).isEqualTo(ValidateFrames.STRICT);
    assertThat(b.secy.validate()).isEqualTo(ValidateFrames.STRICT);
  }

  @Test
  void clearFramesAreReceivedOnlyUntilEveryPeerHasSwitched() {
    Member a = world.join("a", 1, shouldSecure());
    Member b = world.join("b", 2, shouldSecure());
    Member slow = world.join("slow", 3, shouldSecure());
    slow.secy.failure =
        command ->
            command instanceof SecyCommand.SelectTransmitSa && world.now() < 3 * SECONDS
                ? new MacsecException(MacsecException.Kind.BACKEND, "not yet")
                : null;
    world.run(2 * SECONDS);
    assertThat(a.isSecured() && b.isSecured()).isTrue();
    assertThat(slow.secy.passesInClear()).isTrue();
    assertThat(a.secy.validate()).isEqualTo(ValidateFrames.CHECK);
    assertThat(a.secy.receives(slow.sci, slow.secy)).isTrue();
    world.run(6 * SECONDS);
    assertThat(world.allAgree()).isTrue();
    for (Member member : world.members) {
      assertThat(member.secy.validate()).isEqualTo(ValidateFrames.STRICT);
    }
    // Whoever comes now finds a strict port.
    Member late = world.join("late", 4, shouldSecure());
    assertThat(late.secy.passesInClear()).isTrue();
    assertThat(a.secy.receives(late.sci, late.secy)).isFalse();
    world.runUntil(world::allAgree, SECONDS);
  }

  @Test
  void unauthenticatedOnceNoPeerWasLiveForALifeTime() {
    Member a = world.join("a", 1, config(UnauthenticatedAccess.MKA_FAILURE, UnsecuredAccess.NEVER));
    world.run(6 * SECONDS - MILLIS);
    assertThat(a.secy.isPortEnabled()).isFalse();
    world.run(2 * MILLIS);
    assertThat(a.secy.passesInClear()).isTrue();
    assertThat(reasons(a)).containsExactly(ClearReason.NO_PEER_IN_TIME);
    Member b = world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    world.run(10 * SECONDS);
    b.crash();
    world.runUntil(() -> a.port.status().livePeers().isEmpty(), 8 * SECONDS);
    world.run(6 * SECONDS - MILLIS);
    assertThat(a.secy.isPortEnabled()).isFalse();
    world.run(2 * MILLIS);
    assertThat(a.secy.passesInClear()).isTrue();
  }

  @Test
  void aLivePeerEndsUnauthenticatedAccess() {
    Member a = world.join("a", 1, config(UnauthenticatedAccess.IMMEDIATE, UnsecuredAccess.NEVER));
    stubborn(a, 20 * SECONDS);
    world.run(SECONDS / 4);
    assertThat(a.secy.passesInClear()).isTrue();
    world.run(10 * SECONDS);
    assertThat(a.port.status().livePeers()).hasSize(1);
    assertThat(a.secy.isPortEnabled()).isFalse();
    assertThat(a.secy.validate()).isEqualTo(ValidateFrames.STRICT);
    assertThat(reasons(a)).containsExactly(ClearReason.NO_PEER);
    assertThat(a.count(MkaEvent.ClearEnded.class)).isEqualTo(1);
  }

  @Test
  void unsecuredOnceALivePeerGotNoKeyForALifeTime() {
    Member a = world.join("a", 1, config(UnauthenticatedAccess.NEVER, UnsecuredAccess.MKA_FAILURE));
    stubborn(a, 20 * SECONDS);
    world.run(SECONDS / 2 + 6 * SECONDS - MILLIS);
    assertThat(a.port.status().livePeers()).hasSize(1);
    assertThat(a.secy.isPortEnabled()).isFalse();
    world.run(2 * MILLIS);
    assertThat(a.secy.passesInClear()).isTrue();
    assertThat(reasons(a)).containsExactly(ClearReason.NO_SAK_IN_TIME);
    // The key that the peer did not take is received all the same, should it come to it yet.
    assertThat(a.secy.validate()).isEqualTo(ValidateFrames.CHECK);
    world.run(20 * SECONDS);
    assertThat(a.secy.isPortEnabled()).isFalse();
  }

  @Test
  void unsecuredWhenTheKeyServerSaysSo() {
    MkaConfig byServer = config(UnauthenticatedAccess.NEVER, UnsecuredAccess.KEY_SERVER);
    Member a = world.join("a", 1, byServer.toBuilder().macsecDesired(false).build());
    Member b = world.join("b", 2, byServer);
    Member strict = world.join("strict", 3, Configs.group(128));
    world.run(SECONDS);
    assertThat(a.secy.passesInClear() && b.secy.passesInClear()).isTrue();
    assertThat(reasons(a)).containsExactly(ClearReason.KEY_SERVER);
    assertThat(reasons(b)).containsExactly(ClearReason.KEY_SERVER);
    world.run(20 * SECONDS);
    assertThat(strict.secy.isPortEnabled()).isFalse();
    MkaDiagnosis diagnosis = strict.port.status().diagnosis();
    assertThat(diagnosis.kind()).isEqualTo(MkaDiagnosis.Kind.PEER_WANTS_NO_MACSEC);
    assertThat(diagnosis.text()).contains("02:00:00:00:01:01/1", "access policy");
    // A key server that wants it takes over, and all are secured.
    world.join("d", 4, Configs.group(128).toBuilder().keyServerPriority(1).build());
    world.run(SECONDS);
    assertThat(b.isSecured() && strict.isSecured()).isTrue();
    assertThat(b.secy.validate()).isNotEqualTo(ValidateFrames.DISABLED);
  }

  @Test
  void aRefusedRekeyNeverOpensThePortInClear() {
    Member a = world.join("a", 1, shouldSecure());
    Member b = world.join("b", 2, shouldSecure());
    world.runUntil(world::allAgree, SECONDS);
    world.run(SECONDS);
    int cleared = reasons(a).size();
    for (Member member : world.members) {
      member.secy.failure =
          command ->
              command instanceof SecyCommand.InstallReceiveSa
                      || command instanceof SecyCommand.InstallTransmitSa
                  ? new MacsecException(MacsecException.Kind.BACKEND, "no memory")
                  : null;
    }
    a.rekey();
    world.run(60 * SECONDS);
    assertThat(a.isSecured() && b.isSecured()).isTrue();
    assertThat(a.secy.transmitKey()).isNotNull();
    assertThat(reasons(a)).hasSize(cleared);
    // Even when the key in use is lost and no other can be had, a live peer keeps the port shut.
    b.secy.failure =
        command ->
            command instanceof SecyCommand.Change
                ? null
                : new MacsecException(MacsecException.Kind.PACKET_NUMBER, "used up");
    world.run(60 * SECONDS);
    assertThat(b.secy.passesInClear()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = MacsecException.Kind.class,
      names = {"BACKEND", "BUSY", "EXISTS", "NOT_FOUND", "INVALID", "UNSUPPORTED", "PACKET_NUMBER"})
  void eachChangeInTurnFailsOnce(MacsecException.Kind kind) {
    for (int step = 0; step < 8; step++) {
      World world = new World(84);
      Member a = world.join("a", 1, shouldSecure());
      Member b = world.add("b", 2, shouldSecure());
      int[] left = {step};
      b.secy.failure =
          command ->
              (command instanceof SecyCommand.Change
                          || command instanceof SecyCommand.SetControlledPort)
                      && left[0]-- == 0
                  ? new MacsecException(kind, "refused by the test")
                  : null;
      b.start();
      world.runUntil(world::allAgree, 20 * SECONDS);
      world.run(2 * SECONDS);
      assertThat(a.secy.validate()).as("%s %d", kind, step).isEqualTo(ValidateFrames.STRICT);
      assertThat(b.secy.validate()).as("%s %d", kind, step).isEqualTo(ValidateFrames.STRICT);
    }
  }

  @Test
  void whatAFormerLifeLeftInClearIsShutAtOnce() {
    Member a = world.join("a", 1, config(UnauthenticatedAccess.MKA_FAILURE, UnsecuredAccess.NEVER));
    world.run(7 * SECONDS);
    assertThat(a.secy.passesInClear()).isTrue();
    a.crashLeavingSecy();
    a.start();
    assertThat(a.secy.passesInClear()).isFalse();
    assertThat(a.secy.validate()).isEqualTo(ValidateFrames.STRICT);
    world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
  }

  @Test
  void aSecyThatIsNotAskedToBeStrictIsNeverMadeSo() {
    MkaConfig check = shouldSecure().toBuilder().validateFrames(ValidateFrames.CHECK).build();
    Member a = world.join("a", 1, check);
    world.join("b", 2, check);
    world.runUntil(world::allAgree, SECONDS);
    world.run(SECONDS);
    assertThat(a.secy.validate()).isEqualTo(ValidateFrames.CHECK);
  }
}
