package org.macsec4j.it.kernel;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.macsec4j.CipherSuite;
import org.macsec4j.SecureAssociationKey;

/**
 * Finds out under which key and packet number each frame on the wire was protected, by opening it,
 * and whether a pair of both was there before.
 *
 * <pre>
 *  0             6             12      14       15   16              20          28
 * +-------------+-------------+-------+--------+----+---------------+-----------+----- - - ---+-----+
 * | destination | source      | 88-E5 | TCI,AN | SL | packet number | SCI       | encrypted   | ICV |
 * +-------------+-------------+-------+--------+----+---------------+-----------+----- - - ---+-----+
 * </pre>
 */
final class WireNonces {
  private static final int PN_AT = 16;
  private static final int SCI_AT = 20;
  private static final int DATA_AT = 28;
  private static final int ICV_BITS = 128;
  private static final int NONCE = 12;
  private static final int SCI_PRESENT = 0x20;
  private static final int TCI_AT = 14;

  /** The halves of packet numbers that are not sent, those that the tests use. */
  private static final long[] UPPER_HALVES = {0, 1, 0xFFFF_FFFFL};

  private final CipherSuite suite;
  private final Set<String> seen = new HashSet<>();
  private String repeated = "";
  private int frames;
  private long last;

  WireNonces(CipherSuite suite) {
    this.suite = suite;
  }

  /** The first pair that was there twice; empty when none was. */
  String repeated() {
    return repeated;
  }

  int frames() {
    return frames;
  }

  /** The packet number of the last frame, an unsigned number. */
  long lastPn() {
    return last;
  }

  /** A key that may have been used, and the SSCI in its nonces. */
  record Candidate(SecureAssociationKey key, int ssci) {}

  void see(byte[] frame, List<Candidate> candidates) {
    if (frame.length < DATA_AT || (frame[TCI_AT] & SCI_PRESENT) == 0) {
      throw new IllegalArgumentException("a frame without an SCI");
    }
    for (Candidate candidate : candidates) {
      for (long upper : suite.isXpn() ? UPPER_HALVES : new long[] {0}) {
        long pn = upper << 32 | Integer.toUnsignedLong(ByteBuffer.wrap(frame).getInt(PN_AT));
        byte[] nonce = nonce(frame, candidate, pn);
        if (opens(frame, candidate.key.toByteArray(), nonce)) {
          note(candidate.key.identifier() + "/" + HexFormat.of().formatHex(nonce), pn);
          return;
        }
      }
    }
    throw new IllegalArgumentException("a frame that no key opens");
  }

  private void note(String pair, long pn) {
    frames++;
    last = pn;
    if (!seen.add(pair) && repeated.isEmpty()) {
      repeated = pair;
    }
  }

  private byte[] nonce(byte[] frame, Candidate candidate, long pn) {
    ByteBuffer nonce = ByteBuffer.allocate(NONCE);
    if (!suite.isXpn()) {
      return nonce.put(frame, SCI_AT, Long.BYTES).putInt((int) pn).array();
    }
    nonce.putInt(candidate.ssci).putLong(pn);
    byte[] salt = candidate.key.salt().orElseThrow().toByteArray();
    for (int at = 0; at < NONCE; at++) {
      nonce.put(at, (byte) (nonce.get(at) ^ salt[at]));
    }
    return nonce.array();
  }

  private static boolean opens(byte[] frame, byte[] key, byte[] nonce) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(ICV_BITS, nonce));
      cipher.updateAAD(frame, 0, DATA_AT);
      cipher.doFinal(frame, DATA_AT, frame.length - DATA_AT);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
