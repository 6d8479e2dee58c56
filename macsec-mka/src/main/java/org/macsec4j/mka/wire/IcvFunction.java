package org.macsec4j.mka.wire;

/** Computes the ICV of an MKPDU (IEEE 802.1X 9.4.1), for the encoder, which knows no key. */
@FunctionalInterface
public interface IcvFunction {
  /**
   * Computes sixteen octets.
   *
   * @param octets an array that holds the frame
   * @param offset where the frame begins
   * @param length how many octets the ICV covers
   * @param target where the ICV goes; may be {@code octets}
   * @param targetOffset where in it
   */
  void compute(byte[] octets, int offset, int length, byte[] target, int targetOffset);
}
