package org.macsec4j;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The Key Identifier of a SAK (IEEE 802.1X 9.8): 128 bits. MKA's are the key server's member
 * identifier and key number; a static key's are what its owner chose.
 */
public final class KeyIdentifier extends Octets {
  /** Octets of a key identifier. */
  public static final int LENGTH = 16;

  private KeyIdentifier(byte[] octets) {
    super(octets, LENGTH, "a key identifier");
  }

  /**
   * A key identifier of sixteen octets.
   *
   * @param octets the identifier; copied
   * @return the identifier
   * @throws IllegalArgumentException when the length is not 16
   */
  public static KeyIdentifier of(byte[] octets) {
    return new KeyIdentifier(octets);
  }

  /**
   * An identifier of 2 to 32 hexadecimal digits, filled with zero octets at the end as {@code ip
   * macsec} fills it.
   *
   * @param hex the digits, an even number of them
   * @return the identifier
   * @throws IllegalArgumentException when the text is empty, too long, odd or not hexadecimal
   */
  public static KeyIdentifier parse(String hex) {
    byte[] octets = HexFormat.of().parseHex(hex);
    if (octets.length == 0 || octets.length > LENGTH) {
      throw new IllegalArgumentException(
          "a key identifier has 2 to 32 hexadecimal digits, not " + hex.length());
    }
    return new KeyIdentifier(Arrays.copyOf(octets, LENGTH));
  }
}
