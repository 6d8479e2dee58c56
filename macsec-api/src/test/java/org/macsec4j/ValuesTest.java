package org.macsec4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @Test
  void aMacAddressIsReadInThreeForms() {
    MacAddress address = new MacAddress(0x0200_0000_0A01L);

    assertThat(MacAddress.parse("02:00:00:00:0a:01")).isEqualTo(address);
    assertThat(MacAddress.parse("02-00-00-00-0A-01")).isEqualTo(address);
    assertThat(MacAddress.parse("020000000a01")).isEqualTo(address);
    assertThat(address).hasToString("02:00:00:00:0a:01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "02:00:00:00:0a", "02:00:00:00:0a:01:02", "02:00:00:00:0a:0g", "1:2"})
  void whatIsNoMacAddressIsRefusedWithTheTextAndTheForm(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MacAddress.parse(text))
        .withMessage("not a MAC address (want 02:00:00:00:0a:01): \"" + text + "\"");
  }

  @Test
  void macAddressesAreOrderedUnsignedAndKnowGroups() {
    assertThat(MacAddress.parse("ff:ff:ff:ff:ff:ff"))
        .isGreaterThan(MacAddress.parse("7f:ff:ff:ff:ff:ff"));
    assertThat(MacAddress.parse("01:80:c2:00:00:03").isGroup()).isTrue();
    assertThat(MacAddress.parse("02:00:00:00:00:01").isGroup()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress(1L << 48));
  }

  @Test
  void anSciIsTheAddressThenThePort() {
    Sci sci = Sci.parse("02:00:00:00:0b:02/258");

    assertThat(sci.toByteArray()).containsExactly(2, 0, 0, 0, 0x0B, 2, 1, 2);
    assertThat(sci.toHex()).isEqualTo("020000000b020102");
    assertThat(Sci.parse("020000000b020102")).isEqualTo(sci);
    assertThat(sci).hasToString("02:00:00:00:0b:02/258");
  }

  @Test
  void scisAreOrderedAsUnsignedNumbers() {
    Sci high = Sci.parse("ff00000000000001");
    Sci low = Sci.parse("7f00000000000001");

    assertThat(high).isGreaterThan(low);
    assertThat(Sci.ofLong(high.toLong())).isEqualTo(high);
    assertThat(Sci.parse("02:00:00:00:0a:01/2")).isGreaterThan(Sci.parse("02:00:00:00:0a:01/1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "02:00:00:00:0a:01", "02:00:00:00:0a:01/x", "02:00:00:00:0a:01/65536", "0200"})
  void whatIsNoSciIsRefusedWithTheTextAndTheForms(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sci.parse(text))
        .withMessage("not an SCI (want 02:00:00:00:0a:01/1 or 16 hex digits): \"" + text + "\"");
  }

  @Test
  void packetNumbersAreUnsigned() {
    assertThat(PacketNumber.MAX_64).isGreaterThan(PacketNumber.of(Long.MAX_VALUE));
    assertThat(PacketNumber.MAX_64).hasToString("18446744073709551615");
    assertThat(PacketNumber.MAX_64.isAtLeast(PacketNumber.FIRST)).isTrue();
    assertThat(PacketNumber.FIRST.isAtLeast(PacketNumber.MAX_64)).isFalse();
    assertThat(PacketNumber.MAX_32.fits32()).isTrue();
    assertThat(PacketNumber.of(0x1_0000_0000L).fits32()).isFalse();
  }

  @Test
  void anSsciIsUnsignedAndNever0() {
    assertThat(Ssci.of(-1)).hasToString("4294967295");
    assertThatIllegalArgumentException().isThrownBy(() -> Ssci.of(0));
  }

  @Test
  void associationNumbersGoRound() {
    assertThat(AssociationNumber.of(3).next()).isEqualTo(AssociationNumber.AN_0);
    assertThat(AssociationNumber.AN_2).hasToString("2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssociationNumber.of(4))
        .withMessage("an association number is 0..3, not 4");
    assertThatIllegalArgumentException().isThrownBy(() -> AssociationNumber.of(-1));
  }

  @Test
  void cipherSuitesHaveTheIdentifiersOfTheStandard() {
    // IEEE 802.1AE table 14-1: 00-80-C2-00-01-00-00-01 to -04
    assertThat(CipherSuite.values())
        .extracting(CipherSuite::id)
        .containsExactly(
            0x0080_C200_0100_0001L,
            0x0080_C200_0100_0002L,
            0x0080_C200_0100_0003L,
            0x0080_C200_0100_0004L);
    for (CipherSuite suite : CipherSuite.values()) {
      assertThat(CipherSuite.ofId(suite.id())).contains(suite);
      assertThat(suite.keyLength()).isEqualTo(suite.toString().endsWith("256") ? 32 : 16);
      assertThat(suite.isXpn()).isEqualTo(suite.toString().contains("XPN"));
      assertThat(suite.maxPacketNumber().fits32()).isNotEqualTo(suite.isXpn());
    }
    assertThat(CipherSuite.GCM_AES_XPN_256).hasToString("GCM-AES-XPN-256");
    assertThat(CipherSuite.ofId(0x0080_0200_0100_0001L)).contains(CipherSuite.GCM_AES_128);
    assertThat(CipherSuite.ofId(0x0080_C200_0100_0005L)).isEmpty();
  }

  @Test
  void confidentialityOffsetsHaveTheCodesOfTheStandard() {
    assertThat(ConfidentialityOffset.values())
        .extracting(ConfidentialityOffset::octets)
        .containsExactly(0, 0, 30, 50);
    for (int code = 0; code < 4; code++) {
      assertThat(ConfidentialityOffset.ofCode(code).code()).isEqualTo(code);
    }
    assertThat(ConfidentialityOffset.NO_CONFIDENTIALITY.isConfidential()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> ConfidentialityOffset.ofCode(4));
  }

  @Test
  void aKeyIdentifierIsFilledAtItsEnd() {
    assertThat(KeyIdentifier.parse("01")).hasToString("01" + "00".repeat(15));
    assertThat(KeyIdentifier.parse("ab".repeat(16))).hasToString("ab".repeat(16));
    assertThatIllegalArgumentException().isThrownBy(() -> KeyIdentifier.parse(""));
    assertThatIllegalArgumentException().isThrownBy(() -> KeyIdentifier.parse("00".repeat(17)));
    assertThatIllegalArgumentException().isThrownBy(() -> KeyIdentifier.parse("abc"));
  }

  @Test
  void saltsAndKeyIdentifiersKeepACopyAndEqualOnlyTheirKind() {
    byte[] octets = new byte[12];
    Salt salt = Salt.of(octets);
    octets[0] = 1;
    salt.toByteArray()[0] = 1;

    assertThat(salt).hasToString("00".repeat(12)).isEqualTo(Salt.parse("00".repeat(12)));
    assertThat(salt).hasSameHashCodeAs(Salt.parse("00".repeat(12)));
    assertThat(salt.equals(new Object())).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Salt.of(new byte[11]))
        .withMessage("a salt has 12 octets, not 11");
  }

  @Test
  void aReplayWindowIsOf32Bits() {
    assertThat(ReplayProtection.OFF).hasToString("off");
    assertThat(ReplayProtection.window(32)).hasToString("window 32");
    assertThat(ReplayProtection.window(ReplayProtection.MAX_WINDOW).enabled()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReplayProtection.window(1L << 32))
        .withMessage("a replay window is 0..4294967295, not 4294967296");
    assertThatIllegalArgumentException().isThrownBy(() -> ReplayProtection.window(-1));
  }

  @Test
  void readsAndWritesWithinTheFrameOnly() {
    byte[] frame = new byte[10];
    Arrays.fill(frame, (byte) 9);
    MacAddress.parse("02:00:00:00:00:01").writeTo(frame, 2);

    assertThat(frame).containsExactly(9, 9, 2, 0, 0, 0, 0, 1, 9, 9);
    assertThatThrownBy(() -> MacAddress.of(frame, 5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Sci.of(frame, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Sci.parse("0200000000010001").writeTo(frame, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
