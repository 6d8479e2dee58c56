package org.macsec4j.mka.crypto;

import javax.security.auth.Destroyable;

/**
 * AES-CMAC (NIST SP 800-38B) under one key, its key schedule computed once. For one thread at a
 * time.
 */
public interface Cmac extends Destroyable {
  /** Octets of a MAC. */
  int LENGTH = 16;

  /**
   * Computes a MAC.
   *
   * @param octets an array that holds the message
   * @param offset where the message begins
   * @param length its length in octets
   * @param target where the MAC goes; may be {@code octets}
   * @param targetOffset where in it
   * @throws IndexOutOfBoundsException when message or MAC do not lie within their arrays
   * @throws IllegalStateException when the key was destroyed
   */
  void compute(byte[] octets, int offset, int length, byte[] target, int targetOffset);

  /** Forgets the key. Repeating it does no harm. */
  @Override
  void destroy();
}
