package org.macsec4j.examples.inspect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next generation capture format: sections, each in its own byte order, of blocks. Read are the
 * section header, interface descriptions and all three kinds of packet block; every other block is
 * passed over, however long, without being held.
 *
 * <pre>
 * block:     type 4 | total length 4 | body, filled up to a multiple of 4 | total length 4
 * section:   0A0D0D0A  byte-order magic 4 | major 2 | minor 2 | section length 8 | options
 * interface: 1         link type 2 | 0 2 | longest frame 4 | options
 * packet:    2         interface 2 | drops 2 | time high 4, low 4 | here 4 | on the link 4 | octets
 * simple:    3         on the link 4 | octets
 * enhanced:  6         interface 4 | time high 4, low 4 | here 4 | on the link 4 | octets | options
 * option:    code 2 | length 2 | value, filled up to a multiple of 4
 * </pre>
 */
final class PcapngFile implements FrameSource {
  static final int SECTION_HEADER = 0x0A0D0D0A;

  private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int OBSOLETE_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;

  /** Type and both total lengths. */
  private static final int BLOCK_OVERHEAD = 12;

  /** A block that is held in memory: the longest frame and generous options. */
  private static final int MAX_HELD_BLOCK = PcapFile.MAX_FRAME + (1 << 16);

  private static final int MAX_INTERFACES = 1 << 16;
  private static final int OPTION_EPB_FLAGS = 2;
  private static final int EPB_FCS_SHIFT = 5;
  private static final int EPB_FCS_MASK = 0xF;

  private final CaptureInput in;
  private final List<PcapngInterface> interfaces = new ArrayList<>();
  private long number;
  private long ethernetFrames;
  private int otherLinkType = -1;

  private PcapngFile(CaptureInput in) {
    this.in = in;
  }

  /** The magic as a big-endian number, or null when this is another kind of file. */
  static @Nullable PcapngFile open(CaptureInput in, int magic) throws CaptureException {
    if (magic != SECTION_HEADER) {
      return null;
    }
    PcapngFile file = new PcapngFile(in);
    file.section(0);
    return file;
  }

  @Override
  public @Nullable CapturedFrame next() throws CaptureException {
    while (true) {
      long start = in.offset();
      if (in.atEnd()) {
        checkLinkTypes();
        return null;
      }
      int type = in.restOfInt("the block at octet " + start);
      // The type of a section header reads the same in both byte orders, the lengths do not.
      if (type == SECTION_HEADER) {
        section(start);
        continue;
      }
      CapturedFrame frame = block(type, start);
      if (frame != null) {
        return frame;
      }
    }
  }

  private void checkLinkTypes() throws CaptureException {
    if (ethernetFrames == 0 && otherLinkType >= 0) {
      throw in.broken(LinkTypes.refusal(otherLinkType));
    }
  }

  private void section(long start) throws CaptureException {
    String what = "the section header at octet " + start;
    in.order(ByteOrder.BIG_ENDIAN);
    int rawLength = in.i32(what);
    int magic = in.i32(what);
    if (magic != BYTE_ORDER_MAGIC && Integer.reverseBytes(magic) != BYTE_ORDER_MAGIC) {
      throw in.broken("damaged: " + what + " has no byte-order magic");
    }
    boolean big = magic == BYTE_ORDER_MAGIC;
    in.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long length = Integer.toUnsignedLong(big ? rawLength : Integer.reverseBytes(rawLength));
    // Fixed part: byte-order magic, version, section length.
    if (length < BLOCK_OVERHEAD + 16 || length % 4 != 0) {
      throw in.broken("damaged: " + what + " claims a length of " + length);
    }
    int major = in.u16(what);
    int minor = in.u16(what);
    if (major != 1) {
      throw in.broken("pcapng version " + major + "." + minor + " is unknown; 1.0 is usual");
    }
    in.skip(length - BLOCK_OVERHEAD - 8, what);
    checkTrailer(length, what);
    interfaces.clear();
  }

  private @Nullable CapturedFrame block(int type, long start) throws CaptureException {
    String what = "the block at octet " + start;
    long length = in.u32(what);
    if (length < BLOCK_OVERHEAD || length % 4 != 0) {
      throw in.broken("damaged: " + what + " claims a length of " + length);
    }
    long bodyLength = length - BLOCK_OVERHEAD;
    if (type != INTERFACE_DESCRIPTION && !isPacket(type)) {
      in.skip(bodyLength, what);
      checkTrailer(length, what);
      return null;
    }
    if (bodyLength > MAX_HELD_BLOCK) {
      throw in.broken(
          "damaged: "
              + what
              + " claims a length of "
              + length
              + "; for a frame at most "
              + MAX_HELD_BLOCK
              + " make sense");
    }
    ByteBuffer body = ByteBuffer.wrap(in.octets((int) bodyLength, what)).order(in.order());
    checkTrailer(length, what);
    if (type == INTERFACE_DESCRIPTION) {
      addInterface(body, what);
      return null;
    }
    number++;
    return packet(type, body, "frame " + number + " (" + what + ")");
  }

  private static boolean isPacket(int type) {
    return type == ENHANCED_PACKET || type == SIMPLE_PACKET || type == OBSOLETE_PACKET;
  }

  private void checkTrailer(long length, String what) throws CaptureException {
    long again = in.u32(what);
    if (again != length) {
      throw in.broken(
          "damaged: " + what + " begins with a length of " + length + " and ends with " + again);
    }
  }

  private void addInterface(ByteBuffer body, String what) throws CaptureException {
    if (body.remaining() < 8) {
      throw in.broken("damaged: " + what + " is too short for an interface description");
    }
    if (interfaces.size() == MAX_INTERFACES) {
      throw in.broken("damaged: more than " + MAX_INTERFACES + " interface descriptions");
    }
    interfaces.add(PcapngInterface.read(body));
  }

  private CapturedFrame packet(int type, ByteBuffer body, String what) throws CaptureException {
    int fixed = type == SIMPLE_PACKET ? 4 : 20;
    if (body.remaining() < fixed) {
      throw in.broken("damaged: " + what + " is too short for a packet block");
    }
    int index = 0;
    if (type == ENHANCED_PACKET) {
      index = body.getInt();
    } else if (type == OBSOLETE_PACKET) {
      index = body.getShort() & 0xFFFF;
      body.getShort();
    }
    if (index < 0 || index >= interfaces.size()) {
      throw in.broken(
          "damaged: "
              + what
              + " belongs to interface "
              + Integer.toUnsignedString(index)
              + ", of which no description came before");
    }
    PcapngInterface source = interfaces.get(index);
    return type == SIMPLE_PACKET ? simple(body, source, what) : timed(body, source, what);
  }

  private CapturedFrame simple(ByteBuffer body, PcapngInterface source, String what)
      throws CaptureException {
    long original = Integer.toUnsignedLong(body.getInt());
    long here = Math.min(original, body.remaining());
    if (source.longestFrame() > 0) {
      here = Math.min(here, source.longestFrame());
    }
    return frame(CapturedFrame.NO_TIME, source, body, here, original, what);
  }

  private CapturedFrame timed(ByteBuffer body, PcapngInterface source, String what)
      throws CaptureException {
    long high = Integer.toUnsignedLong(body.getInt());
    long low = Integer.toUnsignedLong(body.getInt());
    long here = Integer.toUnsignedLong(body.getInt());
    long original = Integer.toUnsignedLong(body.getInt());
    long time = source.toNanos((high << 32) | low);
    return frame(time, source, body, here, original, what);
  }

  private CapturedFrame frame(
      long time, PcapngInterface source, ByteBuffer body, long here, long original, String what)
      throws CaptureException {
    if (here > body.remaining() || here > PcapFile.MAX_FRAME) {
      throw in.broken(
          "damaged: " + what + " claims " + here + " octets and has " + body.remaining());
    }
    if (here == 0 && original == 0) {
      throw in.broken("damaged: " + what + " is of no octets");
    }
    byte[] octets = new byte[(int) here];
    body.get(octets);
    if (source.linkType() == CapturedFrame.ETHERNET) {
      ethernetFrames++;
    } else {
      otherLinkType = source.linkType();
    }
    int fcs = fcsOfOptions(body, octets.length, source.fcsLength());
    return PcapFile.frame(number, time, source.name(), source.linkType(), octets, original, fcs);
  }

  /** The flags of a packet may tell the length of its frame check sequence. */
  private static int fcsOfOptions(ByteBuffer body, int frameLength, int otherwise) {
    int padding = -frameLength & 3;
    if (body.remaining() < padding) {
      return otherwise;
    }
    body.position(body.position() + padding);
    int[] fcs = {otherwise};
    PcapngInterface.options(
        body,
        (code, value) -> {
          if (code == OPTION_EPB_FLAGS && value.remaining() == Integer.BYTES) {
            int told = (value.getInt() >>> EPB_FCS_SHIFT) & EPB_FCS_MASK;
            fcs[0] = told == 0 ? otherwise : told;
          }
        });
    return fcs[0];
  }

  @Override
  public String format() {
    return "pcapng";
  }
}
