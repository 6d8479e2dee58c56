package org.macsec4j.mka.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AES-CMAC, AES key wrap and the KDF against the numbers of their standards. */
class MkaCryptoTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final MkaCrypto CRYPTO = MkaCrypto.bouncyCastle();

  /** The message of SP 800-38B, appendix D, of which each example takes a beginning. */
  private static final String MESSAGE =
      "6bc1bee22e409f96e93d7e117393172a"
          + "ae2d8a571e03ac9c9eb76fac45af8e51"
          + "30c81c46a35ce411e5fbc1191a0a52ef"
          + "f69f2445df4f9b17ad2b417be66c3710";

  private static final String KEY_128 = "2b7e151628aed2a6abf7158809cf4f3c";
  private static final String KEY_256 =
      "603deb1015ca71be2b73aef0857d7781" + "1f352c073b6108d72d9810a30914dff4";

  private static byte[] mac(Cmac cmac, byte[] message, int offset, int length) {
    byte[] mac = new byte[Cmac.LENGTH];
    cmac.compute(message, offset, length, mac, 0);
    return mac;
  }

  @ParameterizedTest
  @CsvSource({
    "0, bb1d6929e95937287fa37d129b756746",
    "16, 070a16b46b4d4144f79bdd9dd04a287c",
    "40, dfa66747de9ae63030ca32611497c827",
    "64, 51f0bebf7e3b9d92fc49741779363cfe"
  })
  void cmac128IsThatOfSp80038bD1(int length, String expected) {
    Cmac cmac = CRYPTO.cmac(HEX.parseHex(KEY_128));
    assertThat(mac(cmac, HEX.parseHex(MESSAGE), 0, length)).isEqualTo(HEX.parseHex(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 028962f61b7bf89efc6b551f4667d983",
    "16, 28a7023f452e8f82bd4bf28d8c37c35c",
    "40, aaf3d8f1de5640c232f5b169b9c911e6",
    "64, e1992190549f6ed5696a2c056c315410"
  })
  void cmac256IsThatOfSp80038bD3(int length, String expected) {
    Cmac cmac = CRYPTO.cmac(HEX.parseHex(KEY_256));
    assertThat(mac(cmac, HEX.parseHex(MESSAGE), 0, length)).isEqualTo(HEX.parseHex(expected));
  }

  @Test
  void oneCmacServesOneMessageAfterAnother() {
    Cmac cmac = CRYPTO.cmac(HEX.parseHex(KEY_128));
    byte[] shifted = HEX.parseHex("ffffff" + MESSAGE);
    byte[] first = mac(cmac, shifted, 3, 40);
    assertThat(first).isEqualTo(HEX.parseHex("dfa66747de9ae63030ca32611497c827"));
    assertThat(mac(cmac, shifted, 3, 41)).isNotEqualTo(first);
    assertThat(mac(cmac, shifted, 3, 40)).isEqualTo(first);
  }

  @Test
  void aCmacThatRefusesAMessageStaysGoodForTheNext() {
    Cmac cmac = CRYPTO.cmac(HEX.parseHex(KEY_128));
    byte[] message = HEX.parseHex(MESSAGE);
    assertThatThrownBy(() -> mac(cmac, message, 0, 65))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> cmac.compute(message, 0, 64, new byte[20], 5))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(mac(cmac, message, 0, 0))
        .isEqualTo(HEX.parseHex("bb1d6929e95937287fa37d129b756746"));
  }

  @Test
  void aDestroyedCmacComputesNothing() {
    Cmac cmac = CRYPTO.cmac(HEX.parseHex(KEY_128));
    cmac.destroy();
    cmac.destroy();
    assertThat(cmac.isDestroyed()).isTrue();
    assertThat(cmac).hasToString("AES-CMAC");
    assertThatThrownBy(() -> mac(cmac, new byte[4], 0, 4))
        .isInstanceOf(IllegalStateException.class);
  }

  /** RFC 3394, 4.1 to 4.6: a KEK of 0, 1, 2… and a key that begins 00 11 22…. */
  @ParameterizedTest
  @CsvSource({
    "16, 16, 1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5",
    "24, 16, 96778b25ae6ca435f92b5b97c050aed2468ab8a17ad84e5d",
    "32, 16, 64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7",
    "24, 24, 031d33264e15d33268f24ec260743edce1c6c7ddee725a936ba814915c6762d2",
    "32, 24, a8f9bc1612c68b3ff6e6f4fbe30e71e4769c8b80a32cb8958cd5d17d6b254da1",
    "32, 32, 28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43b" + "fb988b9b7a02dd21"
  })
  void keyWrapIsThatOfRfc3394(int kekLength, int keyLength, String wrapped) {
    byte[] kek = counting(kekLength);
    byte[] key =
        Arrays.copyOf(
            HEX.parseHex("00112233445566778899aabbccddeeff" + "000102030405060708090a0b0c0d0e0f"),
            keyLength);
    assertThat(CRYPTO.wrap(kek, key)).isEqualTo(HEX.parseHex(wrapped));
    assertThat(CRYPTO.unwrap(kek, HEX.parseHex(wrapped))).hasValue(key);
  }

  private static byte[] counting(int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) i;
    }
    return octets;
  }

  @Test
  void unwrapTakesNoChangedBitAndNoOtherKey() {
    byte[] wrapped = CRYPTO.wrap(counting(16), counting(32));
    for (int bit = 0; bit < 8 * wrapped.length; bit++) {
      byte[] changed = wrapped.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(CRYPTO.unwrap(counting(16), changed)).isEmpty();
    }
    assertThat(CRYPTO.unwrap(counting(32), wrapped)).isEmpty();
  }

  @Test
  void unwrapTakesNoLengthThatIsNone() {
    for (int length = 0; length < 64; length++) {
      assertThat(CRYPTO.unwrap(counting(16), new byte[length])).isEmpty();
    }
  }

  /** IEEE 802.1X-2020, G.1. */
  @Test
  void kdfIsThatOfAnnexG1() {
    byte[] context = HEX.parseHex("01020104");
    assertThat(
            CRYPTO.kdf(HEX.parseHex("1ab9024fa04a03feb9024fa04a03fe11"), "HI THERE", context, 16))
        .isEqualTo(HEX.parseHex("b57a0b05f43e9600c3c4d15c1e3c26e8"));
    assertThat(
            CRYPTO.kdf(
                HEX.parseHex(
                    "3946ec36f59017f1267e914abed2dbf6" + "633f52ae7e20309d3eefdda4073adfad"),
                "HI THERE",
                context,
                32))
        .isEqualTo(
            HEX.parseHex("0efd01e5b03a0951a6df9bbffe419016" + "ee40fdbfc3335ebf92ea03802214a307"));
  }

  @Test
  void kdfIsTheCmacOfItsBlocks() {
    byte[] key = counting(16);
    byte[] derived = CRYPTO.kdf(key, "L", new byte[] {7}, 40);
    Cmac cmac = CRYPTO.cmac(key);
    byte[] expected = new byte[48];
    for (int block = 0; block < 3; block++) {
      byte[] input = {(byte) (block + 1), 'L', 0, 7, 0x01, 0x40};
      cmac.compute(input, 0, input.length, expected, 16 * block);
    }
    assertThat(derived).isEqualTo(Arrays.copyOf(expected, 40));
  }

  @Test
  void refusesKeysAndLengthsOfNoMeaning() {
    assertThatThrownBy(() -> CRYPTO.cmac(new byte[15]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16, 24 or 32 octets, not 15");
    assertThatThrownBy(() -> CRYPTO.wrap(new byte[16], new byte[15]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CRYPTO.wrap(new byte[17], new byte[16]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CRYPTO.unwrap(new byte[0], new byte[24]))
        .isInstanceOf(IllegalArgumentException.class);
    for (int length : new int[] {-1, 0, 255 * 16 + 1}) {
      assertThatThrownBy(() -> CRYPTO.kdf(new byte[16], "", new byte[0], length))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(CRYPTO.kdf(new byte[16], "", new byte[0], 255 * 16)).hasSize(4080);
  }
}
