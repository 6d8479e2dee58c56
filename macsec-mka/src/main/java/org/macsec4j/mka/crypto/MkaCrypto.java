package org.macsec4j.mka.crypto;

import java.util.Optional;

/**
 * The three things that MKA computes, all on AES: CMAC, the KDF made of it, and key wrap. Keys go
 * in as octets that the caller zeroes; results that are keys come out as arrays that the caller
 * zeroes.
 *
 * <p>Implementations hold no state and serve any number of threads; a {@link Cmac} serves one.
 */
public interface MkaCrypto {
  /**
   * The implementation by Bouncy Castle's low-level API: no JCA provider is registered or looked
   * up.
   *
   * @return the implementation
   */
  static MkaCrypto bouncyCastle() {
    return BouncyCastleMkaCrypto.INSTANCE;
  }

  /**
   * AES-CMAC under a key.
   *
   * @param key 16, 24 or 32 octets; copied
   * @return a CMAC to be destroyed after use
   * @throws IllegalArgumentException for another length
   */
  Cmac cmac(byte[] key);

  /**
   * The key derivation function of IEEE 802.1X 6.2.1: NIST SP 800-108 in counter mode with
   * AES-CMAC. Each block's input is a counter of one octet from 1, the label, a zero octet, the
   * context, and the length of the result in bits as two octets.
   *
   * @param key 16 or 32 octets; its length chooses AES-CMAC-128 or -256
   * @param label an ASCII label
   * @param context the context
   * @param length octets of the result, 1 to 255 times 16
   * @return the derived octets
   * @throws IllegalArgumentException for another key length or length
   */
  byte[] kdf(byte[] key, String label, byte[] context, int length);

  /**
   * AES key wrap (RFC 3394 2.2.1) with the default initial value.
   *
   * @param kek 16, 24 or 32 octets
   * @param key a multiple of 8 octets, at least 16
   * @return the wrapped key, 8 octets longer
   * @throws IllegalArgumentException for other lengths
   */
  byte[] wrap(byte[] kek, byte[] key);

  /**
   * AES key unwrap (RFC 3394 2.2.2) with the default initial value. What was wrapped came from a
   * peer, so a failure is a value and not an exception.
   *
   * @param kek 16, 24 or 32 octets
   * @param wrapped the wrapped key, of any length
   * @return the key; empty when its integrity does not hold or the length is none of a wrapped key
   * @throws IllegalArgumentException for another length of the KEK
   */
  Optional<byte[]> unwrap(byte[] kek, byte[] wrapped);
}
