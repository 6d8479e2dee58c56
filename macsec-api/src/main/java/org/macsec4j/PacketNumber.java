package org.macsec4j;

/**
 * A packet number (IEEE 802.1AE 8.3), 32 bits or, with extended packet numbering, 64 bits;
 * unsigned.
 *
 * @param value the number; read it as unsigned
 */
public record PacketNumber(long value) implements Comparable<PacketNumber> {
  /** The first number that a fresh key uses. Zero is never sent. */
  public static final PacketNumber FIRST = new PacketNumber(1);

  /** The greatest number of a suite without extended packet numbering: 2^32 - 1. */
  public static final PacketNumber MAX_32 = new PacketNumber(0xFFFF_FFFFL);

  /** The greatest number of a suite with extended packet numbering: 2^64 - 1. */
  public static final PacketNumber MAX_64 = new PacketNumber(-1L);

  /**
   * A packet number.
   *
   * @param value the number, read as unsigned
   * @return the packet number
   */
  public static PacketNumber of(long value) {
    return new PacketNumber(value);
  }

  /**
   * Whether this number is at least another.
   *
   * @param other the other
   * @return true when this is greater or equal, unsigned
   */
  public boolean isAtLeast(PacketNumber other) {
    return compareTo(other) >= 0;
  }

  /**
   * Whether the number fits 32 bits.
   *
   * @return true up to 2^32 - 1
   */
  public boolean fits32() {
    return value >>> 32 == 0;
  }

  @Override
  public int compareTo(PacketNumber other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** The number, decimal and unsigned. */
  @Override
  public String toString() {
    return Long.toUnsignedString(value);
  }
}
