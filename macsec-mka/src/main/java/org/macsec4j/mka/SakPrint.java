package org.macsec4j.mka;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * By what a SAK is known again when it is gone itself, under whatever name it comes: half of a
 * digest, which tells nothing of a random key.
 *
 * @param high the first eight octets of the digest
 * @param low the next eight
 */
public record SakPrint(long high, long low) {
  /**
   * The print of a key.
   *
   * @param sak its octets; not kept, not changed
   * @return its print
   */
  public static SakPrint of(byte[] sak) {
    try {
      ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(sak));
      return new SakPrint(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
