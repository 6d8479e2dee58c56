package org.macsec4j.mka.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.macsec4j.mka.CapturedMkpdus;
import org.macsec4j.mka.CapturedMkpdus.Frame;

/** Damaged frames end as a value or as a reason; any other exception fails the test by itself. */
class MkpduDamageTest {
  private static boolean decodes(byte[] frame, Set<MalformedReason> reasons) {
    try {
      MkpduDecoder.DEFAULT.decode(frame);
      return true;
    } catch (MalformedMkpduException e) {
      reasons.add(e.reason());
      assertThat(e.offset()).isBetween(0, frame.length);
      return false;
    }
  }

  @Test
  void noTruncationOfAnyFrameDecodes() throws MalformedMkpduException {
    Set<MalformedReason> reasons = EnumSet.noneOf(MalformedReason.class);
    for (Frame frame : CapturedMkpdus.all()) {
      byte[] octets = frame.octets();
      int whole = MkpduDecoder.DEFAULT.open(octets).frameLength();
      for (int length = 0; length < whole; length++) {
        assertThat(decodes(Arrays.copyOf(octets, length), reasons)).isFalse();
      }
    }
    assertThat(reasons)
        .containsExactlyInAnyOrder(MalformedReason.FRAME_TOO_SHORT, MalformedReason.BODY_TRUNCATED);
  }

  /** As a truncation whose headers were put right again. */
  @Test
  void everyTruncatedBodyIsReadOrRefused() {
    Set<MalformedReason> reasons = EnumSet.noneOf(MalformedReason.class);
    int decoded = 0;
    for (Frame frame : CapturedMkpdus.all()) {
      byte[] octets = frame.octets();
      for (int length = 0; length <= octets.length - 18; length++) {
        byte[] cut = Arrays.copyOf(octets, 18 + length);
        cut[16] = (byte) (length >>> 8);
        cut[17] = (byte) length;
        decoded += decodes(cut, reasons) ? 1 : 0;
      }
    }
    assertThat(decoded).isGreaterThan(CapturedMkpdus.all().size());
    assertThat(reasons)
        .contains(
            MalformedReason.MKPDU_TOO_SHORT,
            MalformedReason.MKPDU_NOT_ALIGNED,
            MalformedReason.BASIC_SET_OVERRUN,
            MalformedReason.SET_OVERRUN);
  }

  @Test
  void everyFlippedBitIsReadOrRefused() {
    Set<MalformedReason> reasons = EnumSet.noneOf(MalformedReason.class);
    for (Frame frame : CapturedMkpdus.all()) {
      byte[] octets = frame.octets();
      for (int bit = 0; bit < 8 * octets.length; bit++) {
        octets[bit / 8] ^= (byte) (1 << bit % 8);
        decodes(octets, reasons);
        octets[bit / 8] ^= (byte) (1 << bit % 8);
      }
    }
    assertThat(reasons)
        .contains(
            MalformedReason.WRONG_ETHERTYPE,
            MalformedReason.NOT_MKA,
            MalformedReason.INDIVIDUAL_DESTINATION,
            MalformedReason.BASIC_SET_LENGTH,
            MalformedReason.SET_OVERRUN,
            MalformedReason.PEER_LIST_LENGTH,
            MalformedReason.SAK_USE_LENGTH,
            MalformedReason.DISTRIBUTED_SAK_LENGTH,
            MalformedReason.XPN_LENGTH);
  }

  @Test
  void randomSetsBehindAGoodBasicSetAreReadOrRefused() {
    long seed = 20261122;
    Random random = new Random(seed);
    Set<MalformedReason> reasons = EnumSet.noneOf(MalformedReason.class);
    byte[] basic = Samples.frame(Samples.BASIC);
    int decoded = 0;
    for (int run = 0; run < 200_000; run++) {
      int length = 4 * (4 + random.nextInt(30));
      byte[] frame = Arrays.copyOf(basic, basic.length + length);
      byte[] sets = new byte[length];
      random.nextBytes(sets);
      for (int at = 0; at < length; at += 4) {
        sets[at] = (byte) (random.nextInt(8) == 0 ? 255 : random.nextInt(10));
        sets[at + 2] &= (byte) 0xF0;
        sets[at + 3] = (byte) (random.nextInt(12) * 4);
      }
      System.arraycopy(sets, 0, frame, basic.length, length);
      frame[17] = (byte) (frame.length - 18);
      decoded += decodes(frame, reasons) ? 1 : 0;
    }
    assertThat(decoded).as("seed %d", seed).isGreaterThan(1000);
    assertThat(reasons)
        .as("seed %d", seed)
        .contains(MalformedReason.ICV_INDICATOR, MalformedReason.DISTRIBUTED_CAK_LENGTH);
  }
}
