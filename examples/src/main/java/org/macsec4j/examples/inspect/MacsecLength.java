package org.macsec4j.examples.inspect;

import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import org.macsec4j.testkit.dataplane.DropReason;
import org.macsec4j.testkit.dataplane.SecTag;

/**
 * Finds where a recorded MACsec frame ends. A receiver knows; a capture may hold octets behind the
 * ICV: what a MAC fills short frames with, a frame check sequence that the file does not mention,
 * the trailer of a tap.
 */
final class MacsecLength {
  /** Octets of the ICV in every frame that any known implementation sends by default. */
  static final int ICV = 16;

  private static final int ADDRESSES = 12;
  private static final int TCI = 14;
  private static final int SHORT_LENGTH = 15;
  private static final int FCS = 4;
  private static final int SC_BIT = 0x20;
  private static final int MAX_SHORT_LENGTH = 47;

  private MacsecLength() {}

  /** The frame without what follows its ICV, as far as that can be known. */
  static byte[] trim(byte[] frame) {
    if (frame.length <= SHORT_LENGTH) {
      return frame;
    }
    int tag = (frame[TCI] & SC_BIT) != 0 ? SecTag.LENGTH_WITH_SCI : SecTag.LENGTH_WITHOUT_SCI;
    int shortLength = frame[SHORT_LENGTH];
    if (shortLength > 0 && shortLength <= MAX_SHORT_LENGTH) {
      int length = ADDRESSES + tag + shortLength + ICV;
      return length < frame.length ? Arrays.copyOf(frame, length) : frame;
    }
    return endsWithFcs(frame) ? Arrays.copyOf(frame, frame.length - FCS) : frame;
  }

  /** By chance in one frame of four thousand million. */
  private static boolean endsWithFcs(byte[] frame) {
    int length = frame.length - FCS;
    CRC32 crc = new CRC32();
    crc.update(frame, 0, length);
    int computed = (int) crc.getValue();
    for (int i = 0; i < FCS; i++) {
      if (frame[length + i] != (byte) (computed >>> (8 * i))) {
        return false;
      }
    }
    return true;
  }

  /** Where in a frame the octet lies that a receiver objects to. */
  static int problemAt(Optional<DropReason> problem) {
    boolean length =
        problem
            .filter(p -> p == DropReason.TAG_SHORT_LENGTH || p == DropReason.TAG_LENGTH)
            .isPresent();
    return length ? SHORT_LENGTH : TCI;
  }
}
