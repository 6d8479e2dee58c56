package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.PacketNumber;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.RekeyReason;

/** When the key server makes a new key although nobody came. */
class RekeyTest {
  private World world;
  private Member a;
  private Member b;

  private void secure(MkaConfig config) {
    world = new World(11);
    a = world.join("a", 1, config);
    b = world.join("b", 2, config);
    world.runUntil(world::allAgree, SECONDS);
    world.run(SECONDS);
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void ourPacketNumbersComeToTheirEnd(CipherSuite suite) {
    secure(Configs.group(128).toBuilder().cipherSuites(suite).build());
    tell(a, a.config.pnThreshold(suite).value() - 1);
    world.run(SECONDS);
    assertThat(keys()).isEqualTo(1);
    tell(a, a.config.pnThreshold(suite).value());
    world.run(SECONDS);
    assertRekeyed(2, RekeyReason.PACKET_NUMBER);
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void theOtherMembersPacketNumbersComeToTheirEnd(CipherSuite suite) {
    secure(Configs.group(128).toBuilder().cipherSuites(suite).build());
    tell(b, b.config.pnThreshold(suite).value());
    world.run(SECONDS / 100);
    assertRekeyed(2, RekeyReason.PACKET_NUMBER);
    world.run(20 * SECONDS);
    assertThat(keys()).isEqualTo(2);
  }

  @Test
  void aPacketNumberOfAnotherAssociationNumberSaysNothing() {
    secure(Configs.group(128));
    for (AssociationNumber an : AssociationNumber.values()) {
      if (an != a.secy.selected()) {
        a.port.handlePacketNumber(world.now(), an, PacketNumber.MAX_32);
        a.drain();
      }
    }
    world.run(SECONDS);
    assertThat(keys()).isEqualTo(1);
  }

  @Test
  void theIntervalPasses() {
    secure(Configs.group(128).toBuilder().rekeyInterval(Duration.ofSeconds(30)).build());
    world.run(100 * SECONDS);
    assertRekeyed(4, RekeyReason.INTERVAL);
  }

  @Test
  void aCommandWhileAKeyIsUnderWayIsNotLost() {
    secure(Configs.group(128));
    a.rekey();
    a.rekey();
    world.run(SECONDS);
    assertRekeyed(3, RekeyReason.COMMAND);
  }

  private void tell(Member member, long pn) {
    member.port.handlePacketNumber(world.now(), member.secy.selected(), PacketNumber.of(pn));
    member.drain();
  }

  private long keys() {
    return a.port.status().counters().saksGenerated();
  }

  private void assertRekeyed(int keys, RekeyReason reason) {
    assertThat(keys()).isEqualTo(keys);
    assertThat(a.events).contains(new MkaEvent.RekeyStarted(reason));
    assertThat(world.allAgree()).isTrue();
    assertThat(b.count(MkaEvent.Unsecured.class)).isZero();
  }
}
