package org.macsec4j.testkit.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Writes Ethernet frames in the pcapng format (IETF draft-ietf-opsawg-pcapng) with nanoseconds,
 * interface names, directions and comments.
 *
 * <pre>
 *  0         4         8                              n-4       n
 * +---------+---------+------------------------------+---------+
 * | type    | length n| body, a multiple of 4 octets | length n|
 * +---------+---------+------------------------------+---------+
 *  Section Header     magic(4) major(2) minor(2) section length(8) options
 *  Interface          link type(2) reserved(2) snap length(4) options
 *  Enhanced Packet    interface(4) time high(4) low(4) captured(4) original(4) data options
 *  option             code(2) length(2) value, padded to a multiple of 4; code 0 ends them
 * </pre>
 *
 * <p>All numbers are little-endian, which the magic tells. Not for several threads.
 */
public final class PcapngWriter implements AutoCloseable {
  private static final int SECTION_HEADER_BLOCK = 0x0A0D0D0A;
  private static final int INTERFACE_DESCRIPTION_BLOCK = 1;
  private static final int ENHANCED_PACKET_BLOCK = 6;
  private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
  private static final long SECTION_LENGTH_UNKNOWN = -1;
  private static final short LINK_TYPE_ETHERNET = 1;

  private static final short OPTION_END = 0;
  private static final short OPTION_COMMENT = 1;
  private static final short OPTION_IF_NAME = 2;
  private static final short OPTION_EPB_FLAGS = 2;
  private static final short OPTION_SHB_USERAPPL = 4;
  private static final short OPTION_IF_TSRESOL = 9;

  private static final byte NANOSECONDS = 9;
  private static final int MAX_OPTION_LENGTH = 0xFFFF;
  private static final int BLOCK_OVERHEAD = 12;
  private static final int OPTION_OVERHEAD = 4;

  private final OutputStream out;
  private int interfaces;

  /**
   * Begins a section. Frames of interfaces follow.
   *
   * @param out where to; this writer closes it, and a buffered one is better
   * @param comments about the whole; may be empty
   * @throws IOException when it cannot be written
   */
  public PcapngWriter(OutputStream out, List<String> comments) throws IOException {
    this.out = Objects.requireNonNull(out, "out");
    List<byte[]> texts = octets(comments);
    byte[] application = "macsec4j".getBytes(StandardCharsets.US_ASCII);
    int options = optionsLength(texts) + optionLength(application) + OPTION_OVERHEAD;
    ByteBuffer block = begin(SECTION_HEADER_BLOCK, 16 + options);
    block.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0);
    block.putLong(SECTION_LENGTH_UNKNOWN);
    texts.forEach(text -> option(block, OPTION_COMMENT, text));
    option(block, OPTION_SHB_USERAPPL, application);
    end(block);
  }

  /**
   * Adds an Ethernet interface, also after frames.
   *
   * @param name its name, for instance {@code a/eth0}
   * @return its number, which its frames are written with
   * @throws IOException when it cannot be written
   */
  public int addInterface(String name) throws IOException {
    byte[] text = octets(name);
    int options = optionLength(text) + optionLength(new byte[1]) + OPTION_OVERHEAD;
    ByteBuffer block = begin(INTERFACE_DESCRIPTION_BLOCK, 8 + options);
    block.putShort(LINK_TYPE_ETHERNET).putShort((short) 0).putInt(0);
    option(block, OPTION_IF_NAME, text);
    option(block, OPTION_IF_TSRESOL, new byte[] {NANOSECONDS});
    end(block);
    return interfaces++;
  }

  /**
   * Writes a frame.
   *
   * @param interfaceNumber what {@link #addInterface} gave
   * @param nanoTime nanoseconds since 1970; virtual time is read as if it began then
   * @param direction whether the interface sent or received it
   * @param frame from the destination address to the last octet before the FCS
   * @param comments about the frame; may be empty
   * @throws IOException when it cannot be written
   * @throws IllegalArgumentException for an interface that was not added
   */
  public void writeFrame(
      int interfaceNumber,
      long nanoTime,
      Capture.Direction direction,
      byte[] frame,
      List<String> comments)
      throws IOException {
    if (interfaceNumber < 0 || interfaceNumber >= interfaces) {
      throw new IllegalArgumentException("there is no interface " + interfaceNumber + " yet");
    }
    List<byte[]> texts = octets(comments);
    int options = optionsLength(texts) + optionLength(new byte[4]) + OPTION_OVERHEAD;
    ByteBuffer block = begin(ENHANCED_PACKET_BLOCK, 20 + padded(frame.length) + options);
    block.putInt(interfaceNumber).putInt((int) (nanoTime >>> 32)).putInt((int) nanoTime);
    block.putInt(frame.length).putInt(frame.length);
    putPadded(block, frame);
    option(block, OPTION_EPB_FLAGS, new byte[] {(byte) direction.flag(), 0, 0, 0});
    texts.forEach(text -> option(block, OPTION_COMMENT, text));
    end(block);
  }

  /** Ends the file and closes the stream. */
  @Override
  public void close() throws IOException {
    out.close();
  }

  private static ByteBuffer begin(int type, int bodyLength) {
    int total = BLOCK_OVERHEAD + bodyLength;
    ByteBuffer block = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    return block.putInt(type).putInt(total);
  }

  private void end(ByteBuffer block) throws IOException {
    option(block, OPTION_END, new byte[0]);
    block.putInt(block.capacity());
    out.write(block.array(), block.arrayOffset(), block.capacity());
  }

  private static void option(ByteBuffer block, short code, byte[] value) {
    block.putShort(code).putShort((short) value.length);
    putPadded(block, value);
  }

  private static void putPadded(ByteBuffer block, byte[] value) {
    block.put(value).put(new byte[padded(value.length) - value.length]);
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }

  private static int optionLength(byte[] value) {
    return OPTION_OVERHEAD + padded(value.length);
  }

  private static int optionsLength(List<byte[]> values) {
    return values.stream().mapToInt(PcapngWriter::optionLength).sum();
  }

  private static List<byte[]> octets(List<String> texts) {
    return texts.stream().map(PcapngWriter::octets).toList();
  }

  private static byte[] octets(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return octets.length <= MAX_OPTION_LENGTH ? octets : Arrays.copyOf(octets, MAX_OPTION_LENGTH);
  }
}
