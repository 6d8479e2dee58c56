package org.macsec4j.mka.wire;

/** Checks of what a caller puts into a value, so that every value that exists can be emitted. */
final class Ranges {
  static final long MAX_U32 = 0xFFFF_FFFFL;

  private Ranges() {}

  static void check(String what, long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(what + " is 0.." + max + ", not " + value);
    }
  }

  /**
   * Of the twelve bits in the head of a set, only those that the standard reserves may be given.
   */
  static void checkReserved(int reserved, int allowed) {
    if ((reserved & ~allowed) != 0) {
      throw new IllegalArgumentException(
          String.format("reserved bits lie within 0x%03x: 0x%03x", allowed, reserved));
    }
  }
}
