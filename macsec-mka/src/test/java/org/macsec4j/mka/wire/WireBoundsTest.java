package org.macsec4j.mka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.macsec4j.mka.wire.Samples.BASIC;
import static org.macsec4j.mka.wire.Samples.ICV;
import static org.macsec4j.mka.wire.Samples.frame;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.wire.AnnouncementTlv.AnnouncedSuite;

/** The last size that is read or written, beside the first that is not. */
class WireBoundsTest {
  private static MalformedMkpduException refused(byte[] octets, int offset, int length) {
    return catchThrowableOfType(
        MalformedMkpduException.class,
        () -> MkpduDecoder.DEFAULT.open(octets, offset, length).mkpdu());
  }

  private static MalformedReason reason(byte[] frame) {
    return refused(frame, 0, frame.length).reason();
  }

  @Test
  void aFrameOfItsHeadersAloneLacksAnMkpduAndNotAHeader() {
    assertThat(reason(frame())).isEqualTo(MalformedReason.MKPDU_TOO_SHORT);
  }

  @Test
  void anMkpduOf32OctetsIsLongEnoughAndItsBasicSetIsLookedAt() {
    byte[] body = new byte[32];
    body[3] = 29;
    assertThat(reason(frame(32, body))).isEqualTo(MalformedReason.BASIC_SET_OVERRUN);
    assertThat(reason(frame(28, body))).isEqualTo(MalformedReason.MKPDU_TOO_SHORT);
  }

  @Test
  void whereAFrameIsMalformedIsCountedFromItsBegin() {
    byte[] frame = frame(BASIC, "03000004", "00000000", ICV);
    byte[] array = new byte[frame.length + 9];
    System.arraycopy(frame, 0, array, 9, frame.length);
    assertThat(refused(array, 9, frame.length).offset()).isEqualTo(18 + 36 + 4);
    assertThat(refused(array, 9, frame.length)).hasMessageContaining("length other than 0 or 40");
  }

  @ParameterizedTest
  @CsvSource({
    // body, name behind a key of 128 bits, behind one of 256; 0 for none
    "25, 1, 0",
    "40, 16, 0",
    "41, 17, 1",
    "56, 32, 16",
    "57, 0, 17",
    "72, 0, 32"
  })
  void aDistributedCakIsPartedWhereTheNameHas1To32Octets(int body, int behind128, int behind256) {
    DistributedCak cak = new DistributedCak(OctetString.of(new byte[body]), 0);
    assertThat(cak.ckn(16).map(Ckn::length).orElse(0)).isEqualTo(behind128);
    assertThat(cak.ckn(32).map(Ckn::length).orElse(0)).isEqualTo(behind256);
    assertThat(cak.wrappedCak(16).isPresent()).isEqualTo(behind128 > 0);
    assertThat(cak.wrappedCak(32).isPresent()).isEqualTo(behind256 > 0);
  }

  @Test
  void aWrappedCakHas24Or40Octets() {
    Ckn name = Ckn.parse("c1c2");
    assertThat(DistributedCak.of(OctetString.of(new byte[24]), name).body().length()).isEqualTo(26);
    assertThat(DistributedCak.of(OctetString.of(new byte[40]), name).body().length()).isEqualTo(42);
    for (int length : new int[] {16, 32, 39, 41}) {
      OctetString wrapped = OctetString.of(new byte[length]);
      assertThatThrownBy(() -> DistributedCak.of(wrapped, name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 255})
  void aKnownTypeIsNeverUnknown(int type) {
    assertThatThrownBy(() -> new UnknownParameterSet(type, 0, OctetString.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 254})
  void theTypesBesideTheKnownOnesAreUnknown(int type) {
    assertThat(new UnknownParameterSet(type, 0, OctetString.EMPTY).type()).isEqualTo(type);
  }

  @Test
  void asManySuitesAreAnnouncedAsATlvHolds() {
    AnnouncedSuite suite =
        new AnnouncedSuite(
            MacsecCapability.CONFIDENTIALITY_OFFSET_0, 0x3FFE, CipherSuite.GCM_AES_XPN_128.id());
    AnnouncementTlv full = AnnouncementTlv.ofCipherSuites(Collections.nCopies(51, suite));
    assertThat(full.cipherSuites()).contains(Collections.nCopies(51, suite));
    List<AnnouncedSuite> tooMany = Collections.nCopies(52, suite);
    assertThatThrownBy(() -> AnnouncementTlv.ofCipherSuites(tooMany))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("announced suites");
  }

  @Test
  void anAnnouncedSuiteIsOneOfTheFourOrNone() {
    MacsecCapability capability = MacsecCapability.INTEGRITY;
    assertThat(new AnnouncedSuite(capability, 0, CipherSuite.GCM_AES_256.id()).cipherSuite())
        .contains(CipherSuite.GCM_AES_256);
    assertThat(new AnnouncedSuite(capability, 0, 1).cipherSuite()).isEmpty();
  }

  @Test
  void octetStringsAreTheirOctets() {
    OctetString string = OctetString.parse("00ff10");
    assertThat(string).isEqualTo(OctetString.of(new byte[] {0, -1, 16})).hasToString("00ff10");
    assertThat(string).isNotEqualTo(OctetString.parse("00ff11"));
    assertThat(string).isNotEqualTo(OctetString.parse("00ff"));
    assertThat(string.hashCode()).isNotEqualTo(OctetString.parse("00ff11").hashCode());
  }
}
