package org.macsec4j.examples.inspect;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An interface description of a pcapng file.
 *
 * @param linkType the link-layer type of its frames
 * @param longestFrame octets of a frame that are kept at most; 0 when all are
 * @param name empty when the file does not tell
 * @param resolution the resolution of its times as in if_tsresol: 10^-n, or 2^-n with the high bit
 * @param offsetSeconds what is to be added to its times
 * @param fcsLength octets of the frame check sequence at the end of each frame
 */
record PcapngInterface(
    int linkType,
    long longestFrame,
    String name,
    int resolution,
    long offsetSeconds,
    int fcsLength) {
  private static final int OPTION_END = 0;
  private static final int OPTION_NAME = 2;
  private static final int OPTION_RESOLUTION = 9;
  private static final int OPTION_FCS_LENGTH = 13;
  private static final int OPTION_OFFSET = 14;
  private static final int DEFAULT_RESOLUTION = 6;
  private static final int BINARY = 0x80;
  private static final int FCS_BITS = 32;
  private static final int FCS_OCTETS = 4;
  private static final long NANOS = 1_000_000_000L;

  /** Takes one option. */
  @FunctionalInterface
  interface OptionVisitor {
    void option(int code, ByteBuffer value);
  }

  /** Reads the body of the block; at least its eight fixed octets are there. */
  static PcapngInterface read(ByteBuffer body) {
    int linkType = body.getShort() & 0xFFFF;
    body.getShort();
    long longest = Integer.toUnsignedLong(body.getInt());
    Options found = new Options();
    options(body, found);
    return new PcapngInterface(
        linkType, longest, found.name, found.resolution, found.offset, found.fcs);
  }

  private static final class Options implements OptionVisitor {
    private String name = "";
    private int resolution = DEFAULT_RESOLUTION;
    private long offset;
    private int fcs;

    @Override
    public void option(int code, ByteBuffer value) {
      int length = value.remaining();
      if (code == OPTION_NAME) {
        name = Printable.of(StandardCharsets.UTF_8.decode(value).toString());
      } else if (code == OPTION_RESOLUTION && length == 1) {
        resolution = value.get() & 0xFF;
      } else if (code == OPTION_OFFSET && length == Long.BYTES) {
        offset = value.getLong();
      } else if (code == OPTION_FCS_LENGTH && length == 1) {
        // The specification counts bits; writers that count octets exist.
        int told = value.get() & 0xFF;
        fcs = told == FCS_BITS || told == FCS_OCTETS ? FCS_OCTETS : 0;
      }
    }
  }

  /** Walks over the options; what does not fit ends the walk, as nothing vital hangs on them. */
  static void options(ByteBuffer body, OptionVisitor visitor) {
    while (body.remaining() >= 4) {
      int code = body.getShort() & 0xFFFF;
      int length = body.getShort() & 0xFFFF;
      if (code == OPTION_END || length > body.remaining()) {
        return;
      }
      visitor.option(code, body.slice(body.position(), length).order(body.order()));
      int padded = Math.min(length + (-length & 3), body.remaining());
      body.position(body.position() + padded);
    }
  }

  /** Nanoseconds since 1970 of a time of this interface; the nearest that fits when none does. */
  long toNanos(long units) {
    if (offsetSeconds == 0 && resolution == 9 && units >= 0) {
      return units;
    }
    BigInteger value = new BigInteger(Long.toUnsignedString(units)).multiply(big(NANOS));
    BigInteger nanos =
        (resolution & BINARY) != 0
            ? value.shiftRight(resolution & ~BINARY)
            : value.divide(BigInteger.TEN.pow(resolution));
    BigInteger sum = nanos.add(big(offsetSeconds).multiply(big(NANOS)));
    // One more than the least long, which stands for "no time".
    BigInteger least = big(Long.MIN_VALUE + 1);
    return sum.max(least).min(big(Long.MAX_VALUE)).longValueExact();
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }
}
