package org.macsec4j;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable run of octets of a fixed length that is no secret; the base of two small values. */
abstract class Octets {
  private final byte[] octets;

  Octets(byte[] octets, int wanted, String what) {
    if (octets.length != wanted) {
      throw new IllegalArgumentException(what + " has " + wanted + " octets, not " + octets.length);
    }
    this.octets = octets.clone();
  }

  /**
   * The octets.
   *
   * @return a new array
   */
  public final byte[] toByteArray() {
    return octets.clone();
  }

  @Override
  @SuppressWarnings("EqualsGetClass") // a salt is no key identifier, whatever its octets
  public final boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other != null
        && other.getClass() == getClass()
        && Arrays.equals(octets, ((Octets) other).octets);
  }

  @Override
  public final int hashCode() {
    return Arrays.hashCode(octets);
  }

  /** Hexadecimal digits. */
  @Override
  public final String toString() {
    return HexFormat.of().formatHex(octets);
  }
}
