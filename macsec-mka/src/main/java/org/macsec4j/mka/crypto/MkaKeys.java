package org.macsec4j.mka.crypto;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import javax.security.auth.Destroyable;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;

/**
 * The two keys that a participant derives from CAK and CKN (IEEE 802.1X 9.3.3): the ICK, under
 * which the ICV of each MKPDU is computed, and the KEK, under which SAKs and CAKs travel.
 *
 * <p>The context of both is the first sixteen octets of the CKN, filled up with zeros. Names that
 * agree in these give the same keys under the same CAK; the CKN itself must always be compared too.
 *
 * <p>For one thread at a time: the CMAC under the ICK and the ICV it is compared with are reused,
 * so that verifying allocates nothing. {@link #destroy()} zeroes what can be reached.
 */
public final class MkaKeys implements Destroyable {
  /** Octets of an ICV. */
  public static final int ICV_LENGTH = Cmac.LENGTH;

  private static final String KEK_LABEL = "IEEE8021 KEK";
  private static final String ICK_LABEL = "IEEE8021 ICK";
  private static final int CONTEXT_LENGTH = 16;

  private final MkaCrypto crypto;
  private final Ckn ckn;
  private final Cmac cmac;
  private final byte[] kek;
  private boolean destroyed;

  private MkaKeys(MkaCrypto crypto, Ckn ckn, byte[] ick, byte[] kek) {
    this.crypto = crypto;
    this.ckn = ckn;
    this.cmac = crypto.cmac(ick);
    this.kek = kek;
  }

  /**
   * Derives both keys with {@link MkaCrypto#bouncyCastle()}.
   *
   * @param cak the key
   * @param ckn its name
   * @return the keys
   * @throws IllegalStateException when the CAK was destroyed
   */
  public static MkaKeys derive(Cak cak, Ckn ckn) {
    return derive(MkaCrypto.bouncyCastle(), cak, ckn);
  }

  /**
   * Derives both keys.
   *
   * @param crypto what computes
   * @param cak the key; may be destroyed afterwards
   * @param ckn its name
   * @return the keys
   * @throws IllegalStateException when the CAK was destroyed
   */
  public static MkaKeys derive(MkaCrypto crypto, Cak cak, Ckn ckn) {
    byte[] key = cak.toByteArray();
    byte[] ick = ick(crypto, key, ckn);
    try {
      return new MkaKeys(crypto, Objects.requireNonNull(ckn, "ckn"), ick, kek(crypto, key, ckn));
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(ick, (byte) 0);
    }
  }

  static byte[] ick(MkaCrypto crypto, byte[] cak, Ckn ckn) {
    return crypto.kdf(cak, ICK_LABEL, context(ckn), cak.length);
  }

  static byte[] kek(MkaCrypto crypto, byte[] cak, Ckn ckn) {
    return crypto.kdf(cak, KEK_LABEL, context(ckn), cak.length);
  }

  private static byte[] context(Ckn ckn) {
    return Arrays.copyOf(ckn.toByteArray(), CONTEXT_LENGTH);
  }

  /**
   * The name that the keys belong to.
   *
   * @return the CKN
   */
  public Ckn ckn() {
    return ckn;
  }

  /**
   * Computes the ICV of an MKPDU (802.1X 9.4.1). It covers the frame from the destination address
   * to where the ICV begins, an ICV indicator included.
   *
   * @param octets an array that holds the frame
   * @param offset where the frame begins
   * @param length octets that the ICV covers
   * @param target where the sixteen octets go; may be {@code octets}
   * @param targetOffset where in it
   * @throws IllegalStateException when the keys were destroyed
   */
  public void computeIcv(byte[] octets, int offset, int length, byte[] target, int targetOffset) {
    cmac.compute(octets, offset, length, target, targetOffset);
  }

  /**
   * Verifies the ICV of an MKPDU in constant time.
   *
   * @param octets an array that holds the frame
   * @param offset where the frame begins
   * @param length octets that the ICV covers; its own sixteen follow them
   * @return true when the ICV is right
   * @throws IndexOutOfBoundsException when frame and ICV do not lie within the array
   * @throws IllegalStateException when the keys were destroyed
   */
  public boolean icvMatches(byte[] octets, int offset, int length) {
    int icvAt = offset + length;
    Objects.checkFromIndexSize(icvAt, ICV_LENGTH, octets.length);
    byte[] computed = new byte[ICV_LENGTH];
    cmac.compute(octets, offset, length, computed, 0);
    int difference = 0;
    for (int i = 0; i < ICV_LENGTH; i++) {
      difference |= computed[i] ^ octets[icvAt + i];
    }
    return difference == 0;
  }

  /**
   * Wraps a SAK or a CAK with the KEK (802.1X 9.8, RFC 3394).
   *
   * @param key 16 or 32 octets; not zeroed here
   * @return the wrapped key, 8 octets longer
   * @throws IllegalArgumentException when the length is no multiple of 8, or less than 16
   * @throws IllegalStateException when the keys were destroyed
   */
  public byte[] wrap(byte[] key) {
    checkUsable();
    return crypto.wrap(kek, key);
  }

  /**
   * Unwraps a SAK or a CAK.
   *
   * @param wrapped the wrapped key, of any length
   * @return the key, for the caller to zero; empty when it was not wrapped with this KEK
   * @throws IllegalStateException when the keys were destroyed
   */
  public Optional<byte[]> unwrap(byte[] wrapped) {
    checkUsable();
    return crypto.unwrap(kek, wrapped);
  }

  private void checkUsable() {
    if (destroyed) {
      throw new IllegalStateException("the keys of CKN " + ckn + " were destroyed");
    }
  }

  /** Zeroes the KEK and forgets the ICK. Repeating it does no harm. */
  @Override
  public void destroy() {
    destroyed = true;
    cmac.destroy();
    Arrays.fill(kek, (byte) 0);
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  /** The name; never a key. */
  @Override
  public String toString() {
    return "MKA keys of CKN " + ckn;
  }
}
