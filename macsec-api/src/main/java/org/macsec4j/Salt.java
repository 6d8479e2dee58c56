package org.macsec4j;

import java.util.HexFormat;

/** The 96-bit salt of the XPN suites (IEEE 802.1AE 10.7.14). Not a secret; bound to a key. */
public final class Salt extends Octets {
  /** Octets of a salt. */
  public static final int LENGTH = 12;

  private Salt(byte[] octets) {
    super(octets, LENGTH, "a salt");
  }

  /**
   * A salt of twelve octets.
   *
   * @param octets the salt; copied
   * @return the salt
   * @throws IllegalArgumentException when the length is not 12
   */
  public static Salt of(byte[] octets) {
    return new Salt(octets);
  }

  /**
   * A salt of 24 hexadecimal digits.
   *
   * @param hex the digits
   * @return the salt
   * @throws IllegalArgumentException when there are not 24 hexadecimal digits
   */
  public static Salt parse(String hex) {
    return new Salt(HexFormat.of().parseHex(hex));
  }
}
