package org.macsec4j.testkit.simulation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacAddress;

/**
 * A frame that a user of a host sent to all others, and what became of it. Its octets follow from
 * its number, so that what is delivered can be compared with what was sent.
 */
final class UserFrame {
  /** The local experimental EtherType (IEEE 802). */
  static final int ETHER_TYPE = 0x88B5;

  static final int HEADER = 14;
  private static final int NUMBER_AT = HEADER;
  private static final int MIN_LENGTH = NUMBER_AT + Integer.BYTES;
  private static final int SOURCE_AT = 6;

  final int number;
  final SimulatedHost sender;
  final int senderLife;
  final long time;
  final byte[] octets;

  /** Under which key it went out; null when the SecY did not send it. */
  TransmitKeys.@Nullable Key key;

  /** The packet number with which it went out. */
  long packetNumber;

  /** Whose user must get it, a bit per host. */
  int owed;

  /** Whose user got it, a bit per host. */
  int delivered;

  UserFrame(int number, SimulatedHost sender, long time, int length) {
    this.number = number;
    this.sender = sender;
    this.senderLife = sender.life();
    this.time = time;
    this.octets = octets(number, sender.spec.mac(), Math.max(length, MIN_LENGTH));
  }

  private static byte[] octets(int number, MacAddress source, int length) {
    byte[] octets = new byte[length];
    Arrays.fill(octets, 0, SOURCE_AT, (byte) 0xFF);
    source.writeTo(octets, SOURCE_AT);
    ByteBuffer.wrap(octets).putShort(2 * SOURCE_AT, (short) ETHER_TYPE).putInt(NUMBER_AT, number);
    for (int i = MIN_LENGTH; i < length; i++) {
      octets[i] = (byte) (number * 31 + i * 17);
    }
    return octets;
  }

  /** The number that a frame says it has; -1 when it is none of ours by its form. */
  static int numberOf(byte[] frame) {
    return frame.length >= MIN_LENGTH && Segment.etherType(frame) == ETHER_TYPE
        ? ByteBuffer.wrap(frame).getInt(NUMBER_AT)
        : -1;
  }

  @Override
  public String toString() {
    return "user frame " + number + " of " + sender.spec.name();
  }
}
