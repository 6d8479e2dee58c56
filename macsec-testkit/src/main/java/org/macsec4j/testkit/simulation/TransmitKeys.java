package org.macsec4j.testkit.simulation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyResult;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;

/**
 * Under which key each transmit SA of a SecY sends, learned from the commands that the SecY carried
 * out, and so independent of what the SecY itself remembers.
 */
final class TransmitKeys {
  /**
   * A key as it is used for sending.
   *
   * @param fingerprint a digest of the octets; two keys that are called the same differ here
   * @param identifier what it is called
   * @param ssci which part of the nonce is the sender's with an XPN suite
   */
  record Key(String fingerprint, KeyIdentifier identifier, Optional<Ssci> ssci) {}

  private final @Nullable Key[] keys = new Key[AssociationNumber.values().length];

  void answered(SecyCommand command, SecyResult result) {
    if (!(result instanceof SecyResult.Done)) {
      return;
    }
    if (command instanceof SecyCommand.InstallTransmitSa install) {
      TransmitSa sa = install.sa();
      keys[sa.an().value()] = new Key(fingerprint(sa.key()), sa.key().identifier(), sa.ssci());
    } else if (command instanceof SecyCommand.DeleteTransmitSa delete) {
      keys[delete.an().value()] = null;
    }
  }

  @Nullable Key of(AssociationNumber an) {
    return keys[an.value()];
  }

  private static String fingerprint(SecureAssociationKey key) {
    byte[] octets = key.toByteArray();
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }
}
