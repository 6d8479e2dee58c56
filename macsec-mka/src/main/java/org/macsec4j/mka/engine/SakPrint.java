package org.macsec4j.mka.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.macsec4j.mka.wire.OctetString;

/** By what a SAK is known again when it is gone itself, under whatever name it comes. */
final class SakPrint {
  private static final int LENGTH = 16;

  private SakPrint() {}

  /** Half of a digest, which tells nothing of a random key. */
  static OctetString of(byte[] sak) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(sak);
      return OctetString.of(Arrays.copyOf(digest, LENGTH));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
