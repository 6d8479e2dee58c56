package org.macsec4j;

/**
 * How much of the user data is encrypted (IEEE 802.1AE 10.7.25, coded as in 802.1X table 11-7).
 *
 * <p>The offset is the number of leading octets of user data that stay readable, so that a load
 * balancer can see an IP header. All octets are authenticated in every case.
 */
public enum ConfidentialityOffset {
  /** Integrity only: no octet is encrypted. */
  NO_CONFIDENTIALITY(0, 0),
  /** All user data is encrypted. */
  OFFSET_0(1, 0),
  /** All but the first 30 octets are encrypted; not with extended packet numbering. */
  OFFSET_30(2, 30),
  /** All but the first 50 octets are encrypted; not with extended packet numbering. */
  OFFSET_50(3, 50);

  private static final ConfidentialityOffset[] VALUES = values();

  private final int code;
  private final int octets;

  ConfidentialityOffset(int code, int octets) {
    this.code = code;
    this.octets = octets;
  }

  /**
   * The value of a code in a Distributed SAK parameter set.
   *
   * @param code 0..3
   * @return the offset
   * @throws IllegalArgumentException outside of 0..3
   */
  public static ConfidentialityOffset ofCode(int code) {
    if (code < 0 || code >= VALUES.length) {
      throw new IllegalArgumentException("a confidentiality offset code is 0..3, not " + code);
    }
    return VALUES[code];
  }

  /**
   * The code in a Distributed SAK parameter set.
   *
   * @return 0 no confidentiality, 1 offset 0, 2 offset 30, 3 offset 50
   */
  public int code() {
    return code;
  }

  /**
   * The leading octets of user data that stay readable when frames are encrypted.
   *
   * @return 0, 30 or 50
   */
  public int octets() {
    return octets;
  }

  /**
   * Whether anything is encrypted.
   *
   * @return false for integrity only
   */
  public boolean isConfidential() {
    return this != NO_CONFIDENTIALITY;
  }
}
