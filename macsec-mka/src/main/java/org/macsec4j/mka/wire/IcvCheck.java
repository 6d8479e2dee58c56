package org.macsec4j.mka.wire;

/** Verifies the ICV of a received MKPDU (IEEE 802.1X 9.4.1); the decoder knows no key. */
@FunctionalInterface
public interface IcvCheck {
  /**
   * Compares, in constant time, the ICV that follows the covered octets with the computed one.
   *
   * @param octets an array that holds the frame
   * @param offset where the frame begins
   * @param length how many octets the ICV covers; its own sixteen follow them
   * @return true when they are equal
   */
  boolean matches(byte[] octets, int offset, int length);
}
