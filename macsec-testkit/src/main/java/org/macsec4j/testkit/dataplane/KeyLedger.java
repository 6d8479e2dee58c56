package org.macsec4j.testkit.dataplane;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.macsec4j.SecureAssociationKey;

/**
 * Remembers up to which packet number each key was used, for as long as the SecY lives, so that no
 * number is used twice under one key: GCM would give up its authentication key.
 *
 * <p>A key is known again by a digest of its octets, not by its identifier, which anybody may
 * choose. The association number is no part of the nonce, so one ledger serves all SAs.
 */
final class KeyLedger {
  private final Map<ByteBuffer, Long> nextPns = new HashMap<>();

  /** A digest of the key, by which the ledger knows it. */
  static ByteBuffer fingerprint(SecureAssociationKey key) {
    byte[] octets = key.toByteArray();
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(octets))
          .asReadOnlyBuffer();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** The lowest number that was not used under the key, at least 1; 0 when none is left. */
  long nextPn(ByteBuffer fingerprint) {
    return nextPns.getOrDefault(fingerprint, 1L);
  }

  void used(ByteBuffer fingerprint, long nextPn) {
    nextPns.put(fingerprint, nextPn);
  }
}
