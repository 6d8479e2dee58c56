package org.macsec4j.testkit.dataplane;

/**
 * AES-GCM over arrays, under one key. The additional data, the text and the ICV of a frame lie one
 * after the other, which is all that MACsec needs.
 */
interface Aead {
  /**
   * Encrypts, and writes the ICV behind.
   *
   * @param nonce 12 octets, never used before under this key
   * @param in where the clear text is
   * @param inOffset where it begins
   * @param textLength octets to encrypt
   * @param out another array, which holds the additional data; the text goes behind it
   * @param aad where the additional data begins
   * @param aadLength octets of additional data
   */
  void seal(
      byte[] nonce, byte[] in, int inOffset, int textLength, byte[] out, int aad, int aadLength);

  /**
   * Verifies and decrypts.
   *
   * @param nonce 12 octets
   * @param in where additional data, text and ICV are
   * @param aad where the additional data begins; the text follows it
   * @param aadLength octets of additional data
   * @param textLength octets to decrypt, without the ICV behind them
   * @param out another array, with room for text and ICV
   * @param outOffset where the clear text goes
   * @return whether the ICV is right; otherwise the octets written mean nothing
   */
  boolean open(
      byte[] nonce, byte[] in, int aad, int aadLength, int textLength, byte[] out, int outOffset);

  /** Zeroes the key. */
  void destroy();
}
