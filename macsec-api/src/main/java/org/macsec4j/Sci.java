package org.macsec4j;

import java.util.HexFormat;

/**
 * A Secure Channel Identifier (IEEE 802.1AE 7.1.2): a MAC address and a port number, eight octets.
 *
 * <p>This is the one place that orders the eight octets: the address first, then the port, most
 * significant octet first, on the wire and as a number. Kernels and tools print the SCI in either
 * byte order; whoever talks to them converts at their own edge.
 *
 * @param address the MAC address of the port that transmits
 * @param port the port number, 0..65535; 1..65534 for a SecY that is configured, 0 is the SCI of a
 *     single copy broadcast in an EPON, 65535 is reserved
 */
public record Sci(MacAddress address, int port) implements Comparable<Sci> {
  /** Octets of an SCI. */
  public static final int LENGTH = 8;

  /** The port number that an end station's SCI has when it is left out of the SecTAG. */
  public static final int END_STATION_PORT = 1;

  private static final int MAX_PORT = 0xFFFF;
  private static final int HEX_DIGITS = 2 * LENGTH;

  /**
   * Checks the port's range.
   *
   * @param address the MAC address of the port that transmits
   * @param port the port number, 0..65535
   */
  public Sci {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port of an SCI is 0..65535, not " + port);
    }
  }

  /**
   * Reads {@code 02:00:00:00:0a:01/1} (the port decimal) or sixteen hexadecimal digits.
   *
   * @param text either form
   * @return the SCI
   * @throws IllegalArgumentException when the text is neither form
   */
  public static Sci parse(String text) {
    int slash = text.indexOf('/');
    try {
      if (slash >= 0) {
        return new Sci(
            MacAddress.parse(text.substring(0, slash)),
            Integer.parseInt(text.substring(slash + 1)));
      }
      if (text.length() == HEX_DIGITS) {
        return of(HexFormat.of().parseHex(text), 0);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(malformed(text), e);
    }
    throw new IllegalArgumentException(malformed(text));
  }

  private static String malformed(String text) {
    return "not an SCI (want 02:00:00:00:0a:01/1 or 16 hex digits): \"" + text + "\"";
  }

  /**
   * Reads the eight octets of a frame.
   *
   * @param octets the frame
   * @param offset where the SCI begins
   * @return the SCI
   * @throws IndexOutOfBoundsException when fewer than eight octets remain
   */
  public static Sci of(byte[] octets, int offset) {
    return ofLong(BigEndian.read(octets, offset, LENGTH));
  }

  /**
   * The SCI of a number as {@link #toLong()} gives it.
   *
   * @param value address in the upper 48 bits, port in the lower 16
   * @return the SCI
   */
  public static Sci ofLong(long value) {
    return new Sci(new MacAddress(value >>> 16), (int) (value & MAX_PORT));
  }

  /**
   * The SCI as an unsigned 64-bit number: the address in the upper 48 bits.
   *
   * @return the number
   */
  public long toLong() {
    return (address.value() << 16) | port;
  }

  /**
   * Writes the eight octets into a frame.
   *
   * @param target the frame
   * @param offset where the SCI begins
   */
  public void writeTo(byte[] target, int offset) {
    BigEndian.write(toLong(), target, offset, LENGTH);
  }

  /**
   * The eight octets.
   *
   * @return a new array
   */
  public byte[] toByteArray() {
    byte[] octets = new byte[LENGTH];
    writeTo(octets, 0);
    return octets;
  }

  /**
   * Sixteen hexadecimal digits, always.
   *
   * @return for instance {@code 020000000a010001}
   */
  public String toHex() {
    return HexFormat.of().toHexDigits(toLong());
  }

  /** Ordered as unsigned numbers, as the election (802.1X 9.5) and the SSCI (802.1X 9.10) are. */
  @Override
  public int compareTo(Sci other) {
    return Long.compareUnsigned(toLong(), other.toLong());
  }

  /** The form {@code 02:00:00:00:0a:01/1}. */
  @Override
  public String toString() {
    return address + "/" + port;
  }
}
