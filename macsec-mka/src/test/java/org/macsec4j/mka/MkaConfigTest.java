package org.macsec4j.mka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReplayProtection;

class MkaConfigTest {
  private static final String CAK = "000102030405060708090a0b0c0d0e0f";
  private static final MkaConfig DEFAULTS =
      MkaConfig.preSharedKey(Ckn.parse("aabb"), Cak.parse(CAK));

  @Test
  void defaultsAreThoseOfTheStandard() {
    assertThat(DEFAULTS.cipherSuites()).containsExactly(CipherSuite.GCM_AES_128);
    assertThat(DEFAULTS.keyServerPriority()).isEqualTo(16);
    assertThat(DEFAULTS.helloTime()).isEqualTo(Duration.ofSeconds(2));
    assertThat(DEFAULTS.lifeTime()).isEqualTo(Duration.ofSeconds(6));
    assertThat(DEFAULTS.pnThreshold(CipherSuite.GCM_AES_256))
        .isEqualTo(PacketNumber.of(0xC000_0000L));
    assertThat(DEFAULTS.pnThreshold(CipherSuite.GCM_AES_XPN_256))
        .isEqualTo(PacketNumber.of(0xC000_0000_0000_0000L));
    assertThat(DEFAULTS.destination()).hasToString("01:80:c2:00:00:03");
    assertThat(DEFAULTS.rekeyInterval()).isEmpty();
    assertThat(DEFAULTS.keyServerRole()).isEqualTo(KeyServerRole.AUTO);
    assertThat(DEFAULTS.accessPolicy().isMustSecure()).isTrue();
    assertThat(DEFAULTS.delayProtection()).isFalse();
    assertThat(DEFAULTS.assumedCipherSuites()).isEqualTo(DEFAULTS.cipherSuites());
    assertThat(DEFAULTS.helloRampUp()).hasSize(5);
  }

  @Test
  void aCopyByItsBuilderIsTheSame() {
    MkaConfig changed =
        DEFAULTS.toBuilder()
            .keyServerPriority(3)
            .rekeyInterval(Duration.ofMinutes(5))
            .keyServerRole(KeyServerRole.CLIENT)
            .accessPolicy(AccessPolicy.SHOULD_SECURE)
            .delayProtection(true)
            .nullXpnSet(true)
            .suspendOnRequest(false)
            .joinGroups(true)
            .helloRampUp(Duration.ofMillis(50))
            .assumedCipherSuites(CipherSuite.GCM_AES_128)
            .kmd("kmd.example")
            .nid("nid")
            .build();
    assertThat(changed.toBuilder().build()).usingRecursiveComparison().isEqualTo(changed);
    assertThat(DEFAULTS.keyServerPriority()).isEqualTo(16);
  }

  @Test
  void everyMistakeIsNamedAtOnceWithItsRange() {
    Cak destroyed = Cak.parse(CAK);
    MkaConfigBuilder builder =
        DEFAULTS.toBuilder()
            .keys(
                PreSharedKey.of(Ckn.parse("aa"), destroyed),
                PreSharedKey.of(Ckn.parse("aa"), Cak.parse(CAK)))
            .cipherSuites(CipherSuite.GCM_AES_XPN_128, CipherSuite.GCM_AES_XPN_128)
            .macsecCapability(MacsecCapability.INTEGRITY)
            .confidentialityOffset(ConfidentialityOffset.OFFSET_30)
            .replayProtection(ReplayProtection.window(ReplayProtection.MAX_WINDOW))
            .keyServerPriority(256)
            .mkaVersion(4)
            .sciPort(0)
            .maxPeers(0)
            .etherType(0x10000)
            .destination(MacAddress.parse("02:00:00:00:00:01"))
            .pnThreshold(PacketNumber.of(0))
            .xpnThreshold(PacketNumber.of(0))
            .helloTime(Duration.ofMillis(10))
            .lifeTime(Duration.ofMillis(10))
            .sakRetireTime(Duration.ofSeconds(-1))
            .rekeyInterval(Duration.ofSeconds(1))
            .helloRampUp(Duration.ZERO)
            .assumedCipherSuites(CipherSuite.GCM_AES_256)
            .kmd("four")
            .nid("");
    destroyed.destroy();
    assertThatThrownBy(builder::build)
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            e -> {
              assertThat(e.problems()).hasSize(21);
              assertThat(e.problems()).anyMatch(p -> p.contains("sciPort: 0 is not in 1..65534"));
              assertThat(e.problems()).anyMatch(p -> p.contains("30 s..65535 s"));
              assertThat(e.getMessage()).doesNotContain(CAK);
            });
  }

  @Test
  void noKeyIsAMistake() {
    assertThatThrownBy(() -> MkaConfig.builder().build())
        .hasMessageContaining("at least one pre-shared key");
  }

  @Test
  void nothingPrintsAKey() {
    assertThat(DEFAULTS.toString()).contains("aabb").doesNotContain(CAK);
    assertThat(DEFAULTS.keys().get(0)).hasToString("CKN aabb (128 bits)");
  }
}
