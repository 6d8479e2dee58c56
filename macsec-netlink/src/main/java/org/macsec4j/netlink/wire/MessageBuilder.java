package org.macsec4j.netlink.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.macsec4j.netlink.libc.Sockets;

/**
 * Writes one message: the header, the header of the family, then attributes. The byte order of each
 * value is in the name of the method, as the kernel mixes them within one message.
 *
 * <p>What is written may be a key. So the buffer is wiped when it grows, and {@link #close} wipes
 * it at the end: whoever makes a builder closes it. After that the buffer serves another request.
 */
public final class MessageBuilder implements AutoCloseable {
  private static final int MAX_ATTRIBUTE = 0xFFFF;

  /** What a closed builder writes to, and fails. */
  private static final ByteBuffer CLOSED = Sockets.buffer(0);

  private ByteBuffer buffer = RequestBuffers.take();

  /** Where the attributes begin, or would. */
  private int attributesAt = NetlinkLayout.HEADER;

  private boolean finished;

  private MessageBuilder(int type, int flags) {
    buffer.position(NetlinkLayout.HEADER);
    buffer.putShort(NetlinkLayout.TYPE, (short) type);
    buffer.putShort(NetlinkLayout.FLAGS, (short) flags);
  }

  /**
   * A request.
   *
   * @param type the message type
   * @param flags flags beside {@code NLM_F_REQUEST}
   * @return a builder that is to be closed
   */
  public static MessageBuilder request(int type, int flags) {
    return new MessageBuilder(type, NetlinkLayout.NLM_F_REQUEST | flags);
  }

  /**
   * A message that asks nothing, as a kernel sends it.
   *
   * @param type the message type
   * @param flags all its flags
   * @return a builder that is to be closed
   */
  public static MessageBuilder message(int type, int flags) {
    return new MessageBuilder(type, flags);
  }

  /**
   * Sets one more flag in the header.
   *
   * @param flag such as {@link NetlinkLayout#NLM_F_ECHO}
   * @return this builder
   */
  public MessageBuilder with(int flag) {
    int flags = buffer.getShort(NetlinkLayout.FLAGS) | flag;
    buffer.putShort(NetlinkLayout.FLAGS, (short) flags);
    return this;
  }

  /**
   * Whether a flag is set.
   *
   * @param flag such as {@link NetlinkLayout#NLM_F_ACK}
   * @return true when it is
   */
  public boolean has(int flag) {
    return (buffer.getShort(NetlinkLayout.FLAGS) & flag) != 0;
  }

  /**
   * Appends the header of the family, or part of it.
   *
   * @param value four octets, in the byte order of the machine
   * @return this builder
   */
  public MessageBuilder header32(int value) {
    room(Integer.BYTES).putInt(value);
    attributesAt = buffer.position();
    return this;
  }

  /**
   * Appends a flag, an attribute without a value.
   *
   * @param type the number
   * @return this builder
   */
  public MessageBuilder flag(int type) {
    start(type, 0);
    return this;
  }

  /**
   * Appends an octet.
   *
   * @param type the number
   * @param value its low eight bits
   * @return this builder
   */
  public MessageBuilder u8(int type, int value) {
    start(type, 1).put((byte) value);
    return pad();
  }

  /**
   * Appends an octet that is 0 or 1.
   *
   * @param type the number
   * @param value whether it is 1
   * @return this builder
   */
  public MessageBuilder bool(int type, boolean value) {
    return u8(type, value ? 1 : 0);
  }

  /**
   * Appends a 16-bit number in network byte order.
   *
   * @param type the number
   * @param value its low 16 bits
   * @return this builder
   */
  public MessageBuilder u16BigEndian(int type, int value) {
    start(type, Short.BYTES).put((byte) (value >>> 8)).put((byte) value);
    return pad();
  }

  /**
   * Appends a 32-bit number in the byte order of the machine.
   *
   * @param type the number
   * @param value its bits
   * @return this builder
   */
  public MessageBuilder u32(int type, int value) {
    start(type, Integer.BYTES).putInt(value);
    return pad();
  }

  /**
   * Appends a 32-bit number in network byte order.
   *
   * @param type the number
   * @param value its bits
   * @return this builder
   */
  public MessageBuilder u32BigEndian(int type, int value) {
    boolean swap = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    return u32(type, swap ? Integer.reverseBytes(value) : value);
  }

  /**
   * Appends a 64-bit number in the byte order of the machine.
   *
   * @param type the number
   * @param value its bits
   * @return this builder
   */
  public MessageBuilder u64(int type, long value) {
    start(type, Long.BYTES).putLong(value);
    return pad();
  }

  /**
   * Appends octets as they are.
   *
   * @param type the number
   * @param value the octets
   * @return this builder
   */
  public MessageBuilder bytes(int type, byte[] value) {
    start(type, value.length).put(value);
    return pad();
  }

  /**
   * Appends a text with a zero at its end.
   *
   * @param type the number
   * @param value the text
   * @return this builder
   */
  public MessageBuilder string(int type, String value) {
    byte[] octets = value.getBytes(StandardCharsets.UTF_8);
    start(type, octets.length + 1).put(octets).put((byte) 0);
    return pad();
  }

  /**
   * Appends attributes within an attribute.
   *
   * @param type the number of the nest
   * @param content appends to the same builder what is in the nest
   * @return this builder
   */
  public MessageBuilder nested(int type, Consumer<MessageBuilder> content) {
    int begin = buffer.position();
    start(type | NetlinkLayout.ATTRIBUTE_NESTED, 0);
    content.accept(this);
    int length = buffer.position() - begin;
    requireLength(type, length);
    buffer.putShort(begin, (short) length);
    return this;
  }

  /**
   * Which attribute lies at an octet of the request.
   *
   * @param offset counted from the first octet of the header
   * @return the numbers of the nests around it, then its own; empty when none begins there
   */
  public List<Integer> pathTo(int offset) {
    List<Integer> path = new ArrayList<>();
    int at = attributesAt;
    int end = finished ? buffer.limit() : buffer.position();
    while (at + NetlinkLayout.ATTRIBUTE_HEADER <= end && at <= offset) {
      int length = Math.max(buffer.getShort(at) & 0xFFFF, NetlinkLayout.ATTRIBUTE_HEADER);
      int type = buffer.getShort(at + NetlinkLayout.ATTRIBUTE_TYPE) & 0xFFFF;
      if (offset >= at + length) {
        at += NetlinkLayout.align(length);
        continue;
      }
      path.add(type & NetlinkLayout.ATTRIBUTE_TYPE_MASK);
      if (at == offset) {
        return path;
      }
      boolean nest = (type & NetlinkLayout.ATTRIBUTE_NESTED) != 0;
      end = nest ? at + length : at;
      at += NetlinkLayout.ATTRIBUTE_HEADER;
    }
    return List.of();
  }

  /**
   * The request, ready to be sent. Nothing is appended after that; it may be finished again under
   * another number.
   *
   * @param sequence its number
   * @return the buffer itself, from the first octet to the last, until this builder is closed
   */
  public ByteBuffer finish(int sequence) {
    if (!finished) {
      finished = true;
      buffer.flip();
      buffer.putInt(NetlinkLayout.LENGTH, buffer.limit());
    }
    return buffer.putInt(NetlinkLayout.SEQUENCE, sequence);
  }

  /** Fills the buffer with zeros. Repeating it does no harm. */
  @Override
  public void close() {
    ByteBuffer used = buffer;
    buffer = CLOSED;
    recycle(used.clear());
  }

  private static void recycle(ByteBuffer buffer) {
    for (int at = 0; at < buffer.capacity(); at++) {
      buffer.put(at, (byte) 0);
    }
    RequestBuffers.giveBack(buffer);
  }

  private ByteBuffer start(int type, int length) {
    int size = NetlinkLayout.ATTRIBUTE_HEADER + length;
    requireLength(type, size);
    return room(NetlinkLayout.align(size)).putShort((short) size).putShort((short) type);
  }

  private static void requireLength(int type, int size) {
    if (size > MAX_ATTRIBUTE) {
      throw new IllegalArgumentException(
          "attribute " + (type & NetlinkLayout.ATTRIBUTE_TYPE_MASK) + " is longer than 65535");
    }
  }

  private MessageBuilder pad() {
    while (buffer.position() % NetlinkLayout.ATTRIBUTE_HEADER != 0) {
      buffer.put((byte) 0);
    }
    return this;
  }

  private void requireOpen() {
    if (finished || buffer.capacity() == 0) {
      throw new IllegalStateException("the request is finished");
    }
  }

  private ByteBuffer room(int length) {
    requireOpen();
    if (buffer.remaining() < length) {
      ByteBuffer larger =
          Sockets.buffer(Math.max(2 * buffer.capacity(), buffer.position() + length));
      buffer.flip();
      larger.put(buffer);
      recycle(buffer.clear());
      buffer = larger;
    }
    return buffer;
  }
}
