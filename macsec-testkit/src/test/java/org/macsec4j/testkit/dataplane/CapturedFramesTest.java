package org.macsec4j.testkit.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What other implementations sent must validate here, and would have been sent so from here. */
class CapturedFramesTest {
  /** EtherTypes of what the recorded hosts sent: IPv4, ARP, IPv6. */
  private static final List<Integer> USER_ETHER_TYPES = List.of(0x0800, 0x0806, 0x86DD);

  static List<CapturedFrames.Frame> frames() {
    return CapturedFrames.all();
  }

  @Test
  void theRecordingsHoldManyForms() {
    List<CapturedFrames.Frame> frames = frames();
    assertThat(frames).hasSizeGreaterThan(150);
    assertThat(frames).anyMatch(frame -> frame.tag().sci().isPresent());
    assertThat(frames).anyMatch(frame -> frame.tag().endStation());
    assertThat(frames).anyMatch(frame -> frame.tag().sci().isEmpty() && !frame.tag().endStation());
    assertThat(frames).anyMatch(frame -> !frame.tag().encrypted());
    assertThat(frames).anyMatch(frame -> frame.tag().shortLength() == 0);
    assertThat(frames).anyMatch(frame -> frame.sa().suite().isXpn());
    assertThat(frames).anyMatch(frame -> frame.sa().suite().keyLength() == 32);
  }

  @ParameterizedTest
  @MethodSource("frames")
  void validatesAndProtectsBackToTheSameOctets(CapturedFrames.Frame frame) {
    byte[] user = frame.receiver().validate(frame.octets());

    assertThat(user).isNotNull();
    assertThat(Wire.uint16(user, SecTag.START)).isIn(USER_ETHER_TYPES);
    assertThat(frame.sender().protect(user)).isEqualTo(frame.octets());
    FrameCipher cipher = frame.sa().cipher();
    assertThat(cipher.open(frame.octets(), frame.pn())).contains(user);
    assertThat(cipher.seal(user, frame.tag(), frame.pn())).isEqualTo(frame.octets());
  }

  @Test
  void everyBitFlipIsOneCountedDrop() {
    for (CapturedFrames.Frame frame : frames()) {
      SoftwareSecy receiver = frame.receiver();
      byte[] octets = frame.octets().clone();
      for (int bit = 0; bit < octets.length * Byte.SIZE; bit++) {
        octets[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        if (receiver.validate(octets) != null) {
          fail("%s was delivered with bit %d flipped", frame, bit);
        }
        octets[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      }
      assertThat(sum(receiver)).as("%s", frame).isEqualTo(octets.length * (long) Byte.SIZE);
      assertThat(receiver.validate(frame.octets())).as("%s, whole", frame).isNotNull();
    }
  }

  @Test
  void everyTruncationIsOneCountedDrop() {
    for (CapturedFrames.Frame frame : frames()) {
      SoftwareSecy receiver = frame.receiver();
      for (int length = 0; length < frame.octets().length; length++) {
        byte[] cut = Arrays.copyOf(frame.octets(), length);
        if (receiver.validate(cut) != null) {
          fail("%s was delivered cut to %d octets", frame, length);
        }
      }
      assertThat(sum(receiver)).as("%s", frame).isEqualTo(frame.octets().length);
    }
  }

  private static long sum(SoftwareSecy secy) {
    return secy.drops().values().stream().mapToLong(Long::longValue).sum();
  }
}
