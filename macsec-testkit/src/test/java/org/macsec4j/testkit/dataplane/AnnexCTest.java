package org.macsec4j.testkit.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;

/** The test vectors of IEEE Std 802.1AE-2018 annex C, clauses C.1 and C.5, both ways. */
class AnnexCTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final long PN_HIGH = 0xB0DF459C_00000000L;
  private static final Ssci SSCI = Ssci.of(0x7A30C118);
  private static final Salt SALT = Salt.parse("e630e81a48de86a21c66fa6d");

  /** C.1: 54 octets, integrity only, with the SCI. */
  private static final String C1_PLAIN =
      "d609b1f056637a0d46df998d"
          + "08000f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f30313233340001";

  private static final String C1_KEY_128 = "ad7a2bd03eac835a6f620fdcb506b345";
  private static final String C1_KEY_256 =
      "e3c08a8f06c6e3ad95a70557b23f75483ce33021a9c72b7025666204c69c0b72";

  /** C.5: 54 octets, encrypted, with the ES bit instead of the SCI. */
  private static final String C5_PLAIN =
      "e20106d7cd0df0761e8dcd3d"
          + "08000f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f30313233340004";

  private static final String C5_KEY_128 = "071b113b0ca743fecccf3d051f737382";
  private static final String C5_KEY_256 =
      "691d3ee909d7f54167fd1ca0b5d769081f2bde1aee655fdbab80bd5295ae6be7";

  record Vector(
      String clause, CipherSuite suite, String key, boolean encrypted, String plain, String wire) {
    Sci sci() {
      return Sci.parse(encrypted ? "f0761e8dcd3d0001" : "12153524c0895e81");
    }

    AssociationNumber an() {
      return AssociationNumber.of(encrypted ? 0 : 2);
    }

    PacketNumber pn() {
      long low = encrypted ? 0x76D457EDL : 0xB2C28465L;
      return PacketNumber.of(suite.isXpn() ? PN_HIGH | low : low);
    }

    SecureAssociationKey sak() {
      KeyIdentifier id = KeyIdentifier.parse("01");
      byte[] octets = HEX.parseHex(key);
      return suite.isXpn()
          ? SecureAssociationKey.ofXpn(id, octets, SALT)
          : SecureAssociationKey.of(id, octets);
    }

    SoftwareSecy secy() {
      SecyConfig config =
          SecyConfig.on("eth0")
              .cipherSuite(suite)
              .encrypt(encrypted)
              .includeSci(!encrypted)
              .endStation(encrypted)
              .build();
      return Rig.up(
          new SoftwareSecy(new SecyId(1, "macsec0"), config, sci(), SoftwareSecy.Options.DEFAULT));
    }

    @Override
    public String toString() {
      return clause + " " + suite;
    }
  }

  private static Vector c1(int number, CipherSuite suite, String icv) {
    String key = suite.keyLength() == 16 ? C1_KEY_128 : C1_KEY_256;
    String tag = "88e5222ab2c2846512153524c0895e81";
    String wire = C1_PLAIN.substring(0, 24) + tag + C1_PLAIN.substring(24) + icv;
    return new Vector("C.1." + number, suite, key, false, C1_PLAIN, wire);
  }

  private static Vector c5(int number, CipherSuite suite, String dataAndIcv) {
    String key = suite.keyLength() == 16 ? C5_KEY_128 : C5_KEY_256;
    String wire = C5_PLAIN.substring(0, 24) + "88e54c2a76d457ed" + dataAndIcv;
    return new Vector("C.5." + number, suite, key, true, C5_PLAIN, wire);
  }

  static Stream<Vector> vectors() {
    return Stream.of(
        c1(1, CipherSuite.GCM_AES_128, "f09478a9b09007d06f46e9b6a1da25dd"),
        c1(2, CipherSuite.GCM_AES_256, "2f0bc5af409e06d609ea8b7d0fa5ea50"),
        c1(3, CipherSuite.GCM_AES_XPN_128, "17fe1981ebdd4afc5062697e8baa0c23"),
        c1(4, CipherSuite.GCM_AES_XPN_256, "4dbd2f6a754a6cf728cc129ba6931577"),
        c5(
            1,
            CipherSuite.GCM_AES_128,
            "13b4c72b389dc5018e72a171dd85a5d3752274d3a019fbcaed09a425cd9b2e1c9b72eee7"
                + "c9de7d52b3f3d6a5284f4a6d3fe22a5d6c2b960494c3"),
        c5(
            2,
            CipherSuite.GCM_AES_256,
            "c1623f55730c93533097addad25664966125352b43adacbd61c5ef3ac90b5bee929ce463"
                + "0ea79f6ce51912af39c2d1fdc2051f8b7b3c9d397ef2"),
        c5(
            3,
            CipherSuite.GCM_AES_XPN_128,
            "9ca46984430203ed416ebdc2fe2622ba3e5eab6961c36383009e187e9b0c88564653b9ab"
                + "d216441c6ab6f0a232e9e44c978cf7cd84d43484d101"),
        c5(
            4,
            CipherSuite.GCM_AES_XPN_256,
            "88d9f7d1f1578ee34ba7b1abc89893ef1d3398c9f1dd3e47fbd8553e0ff786ef5699eb01"
                + "ea10420d0ebd39a0e273c4c7f95ed843207d7a497dfa"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void protectMakesTheFrameOfTheAnnex(Vector vector) {
    SoftwareSecy secy = vector.secy();
    TransmitSa.Builder sa = TransmitSa.builder(vector.an(), vector.sak()).nextPn(vector.pn());
    if (vector.suite().isXpn()) {
      sa.ssci(SSCI);
    }
    Rig.done(secy, new SecyCommand.InstallTransmitSa(sa.build()));
    Rig.done(secy, new SecyCommand.SelectTransmitSa(vector.an()));

    assertThat(secy.protect(HEX.parseHex(vector.plain()))).isEqualTo(HEX.parseHex(vector.wire()));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void validateDeliversTheFrameOfTheAnnex(Vector vector) {
    Sci other = Sci.parse("02:00:00:00:00:01/1");
    SoftwareSecy secy =
        Rig.up(
            new SoftwareSecy(
                new SecyId(1, "macsec0"),
                vector.secy().snapshot().config(),
                other,
                SoftwareSecy.Options.DEFAULT));
    ReceiveSa.Builder sa = ReceiveSa.builder(vector.an(), vector.sak()).lowestPn(vector.pn());
    if (vector.suite().isXpn()) {
      sa.ssci(SSCI);
    }
    Rig.done(secy, new SecyCommand.CreateReceiveSc(vector.sci()));
    Rig.done(secy, new SecyCommand.InstallReceiveSa(vector.sci(), sa.build()));

    assertThat(secy.validate(HEX.parseHex(vector.wire()))).isEqualTo(HEX.parseHex(vector.plain()));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void frameCipherOpensAndSealsTheFrameOfTheAnnex(Vector vector) {
    FrameCipher.Builder builder = FrameCipher.builder(vector.suite(), vector.sak(), vector.sci());
    if (vector.suite().isXpn()) {
      builder.ssci(SSCI);
    }
    FrameCipher cipher = builder.build();
    byte[] wire = HEX.parseHex(vector.wire());
    byte[] plain = HEX.parseHex(vector.plain());

    assertThat(cipher.open(wire, vector.pn())).contains(plain);
    assertThat(cipher.seal(plain, SecTag.decode(wire).orElseThrow(), vector.pn())).isEqualTo(wire);
  }
}
