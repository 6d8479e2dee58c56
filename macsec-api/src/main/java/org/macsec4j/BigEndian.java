package org.macsec4j;

/** Network byte order, once: the first octet is the most significant. */
final class BigEndian {
  private BigEndian() {}

  static long read(byte[] octets, int offset, int length) {
    java.util.Objects.checkFromIndexSize(offset, length, octets.length);
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = (value << 8) | (octets[offset + i] & 0xFF);
    }
    return value;
  }

  static void write(long value, byte[] target, int offset, int length) {
    java.util.Objects.checkFromIndexSize(offset, length, target.length);
    for (int i = 0; i < length; i++) {
      target[offset + i] = (byte) (value >>> (8 * (length - 1 - i)));
    }
  }
}
