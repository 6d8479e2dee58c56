package org.macsec4j;

import java.util.HexFormat;

/**
 * A 48-bit MAC address (EUI-48), ordered as an unsigned number, first octet first.
 *
 * @param value the six octets in the low 48 bits, first octet highest
 */
public record MacAddress(long value) implements Comparable<MacAddress> {
  /** Octets of a MAC address. */
  public static final int LENGTH = 6;

  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");
  private static final HexFormat PLAIN = HexFormat.of();
  private static final long GROUP_BIT = 0x0100_0000_0000L;

  /**
   * Checks that nothing is set above the low 48 bits.
   *
   * @param value the six octets in the low 48 bits, first octet highest
   */
  public MacAddress {
    if ((value & ~0xFFFF_FFFF_FFFFL) != 0) {
      throw new IllegalArgumentException("a MAC address has 48 bits: " + Long.toHexString(value));
    }
  }

  /**
   * Reads an address in the form {@code 02:00:00:00:0a:01} (colons or hyphens) or twelve
   * hexadecimal digits.
   *
   * @param text the address
   * @return the address
   * @throws IllegalArgumentException when the text is neither form
   */
  public static MacAddress parse(String text) {
    String digits = text.indexOf('-') >= 0 ? text.replace('-', ':') : text;
    try {
      byte[] octets = digits.indexOf(':') >= 0 ? COLONS.parseHex(digits) : PLAIN.parseHex(digits);
      if (octets.length == LENGTH) {
        return of(octets, 0);
      }
    } catch (IllegalArgumentException e) {
      throw malformed(text, e);
    }
    throw malformed(text, null);
  }

  private static IllegalArgumentException malformed(
      String text, @org.jspecify.annotations.Nullable Throwable cause) {
    return new IllegalArgumentException(
        "not a MAC address (want 02:00:00:00:0a:01): \"" + text + "\"", cause);
  }

  /**
   * Reads six octets of a frame.
   *
   * @param octets the frame
   * @param offset where the address begins
   * @return the address
   * @throws IndexOutOfBoundsException when fewer than six octets remain
   */
  public static MacAddress of(byte[] octets, int offset) {
    return new MacAddress(BigEndian.read(octets, offset, LENGTH));
  }

  /**
   * Writes the six octets into a frame.
   *
   * @param target the frame
   * @param offset where the address begins
   */
  public void writeTo(byte[] target, int offset) {
    BigEndian.write(value, target, offset, LENGTH);
  }

  /**
   * The six octets.
   *
   * @return a new array
   */
  public byte[] toByteArray() {
    byte[] octets = new byte[LENGTH];
    writeTo(octets, 0);
    return octets;
  }

  /**
   * Whether this is a group (multicast or broadcast) address: the lowest bit of the first octet.
   *
   * @return true for a group address
   */
  public boolean isGroup() {
    return (value & GROUP_BIT) != 0;
  }

  @Override
  public int compareTo(MacAddress other) {
    return Long.compare(value, other.value);
  }

  /** The form {@code 02:00:00:00:0a:01}. */
  @Override
  public String toString() {
    return COLONS.formatHex(toByteArray());
  }
}
