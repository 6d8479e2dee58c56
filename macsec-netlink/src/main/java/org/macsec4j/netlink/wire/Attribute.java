package org.macsec4j.netlink.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a message: its number and its octets, whatever they mean. It says nothing wrong
 * about an attribute it does not know; only who asks for a value of a kind is told when the octets
 * are not of that kind.
 */
public final class Attribute {
  private static final VarHandle U16 = view(short[].class, ByteOrder.nativeOrder());
  private static final VarHandle U32 = view(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle U64 = view(long[].class, ByteOrder.nativeOrder());
  private static final VarHandle U32_BIG_ENDIAN = view(int[].class, ByteOrder.BIG_ENDIAN);

  private final int type;
  private final byte[] octets;
  private final int offset;
  private final int length;

  /** The octets are shared with the message and never written. */
  Attribute(int type, byte[] octets, int offset, int length) {
    this.type = type;
    this.octets = octets;
    this.offset = offset;
    this.length = length;
  }

  private static VarHandle view(Class<?> array, ByteOrder order) {
    return MethodHandles.byteArrayViewVarHandle(array, order);
  }

  /**
   * The number, without the two bits beside it.
   *
   * @return 0..16383
   */
  public int type() {
    return type;
  }

  /**
   * The length of the value.
   *
   * @return octets, without header and padding
   */
  public int length() {
    return length;
  }

  /**
   * The value as it is.
   *
   * @return a new array
   */
  public byte[] bytes() {
    return Arrays.copyOfRange(octets, offset, offset + length);
  }

  /**
   * An unsigned octet.
   *
   * @return 0..255
   */
  public int u8() {
    return octets[at(1)] & 0xFF;
  }

  /**
   * An unsigned 16-bit number in the byte order of the machine.
   *
   * @return 0..65535
   */
  public int u16() {
    return (short) U16.get(octets, at(Short.BYTES)) & 0xFFFF;
  }

  /**
   * A 32-bit number in the byte order of the machine.
   *
   * @return its bits
   */
  public int u32() {
    return (int) U32.get(octets, at(Integer.BYTES));
  }

  /**
   * A 32-bit number in network byte order.
   *
   * @return its bits
   */
  public int u32BigEndian() {
    return (int) U32_BIG_ENDIAN.get(octets, at(Integer.BYTES));
  }

  /**
   * A 64-bit number in the byte order of the machine.
   *
   * @return its bits
   */
  public long u64() {
    return (long) U64.get(octets, at(Long.BYTES));
  }

  /**
   * An unsigned number of one, two, four or eight octets in the byte order of the machine, as a
   * kernel may give the same thing in several widths.
   *
   * @return its bits
   */
  public long unsigned() {
    return switch (length) {
      case 1 -> u8();
      case Short.BYTES -> u16();
      case Integer.BYTES -> Integer.toUnsignedLong(u32());
      default -> u64();
    };
  }

  /**
   * A text up to the first zero octet, or all of it.
   *
   * @return the text
   */
  public String string() {
    int end = offset;
    while (end < offset + length && octets[end] != 0) {
      end++;
    }
    return new String(octets, offset, end - offset, StandardCharsets.UTF_8);
  }

  /**
   * The attributes that the value is made of.
   *
   * @return the attributes
   * @throws MalformedMessageException when it is not made of attributes
   */
  public Attributes nested() {
    return Attributes.parse(octets, offset, length);
  }

  private int at(int wanted) {
    if (length != wanted) {
      throw new MalformedMessageException(
          "attribute " + type + " has " + length + " octets instead of " + wanted);
    }
    return offset;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Attribute attribute
        && type == attribute.type
        && Arrays.equals(
            octets,
            offset,
            offset + length,
            attribute.octets,
            attribute.offset,
            attribute.offset + attribute.length);
  }

  @Override
  public int hashCode() {
    return 31 * type + Arrays.hashCode(bytes());
  }

  /** Number and length; not the value, which can be a key in a request that is read again. */
  @Override
  public String toString() {
    return "attribute " + type + " (" + length + " octets)";
  }
}
