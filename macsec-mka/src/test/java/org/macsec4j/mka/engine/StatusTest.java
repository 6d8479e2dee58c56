package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.macsec4j.ValidateFrames;
import org.macsec4j.mka.AccessPolicy;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.ControlledPortState;
import org.macsec4j.mka.KeyServerRole;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaPeer;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.mka.PreSharedKey;

/** The state leaves of 802.1X and OpenConfig, in each state of a port. */
class StatusTest {
  private static final PreSharedKey FIRST =
      PreSharedKey.of(Ckn.parse("01"), Cak.parse("11111111111111111111111111111111"));
  private static final PreSharedKey SECOND =
      PreSharedKey.of(Ckn.parse("02"), Cak.parse("22222222222222222222222222222222"));

  private final World world = new World(87);
  private final MkaConfig config =
      MkaConfig.builder().keys(FIRST, SECOND).keyServerPriority(20).build();

  @Test
  void aloneAndThenFailed() {
    Member a = world.add("a", 1, config);
    a.start();
    MkaStatus status = a.port.status();
    assertThat(status.controlledPort()).isEqualTo(ControlledPortState.PENDING);
    assertThat(status.active()).isTrue();
    assertThat(status.failed()).isFalse();
    assertThat(status.secured() || status.authenticated() || status.suspended()).isFalse();
    assertThat(status.actor())
        .isEqualTo(
            new MkaStatus.Actor(a.sci, 20, MacsecCapability.CONFIDENTIALITY_OFFSET_0_30_50, true));
    assertThat(status.frames().protect()).isTrue();
    assertThat(status.frames().validate()).isEqualTo(ValidateFrames.STRICT);
    assertThat(status.frames().replayProtection()).isEqualTo(config.replayProtection());
    assertThat(status.keyServer()).isEmpty();
    assertThat(status.self()).isFalse();
    assertThat(status.transmitKey()).isEmpty();
    assertThat(status.receiveKey()).isEmpty();
    world.run(7 * SECONDS);
    assertThat(a.port.status().failed()).isTrue();
    a.stop();
    assertThat(a.port.status().active()).isFalse();
    assertThat(a.port.status().failed()).isFalse();
  }

  @Test
  void securedWithSeveralKeys() {
    Member a = world.join("a", 1, config);
    MkaConfig client = config.toBuilder().keyServerRole(KeyServerRole.CLIENT).build();
    Member b = world.join("b", 2, client);
    world.runUntil(world::allAgree, SECONDS);
    world.run(SECONDS);
    MkaStatus status = b.port.status();
    assertThat(status.secured()).isTrue();
    assertThat(status.failed()).isFalse();
    assertThat(status.actor().priority()).isEqualTo(255);
    assertThat(status.keyServer()).contains(new MkaStatus.KeyServer(a.sci, 20, false));
    assertThat(a.port.status().keyServer()).contains(new MkaStatus.KeyServer(a.sci, 20, true));
    assertThat(a.port.status().self()).isTrue();
    assertThat(status.participants())
        .extracting(MkaStatus.Participant::ckn)
        .containsExactly(FIRST.ckn(), SECOND.ckn());
    assertThat(status.principal().principal()).isTrue();
    assertThat(status.participants().get(1).principal()).isFalse();
    for (MkaStatus.Participant participant : status.participants()) {
      assertThat(participant.active()).isTrue();
      assertThat(participant.keyServer()).isFalse();
      assertThat(participant.peers()).extracting(MkaPeer::sci).containsExactly(a.sci);
      assertThat(participant.messageNumber()).isPositive();
    }
    assertThat(status.participants().get(0).memberIdentifier())
        .isNotEqualTo(status.participants().get(1).memberIdentifier());
    MkaStatus.Key key = status.transmitKey().orElseThrow();
    assertThat(status.receiveKey()).contains(key);
    assertThat(status.latest()).contains(key);
    assertThat(status)
        .hasToString(
            "secured, key server 02:00:00:00:01:01/1, 1 peer, KN 1, AN "
                + key.an()
                + ", GCM-AES-128");
  }

  @Test
  void inClear() {
    MkaConfig should = config.toBuilder().accessPolicy(AccessPolicy.SHOULD_SECURE).build();
    Member a = world.join("a", 1, should);
    assertThat(a.port.status().controlledPort()).isEqualTo(ControlledPortState.UNAUTHENTICATED);
    assertThat(a.port.status().frames().protect()).isFalse();
    assertThat(a.port.status().frames().validate()).isEqualTo(ValidateFrames.DISABLED);
    assertThat(a.port.status())
        .hasToString("not secured, frames pass in clear as no peer is live: no EAPOL-MKA received");
    ScriptedPeer peer = new ScriptedPeer(should, 9, "0a0a0a0a0a0a0a0a0a0a0a0a");
    a.frame(peer.says(ScriptedPeer.live(a)));
    assertThat(a.port.status().controlledPort()).isEqualTo(ControlledPortState.AUTHENTICATED);
    assertThat(a.port.status().authenticated()).isTrue();
    assertThat(a.port.status().secured()).isFalse();
  }

  @Test
  void withoutAnyKeyAndSuspended() {
    Member a = world.join("a", 1, config);
    a.port.suspend(world.now(), Duration.ofSeconds(30));
    a.drain();
    assertThat(a.port.status().suspended()).isTrue();
    a.port.removeKey(world.now(), FIRST.ckn());
    a.port.removeKey(world.now(), SECOND.ckn());
    a.drain();
    MkaStatus status = a.port.status();
    assertThat(status.active()).isFalse();
    assertThat(status.participants()).hasSize(1);
    assertThat(status.principal().active()).isFalse();
  }

  @Test
  void thereIsNoKeyServerOnceTheLastKeyIsTakenAway() {
    Member a = world.join("a", 1, Configs.group(128));
    world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    a.tell(port -> port.removeKey(world.now(), port.status().ckn()));
    assertThat(a.port.status().keyServer()).isEmpty();
    assertThat(a.port.status().self()).isFalse();
  }

  @Test
  void aClockThatIsToldBeforeTheStartLeavesNoDeadlineBehind() {
    MkaPort port = MkaPort.create(config, World.sci(1), EntropySource.seeded(1));
    port.handleClock(SECONDS, Instant.EPOCH);
    assertThat(port.nextDeadline()).isGreaterThan(SECONDS);
  }
}
