package org.macsec4j.mka.crypto;

import java.util.Arrays;
import java.util.Objects;
import javax.security.auth.Destroyable;
import org.macsec4j.MacAddress;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;

/**
 * The pairwise CAK and its name that supplicant and authenticator derive after EAP (IEEE 802.1X
 * 6.2.2).
 *
 * <ul>
 *   <li>CAK = KDF(K, "IEEE8021 EAP CAK", lower MAC | higher MAC)
 *   <li>CKN = KDF(K, "IEEE8021 EAP CKN", EAP Session-Id | lower MAC | higher MAC)
 * </ul>
 *
 * <p>K is the first 16 octets of the MSK for a 128-bit CAK, the first 32 for a 256-bit one. The CKN
 * has 16 octets in either case. Implementations in the field derive 128-bit CAKs.
 */
public final class EapKeys implements Destroyable {
  private static final String CAK_LABEL = "IEEE8021 EAP CAK";
  private static final String CKN_LABEL = "IEEE8021 EAP CKN";
  private static final int CKN_LENGTH = 16;

  private final Cak cak;
  private final Ckn ckn;

  private EapKeys(Cak cak, Ckn ckn) {
    this.cak = cak;
    this.ckn = ckn;
  }

  /**
   * Derives CAK and CKN.
   *
   * @param crypto what computes
   * @param msk the master session key of EAP, at least as long as the CAK; RFC 3748 gives it 64
   *     octets or more. Not zeroed here
   * @param sessionId the EAP Session-Id (RFC 5247), with the method's type as its first octet
   * @param one the MAC address of either end
   * @param other the MAC address of the other; which is which does not matter
   * @param cakBits 128 or 256
   * @return CAK and CKN
   * @throws IllegalArgumentException when the MSK is too short, the Session-Id empty, both
   *     addresses are the same, or the CAK is to have another length; all that is wrong is named
   */
  public static EapKeys derive(
      MkaCrypto crypto,
      byte[] msk,
      byte[] sessionId,
      MacAddress one,
      MacAddress other,
      int cakBits) {
    check(msk, sessionId, one, other, cakBits);
    boolean inOrder = one.compareTo(other) < 0;
    MacAddress lower = inOrder ? one : other;
    MacAddress higher = inOrder ? other : one;
    byte[] context = Arrays.copyOf(sessionId, sessionId.length + 2 * MacAddress.LENGTH);
    lower.writeTo(context, sessionId.length);
    higher.writeTo(context, sessionId.length + MacAddress.LENGTH);
    byte[] addresses = Arrays.copyOfRange(context, sessionId.length, context.length);
    byte[] key = Arrays.copyOf(msk, cakBits / 8);
    byte[] cak = crypto.kdf(key, CAK_LABEL, addresses, cakBits / 8);
    try {
      return new EapKeys(Cak.of(cak), Ckn.of(crypto.kdf(key, CKN_LABEL, context, CKN_LENGTH)));
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(cak, (byte) 0);
    }
  }

  private static void check(
      byte[] msk, byte[] sessionId, MacAddress one, MacAddress other, int cakBits) {
    Objects.requireNonNull(one, "one");
    Objects.requireNonNull(other, "other");
    StringBuilder problems = new StringBuilder();
    if (cakBits != 128 && cakBits != 256) {
      problems.append("; a CAK has 128 or 256 bits, not ").append(cakBits);
    } else if (msk.length < cakBits / 8) {
      problems.append("; the MSK has at least ").append(cakBits / 8);
      problems.append(" octets, not ").append(msk.length);
    }
    if (sessionId.length == 0) {
      problems.append("; the EAP Session-Id is empty");
    }
    if (one.equals(other)) {
      problems.append("; both ends have the address ").append(one);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.substring(2));
    }
  }

  /**
   * The key.
   *
   * @return the CAK, the same at each call
   */
  public Cak cak() {
    return cak;
  }

  /**
   * Its name.
   *
   * @return the CKN, 16 octets
   */
  public Ckn ckn() {
    return ckn;
  }

  /** Destroys the CAK. */
  @Override
  public void destroy() {
    cak.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return cak.isDestroyed();
  }

  /** The name; never the key. */
  @Override
  public String toString() {
    return "CAK and CKN " + ckn + " of EAP";
  }
}
