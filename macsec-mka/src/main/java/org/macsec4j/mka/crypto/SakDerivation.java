package org.macsec4j.mka.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.macsec4j.Salt;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;

/** How a key server makes a SAK, and how all members make its salt (IEEE 802.1X 9.8, 9.8.1). */
public final class SakDerivation {
  private static final String LABEL = "IEEE8021 SAK";

  private SakDerivation() {}

  /**
   * Derives a SAK from the CAK (802.1X 9.8.1): KDF(CAK, "IEEE8021 SAK", nonce | member identifiers
   * | key number). Only the key server can, as only it knows the nonce.
   *
   * @param crypto what computes
   * @param cak the key of the CA
   * @param nonce fresh random octets of the key server, as many as the SAK shall have; a repeated
   *     nonce repeats the key
   * @param members the member identifiers of all that the key is for, the key server's own among
   *     them
   * @param keyNumber the key number, 0..2^32 - 1
   * @param length octets of the SAK: 16 or 32
   * @return the key, for the caller to zero
   * @throws IllegalArgumentException when the length is another, the nonce has not that length, or
   *     the key number is out of range
   * @throws IllegalStateException when the CAK was destroyed
   */
  public static byte[] derive(
      MkaCrypto crypto,
      Cak cak,
      byte[] nonce,
      List<MemberIdentifier> members,
      long keyNumber,
      int length) {
    if (length != 16 && length != 32) {
      throw new IllegalArgumentException("a SAK has 16 or 32 octets, not " + length);
    }
    if (nonce.length != length) {
      throw new IllegalArgumentException(
          "the nonce has as many octets as the SAK, " + length + ", not " + nonce.length);
    }
    if (keyNumber >>> Integer.SIZE != 0) {
      throw new IllegalArgumentException("a key number is 0..4294967295, not " + keyNumber);
    }
    int membersLength = members.size() * MemberIdentifier.LENGTH;
    byte[] context = Arrays.copyOf(nonce, length + membersLength + Integer.BYTES);
    int at = length;
    for (MemberIdentifier member : members) {
      member.writeTo(context, at);
      at += MemberIdentifier.LENGTH;
    }
    ByteBuffer.wrap(context).putInt(at, (int) keyNumber);
    byte[] key = cak.toByteArray();
    try {
      return crypto.kdf(key, LABEL, context, length);
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(context, (byte) 0);
    }
  }

  /**
   * The salt of a SAK for an XPN suite (802.1AE 10.7.14, 802.1X 9.8): the key server's member
   * identifier, the first two octets of which take in the low half of the key number by exclusive
   * or, the next two the high half.
   *
   * @param key the key identifier
   * @return the salt
   */
  public static Salt xpnSalt(MkaKeyIdentifier key) {
    byte[] octets = key.keyServer().toByteArray();
    long number = key.keyNumber();
    octets[0] ^= (byte) (number >>> 8);
    octets[1] ^= (byte) number;
    octets[2] ^= (byte) (number >>> 24);
    octets[3] ^= (byte) (number >>> 16);
    return Salt.of(octets);
  }
}
