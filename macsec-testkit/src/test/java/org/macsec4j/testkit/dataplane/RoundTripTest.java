package org.macsec4j.testkit.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.Ssci;

/** Whatever is protected validates to what it was, in every form a SecTAG can have. */
class RoundTripTest {
  /** How the receiver learns the channel. */
  enum Form {
    SCI,
    ES,
    SCB,
    SINGLE_PEER
  }

  @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
  void whatIsProtectedValidates(
      @ForAll CipherSuite suite,
      @ForAll ConfidentialityOffset offset,
      @ForAll @IntRange(min = 8, max = 16) int icvLength,
      @ForAll Form form,
      @ForAll @IntRange(max = 2000) int payload,
      @ForAll @IntRange(max = 0xFFFF) int etherType,
      @ForAll @IntRange(max = 3) int inOffset) {
    ConfidentialityOffset used =
        suite.isXpn() && offset.octets() != 0 ? ConfidentialityOffset.OFFSET_0 : offset;
    Rig rig =
        Rig.link(
            Rig.config()
                .cipherSuite(suite)
                .confidentialityOffset(used)
                .icvLength(icvLength)
                .includeSci(form == Form.SCI)
                .endStation(form == Form.ES)
                .singleCopyBroadcast(form == Form.SCB));
    byte[] user = Rig.frame(payload);
    Wire.putInt16(user, SecTag.START, etherType);

    byte[] wire = rig.alice.protect(user);

    assertTag(wire, form, used, icvLength, payload);
    assertReadable(user, wire, used);
    byte[] shifted = new byte[wire.length + 2 * inOffset];
    System.arraycopy(wire, 0, shifted, inOffset, wire.length);
    byte[] out = new byte[wire.length + inOffset];
    int length = rig.bob.validate(shifted, inOffset, wire.length, out, inOffset);
    assertThat(Arrays.copyOfRange(out, inOffset, inOffset + length)).isEqualTo(user);
  }

  @Test
  void shortFramesOfEveryLengthAreProtectedAndValidate() {
    for (Form form : Form.values()) {
      for (int icvLength : new int[] {8, 12, 16}) {
        for (int payload = 0; payload <= 64; payload++) {
          for (ConfidentialityOffset offset : ConfidentialityOffset.values()) {
            whatIsProtectedValidates(
                CipherSuite.GCM_AES_128, offset, icvLength, form, payload, 0x0800, 0);
          }
        }
      }
    }
  }

  private static void assertTag(
      byte[] wire, Form form, ConfidentialityOffset offset, int icvLength, int payload) {
    SecTag tag = SecTag.decode(wire).orElseThrow();
    assertThat(tag.encrypted()).isEqualTo(offset.isConfidential());
    assertThat(tag.changed()).isEqualTo(offset.isConfidential() || icvLength != 16);
    assertThat(tag.sci().isPresent()).isEqualTo(form == Form.SCI);
    assertThat(tag.endStation()).isEqualTo(form == Form.ES);
    assertThat(tag.singleCopyBroadcast()).isEqualTo(form == Form.SCB);
    assertThat(tag.shortLength()).isEqualTo(payload + 2 < 48 ? payload + 2 : 0);
    assertThat(wire).hasSize(14 + payload + tag.length() + icvLength);
    assertThat(tag.channel(MacAddress.of(wire, MacAddress.LENGTH)).isPresent())
        .isEqualTo(form != Form.SINGLE_PEER);
  }

  /** The octets before the confidentiality offset stay; what follows does not. */
  private static void assertReadable(byte[] user, byte[] wire, ConfidentialityOffset offset) {
    int data = SecTag.START + SecTag.decode(wire).orElseThrow().length();
    int all = user.length - SecTag.START;
    int clear = offset.isConfidential() ? Math.min(offset.octets(), all) : all;
    assertThat(Arrays.copyOfRange(wire, data, data + clear))
        .isEqualTo(Arrays.copyOfRange(user, SecTag.START, SecTag.START + clear));
    if (all - clear >= 16) {
      assertThat(Arrays.copyOfRange(wire, data + clear, data + all))
          .isNotEqualTo(Arrays.copyOfRange(user, SecTag.START + clear, user.length));
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whatIsTamperedWithDoesNotValidate(
      @ForAll CipherSuite suite,
      @ForAll @IntRange(min = 8, max = 16) int icvLength,
      @ForAll boolean encrypt,
      @ForAll @IntRange(max = 200) int payload,
      @ForAll @IntRange(max = 1_000_000) int bit) {
    Rig rig = Rig.link(Rig.config().cipherSuite(suite).icvLength(icvLength).encrypt(encrypt));
    byte[] wire = rig.alice.protect(Rig.frame(payload));
    int at = bit % (wire.length * Byte.SIZE);
    byte[] bad = wire.clone();
    bad[at / Byte.SIZE] ^= (byte) (1 << at % Byte.SIZE);

    assertThat(rig.bob.validate(bad)).isNull();
    assertThat(rig.bob.validate(wire)).isNotNull();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void frameCipherOpensWhatItSeals(
      @ForAll CipherSuite suite,
      @ForAll @IntRange(min = 8, max = 16) int icvLength,
      @ForAll boolean encrypted,
      @ForAll long pn,
      @ForAll @IntRange(max = 200) int payload) {
    Rig rig = Rig.link(Rig.config().cipherSuite(suite));
    FrameCipher.Builder builder =
        FrameCipher.builder(suite, rig.key, Rig.ALICE).icvLength(icvLength);
    if (suite.isXpn()) {
      builder.ssci(Ssci.of(-1));
    }
    FrameCipher cipher = builder.build();
    boolean changed = encrypted || icvLength != 16;
    SecTag tag =
        new SecTag(false, false, encrypted, changed, Rig.AN_1, 0, 0, Optional.of(Rig.ALICE));
    byte[] user = Rig.frame(payload);

    byte[] wire = cipher.seal(user, tag, PacketNumber.of(pn));

    assertThat(SecTag.decode(wire).orElseThrow().packetNumber()).isEqualTo((int) pn);
    assertThat(cipher.open(wire, PacketNumber.of(pn))).contains(user);
    assertThat(cipher.open(Rig.tampered(wire), PacketNumber.of(pn))).isEmpty();
    assertThat(cipher.open(wire, PacketNumber.of(pn + 1))).isEmpty();
  }
}
