package org.macsec4j;

/**
 * A Short Secure Channel Identifier (IEEE 802.1AE 10.7.13): stands for the SCI in the nonce of the
 * XPN suites. MKA numbers the members of a CA from 1, the greatest SCI first.
 *
 * @param value the 32 bits, read as unsigned; never 0
 */
public record Ssci(int value) {
  /** Octets of an SSCI. */
  public static final int LENGTH = 4;

  /**
   * Checks that the value is not 0.
   *
   * @param value the 32 bits, read as unsigned
   */
  public Ssci {
    if (value == 0) {
      throw new IllegalArgumentException("an SSCI is 1..4294967295, not 0");
    }
  }

  /**
   * The SSCI of a value.
   *
   * @param value 1..2^32 - 1, read as unsigned
   * @return the SSCI
   */
  public static Ssci of(int value) {
    return new Ssci(value);
  }

  /** The number, decimal and unsigned. */
  @Override
  public String toString() {
    return Integer.toUnsignedString(value);
  }
}
