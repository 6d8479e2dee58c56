package org.macsec4j.mka.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.macsec4j.MacAddress;
import org.macsec4j.Salt;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;

/** The keys of MKA against IEEE 802.1X-2020 Annex G and against the logs of other programs. */
class KeyHierarchyTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final MkaCrypto CRYPTO = MkaCrypto.bouncyCastle();

  private static final String CAK_128 = "135bd758b0ee5c11c55ff6ab19fdb199";
  private static final Ckn CKN_128 = Ckn.parse("96437a93ccf10d9dfe347846cce52c7d");
  private static final String CAK_256 =
      "a29efdb63d6fba73c65daab2295340a8" + "37a8886e94a905b5c9c7ef1d9dbb297e";
  private static final Ckn CKN_256 = Ckn.parse("7888f5d48ba8b24e96bb95bd8c7304ec");

  private static byte[] hex(String digits) {
    return HEX.parseHex(digits);
  }

  @Test
  void kekIsThatOfAnnexG4() {
    assertThat(MkaKeys.kek(CRYPTO, hex(CAK_128), CKN_128))
        .isEqualTo(hex("8f5a384c15d6ae9302b462e363d03ca6"));
    assertThat(MkaKeys.kek(CRYPTO, hex(CAK_256), CKN_256))
        .isEqualTo(hex("71340e454c84a1232aa7977d5ed86f78" + "f250f3f9d53584b9337ff0c6dfdc9f96"));
  }

  @Test
  void ickIsThatOfAnnexG5() {
    assertThat(MkaKeys.ick(CRYPTO, hex(CAK_128), CKN_128))
        .isEqualTo(hex("8f1c5cb1c8ed2e5f047906e0473aad4d"));
    assertThat(MkaKeys.ick(CRYPTO, hex(CAK_256), CKN_256))
        .isEqualTo(hex("98b8544d7390a41e50ef72e25b4a0365" + "23c919e812918871949b48123eab526e"));
  }

  @Test
  void sakIsThatOfAnnexG6() {
    List<MemberIdentifier> members =
        List.of(
            MemberIdentifier.parse("cd421cf86ba457938657675b"),
            MemberIdentifier.parse("01020304050607080d1f36cf"));
    byte[] nonce128 = hex("0102030405060708090a0b0c0d0e0f10");
    assertThat(SakDerivation.derive(CRYPTO, Cak.parse(CAK_128), nonce128, members, 1, 16))
        .isEqualTo(hex("045205925831ae59c14550ed59cc003d"));
    byte[] nonce256 = hex("0102030405060708090a0b0c0d0e0f10" + "1112131415161718191a1b1c1d1e1f00");
    assertThat(SakDerivation.derive(CRYPTO, Cak.parse(CAK_256), nonce256, members, 1, 32))
        .isEqualTo(hex("bb692568b287484a5f3f4793b0973227" + "0d13dd818373c15b3f2793fdc1948a37"));
  }

  /** 802.1X-2020, G.2 and G.3. */
  @Test
  void cakAndCknOfEapAreThoseOfAnnexG() {
    byte[] msk = hex("e68a1ab90313024fda7a04a03fea010f" + "00".repeat(48));
    byte[] sessionId =
        hex(
            "0dd075693f54b2b2eb01da61f0af5d429b65b1ebcaf536fba350777598571728f6"
                + "30c5c8da5475489ad47b6e3489a97372e5a8fd550617972c020d42a3b13a4eae");
    MacAddress one = MacAddress.parse("00:1b:63:93:fc:bc");
    MacAddress other = MacAddress.parse("00:d0:b7:1a:77:17");
    for (EapKeys keys :
        List.of(
            EapKeys.derive(CRYPTO, msk, sessionId, one, other, 128),
            EapKeys.derive(CRYPTO, msk, sessionId, other, one, 128))) {
      assertThat(keys.cak()).isEqualTo(Cak.parse(CAK_128));
      assertThat(keys.ckn()).isEqualTo(CKN_128);
    }
  }

  /** An EAP-TLS login of hostapd 2.10 and wpa_supplicant 2.10, both of whose logs have these. */
  @ParameterizedTest
  @CsvSource({
    "a1ffe88c49ae967165be16238dbf58ef7599779c46ff6b47a0aa130453eeb8102433977b548234"
        + "1db2261a6b4f939c5cdab5832140232755666dc4231183601a,0dd7cc68a188736f540c4ad263e"
        + "ca9faaa170f611586342044ff563c08c880f609be83e3e6ade558d690624ce03409be5dcf552b5"
        + "884ae02d5aa9b4c1b2b88b3f6,8227a12a9fc8bd1eb8a7de65f1cec77a,06d62b527ec7b160182"
        + "e646e271837ba",
    "6630b05d18f757b451340b513d4857fe9d67062a86dea17b70cc1ea1b0653ad9cd031a0dd9913d"
        + "fbb9b73d7cb3d84652afbd720231988fb6fbbedfd234b1b900,0dfd217022a4b33518ad971e2ed"
        + "0499a83446225265ab47dbdb927d46546165e117a3549f2062f8b6304a4a88ba853f5c676969f0"
        + "e7aec174fc73b5785fd37fe7d,bc261c302e40383550236e11702bad2e,899aa852f8dd2a2e0f2"
        + "171e630c740d2"
  })
  void cakAndCknOfEapAreThoseOfWpaSupplicant(String msk, String sessionId, String cak, String ckn) {
    EapKeys keys =
        EapKeys.derive(
            CRYPTO,
            hex(msk),
            hex(sessionId),
            MacAddress.parse("02:00:00:00:0a:01"),
            MacAddress.parse("02:00:00:00:0b:02"),
            128);
    assertThat(keys.cak()).isEqualTo(Cak.parse(cak));
    assertThat(keys.ckn()).isEqualTo(Ckn.parse(ckn));
  }

  /** The log of wpa_supplicant 2.10 with a 256-bit CAK and a name of 32 octets. */
  @Test
  void kekAndIckAreThoseOfWpaSupplicant() {
    byte[] cak = hex("000102030405060708090a0b0c0d0e0f" + "101112131415161718191a1b1c1d1e1f");
    Ckn ckn = Ckn.parse("6162636465666768696a6b6c6d6e6f70" + "7172737475767778797a303132333435");
    assertThat(MkaKeys.kek(CRYPTO, cak, ckn))
        .isEqualTo(hex("7fcb8cd5daf8adce5679896e4cce74db" + "a5484a9746d3bedc187c99138cdfdb95"));
    assertThat(MkaKeys.ick(CRYPTO, cak, ckn))
        .isEqualTo(hex("1f44c05f57b35bf41c49f4efb28cdcfa" + "c8b311db87a846578c616534b71d3c55"));
  }

  @Test
  void a256BitCakOfEapComesFromTwiceTheMskAndHasANameOf16Octets() {
    byte[] msk = new byte[64];
    for (int i = 0; i < msk.length; i++) {
      msk[i] = (byte) i;
    }
    MacAddress one = MacAddress.parse("02:00:00:00:0a:01");
    MacAddress other = MacAddress.parse("02:00:00:00:0b:02");
    EapKeys keys = EapKeys.derive(CRYPTO, msk, new byte[] {13, 1}, one, other, 256);
    byte[] k = Arrays.copyOf(msk, 32);
    assertThat(keys.cak().toByteArray())
        .isEqualTo(CRYPTO.kdf(k, "IEEE8021 EAP CAK", hex("020000000a01020000000b02"), 32));
    assertThat(keys.ckn().toByteArray())
        .isEqualTo(CRYPTO.kdf(k, "IEEE8021 EAP CKN", hex("0d01020000000a01020000000b02"), 16));
    keys.destroy();
    assertThat(keys.isDestroyed()).isTrue();
    assertThat(keys.cak().isDestroyed()).isTrue();
  }

  @Test
  void namesAllThatIsWrongWithEapInput() {
    MacAddress one = MacAddress.parse("02:00:00:00:0a:01");
    assertThatThrownBy(() -> EapKeys.derive(CRYPTO, new byte[31], new byte[0], one, one, 256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 32 octets, not 31")
        .hasMessageContaining("Session-Id is empty")
        .hasMessageContaining("both ends have the address 02:00:00:00:0a:01");
    assertThatThrownBy(() -> EapKeys.derive(CRYPTO, new byte[64], new byte[1], one, one, 192))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("128 or 256 bits, not 192");
  }

  @Test
  void aShortNameIsFilledUpWithZeros() {
    assertThat(MkaKeys.kek(CRYPTO, hex(CAK_128), Ckn.parse("31")))
        .isEqualTo(MkaKeys.kek(CRYPTO, hex(CAK_128), Ckn.parse("31" + "00".repeat(15))))
        .isNotEqualTo(MkaKeys.kek(CRYPTO, hex(CAK_128), Ckn.parse("32")));
  }

  /** Octets 0 to 3 of the identifier take in the key number, low half first. */
  @ParameterizedTest
  @CsvSource({
    "000000000000000000000000, 16909060, 030401020000000000000000",
    "aff9b6990c030594423c3d8f, 1, aff8b6990c030594423c3d8f",
    "ffffffffffffffffffffffff, 4294967295, 00000000ffffffffffffffff"
  })
  void xpnSaltTakesInTheKeyNumber(String keyServer, long keyNumber, String salt) {
    MkaKeyIdentifier key = new MkaKeyIdentifier(MemberIdentifier.parse(keyServer), keyNumber);
    assertThat(SakDerivation.xpnSalt(key)).isEqualTo(Salt.parse(salt));
  }

  @Test
  void refusesASakOrNonceOfAnotherLength() {
    Cak cak = Cak.parse(CAK_128);
    assertThatThrownBy(() -> SakDerivation.derive(CRYPTO, cak, new byte[16], List.of(), 1, 24))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16 or 32 octets, not 24");
    assertThatThrownBy(() -> SakDerivation.derive(CRYPTO, cak, new byte[16], List.of(), 1, 32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nonce");
    assertThatThrownBy(
            () -> SakDerivation.derive(CRYPTO, cak, new byte[16], List.of(), 1L << 32, 16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key number");
  }

  @Test
  void keysWrapUnwrapAndVerifyUntilDestroyed() {
    Cak cak = Cak.parse(CAK_128);
    MkaKeys keys = MkaKeys.derive(cak, CKN_128);
    cak.destroy();
    byte[] sak = hex("045205925831ae59c14550ed59cc003d");
    byte[] wrapped = keys.wrap(sak);
    assertThat(keys.unwrap(wrapped)).hasValue(sak);
    byte[] frame = new byte[2 + 50 + 16 + 3];
    keys.computeIcv(frame, 2, 50, frame, 52);
    assertThat(keys.icvMatches(frame, 2, 50)).isTrue();
    for (int bit = 16; bit < 8 * 68; bit++) {
      frame[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(keys.icvMatches(frame, 2, 50)).isFalse();
      frame[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThatThrownBy(() -> keys.icvMatches(frame, 2, 60))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(keys).hasToString("MKA keys of CKN " + CKN_128);

    keys.destroy();
    assertThat(keys.isDestroyed()).isTrue();
    assertThatThrownBy(() -> keys.wrap(sak)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> keys.unwrap(wrapped)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> keys.icvMatches(frame, 2, 50))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> MkaKeys.derive(cak, CKN_128))
        .isInstanceOf(IllegalStateException.class);
  }
}
