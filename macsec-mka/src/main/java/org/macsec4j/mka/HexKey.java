package org.macsec4j.mka;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hexadecimal digits of a secret, read without a {@link String} of them and without an error that
 * repeats one: whoever sees the message or a heap dump learns nothing.
 */
final class HexKey {
  private HexKey() {}

  /**
   * Reads digits, white space before and after them allowed.
   *
   * @param text ASCII; not changed
   * @return the octets, or null when something is no digit or the digits are odd in number
   */
  static byte @Nullable [] parse(byte[] text) {
    int from = 0;
    int to = text.length;
    while (from < to && isSpace(text[from])) {
      from++;
    }
    while (to > from && isSpace(text[to - 1])) {
      to--;
    }
    if ((to - from) % 2 != 0) {
      return null;
    }
    byte[] octets = new byte[(to - from) / 2];
    for (int i = 0; i < octets.length; i++) {
      int high = Character.digit(text[from + 2 * i], 16);
      int low = Character.digit(text[from + 2 * i + 1], 16);
      if (high < 0 || low < 0) {
        Arrays.fill(octets, (byte) 0);
        return null;
      }
      octets[i] = (byte) (high << 4 | low);
    }
    return octets;
  }

  private static boolean isSpace(byte octet) {
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
  }
}
