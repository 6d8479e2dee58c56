package org.macsec4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecureAssociationKeyTest {
  private static final KeyIdentifier ID = KeyIdentifier.parse("0a");
  private static final String HEX = "0123456789abcdef0123456789abcdef";

  private final SecureAssociationKey key = SecureAssociationKey.parse(ID, HEX);

  @Test
  void keepsACopyOfItsOctets() {
    byte[] octets = new byte[16];
    SecureAssociationKey copied = SecureAssociationKey.of(ID, octets);
    octets[0] = 1;
    copied.toByteArray()[1] = 1;

    assertThat(copied.toByteArray()).isEqualTo(new byte[16]);
    assertThat(copied.length()).isEqualTo(16);
  }

  @Test
  void givesNothingOnceItIsDestroyed() {
    SecureAssociationKey other = key.copy();
    key.destroy();
    key.destroy();

    assertThat(key.isDestroyed()).isTrue();
    assertThatIllegalStateException().isThrownBy(key::toByteArray);
    assertThatIllegalStateException().isThrownBy(key::copy);
    assertThat(other.isDestroyed()).isFalse();
    assertThat(other.toByteArray()).isNotEqualTo(new byte[16]);
  }

  @Test
  void printsItsIdentifierAndNeverItsOctets() {
    assertThat(key).hasToString("SAK 0a" + "00".repeat(15) + " (128 bits)");
    assertThat(TransmitSa.builder(AssociationNumber.AN_0, key).nextPn(PacketNumber.FIRST).build())
        .asString()
        .doesNotContain("0123456789");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0123456789abcdef", HEX + "0", HEX + "00", "zz" + HEX})
  void refusesAnotherLengthWithoutRepeatingADigit(String hex) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecureAssociationKey.parse(ID, hex))
        .withNoCause()
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("0123"));
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void generatesForASuite(CipherSuite suite) {
    SecureAssociationKey fresh = SecureAssociationKey.generate(suite, new Random(1));

    assertThat(fresh.length()).isEqualTo(suite.keyLength());
    assertThat(fresh.salt().isPresent()).isEqualTo(suite.isXpn());
    assertThat(fresh).isNotEqualTo(SecureAssociationKey.generate(suite, new Random(2)));
    assertThat(fresh).isEqualTo(SecureAssociationKey.generate(suite, new Random(1)));
  }

  @Test
  void equalsByIdentifierSaltAndOctets() {
    Salt salt = Salt.parse("00".repeat(12));

    assertThat(SecureAssociationKey.parse(ID, HEX)).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(SecureAssociationKey.parse(KeyIdentifier.parse("0b"), HEX)).isNotEqualTo(key);
    assertThat(SecureAssociationKey.parse(ID, HEX.replace('1', '2'))).isNotEqualTo(key);
    assertThat(SecureAssociationKey.ofXpn(ID, key.toByteArray(), salt)).isNotEqualTo(key);
  }
}
