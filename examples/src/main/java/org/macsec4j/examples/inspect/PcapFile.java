package org.macsec4j.examples.inspect;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The classic capture format of libpcap, in the byte order of the machine that wrote it.
 *
 * <pre>
 * file:   magic 4 | major 2 | minor 2 | zone 4 | accuracy 4 | longest frame 4 | link 4
 *         link: FCS length/16 bits 4 bits, …, FCS known 1 bit (26), …, link type 16 bits
 * record: seconds 4 | micro- or nanoseconds 4 | octets here 4 | octets on the link 4 | octets
 * </pre>
 */
final class PcapFile implements FrameSource {
  static final int MAGIC_MICROS = 0xA1B2C3D4;
  static final int MAGIC_NANOS = 0xA1B23C4D;

  /** What libpcap takes as the longest frame; more is a damaged length. */
  static final int MAX_FRAME = 262_144;

  private static final int FCS_KNOWN = 0x0400_0000;
  private static final int FCS_SHIFT = 28;
  private static final int FCS_UNIT = 2;
  private static final int LINK_TYPE_MASK = 0xFFFF;
  private static final long NANOS = 1_000_000_000L;

  private final CaptureInput in;
  private final boolean nanos;
  private final int fcsLength;
  private long number;

  private PcapFile(CaptureInput in, boolean nanos, int fcsLength) {
    this.in = in;
    this.nanos = nanos;
    this.fcsLength = fcsLength;
  }

  /** The magic as a big-endian number, or null when this is another kind of file. */
  static @Nullable PcapFile open(CaptureInput in, int magic) throws CaptureException {
    boolean big = magic == MAGIC_MICROS || magic == MAGIC_NANOS;
    int value = big ? magic : Integer.reverseBytes(magic);
    if (value != MAGIC_MICROS && value != MAGIC_NANOS) {
      return null;
    }
    in.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    String what = "the pcap file header";
    int major = in.u16(what);
    int minor = in.u16(what);
    if (major != 2) {
      throw in.broken("pcap version " + major + "." + minor + " is unknown; 2.4 is usual");
    }
    in.skip(12, what);
    int link = in.i32(what);
    LinkTypes.check(in, link & LINK_TYPE_MASK);
    int fcs = (link & FCS_KNOWN) != 0 ? FCS_UNIT * (link >>> FCS_SHIFT) : 0;
    return new PcapFile(in, value == MAGIC_NANOS, fcs);
  }

  @Override
  public @Nullable CapturedFrame next() throws CaptureException {
    long start = in.offset();
    if (in.atEnd()) {
      return null;
    }
    number++;
    String what = "frame " + number + " (its record begins at octet " + start + ")";
    long seconds = Integer.toUnsignedLong(in.restOfInt(what));
    long fraction = in.u32(what);
    long here = in.u32(what);
    long original = in.u32(what);
    if (here > MAX_FRAME) {
      throw in.broken(
          "damaged: frame "
              + number
              + ", whose record begins at octet "
              + start
              + ", claims to hold "
              + here
              + " octets; at most "
              + MAX_FRAME
              + " make sense");
    }
    if (here == 0 && original == 0) {
      throw in.broken(
          "damaged: frame "
              + number
              + ", whose record begins at octet "
              + start
              + ", is of no octets; the file may end in zeros");
    }
    byte[] octets = in.octets((int) here, what);
    long time = seconds * NANOS + (nanos ? fraction : fraction * 1000);
    return frame(number, time, "", CapturedFrame.ETHERNET, octets, original, fcsLength);
  }

  /** Takes the frame check sequence off, as an ICV ends just before it. */
  static CapturedFrame frame(
      long number,
      long time,
      String interfaceName,
      int linkType,
      byte[] octets,
      long originalLength,
      int fcsLength) {
    int original = (int) Math.min(Integer.MAX_VALUE, Math.max(originalLength, octets.length));
    int length = Math.max(0, original - fcsLength);
    byte[] kept = octets.length > length ? Arrays.copyOf(octets, length) : octets;
    return new CapturedFrame(number, time, interfaceName, linkType, kept, length);
  }

  @Override
  public String format() {
    return "pcap";
  }
}
