package org.macsec4j.mka;

import java.util.Objects;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;

/**
 * A pre-shared CAK with its name (IEEE 802.1X 6.3.3).
 *
 * <p>The key stays the caller's: {@link #destroy()} destroys it, and an engine that was made before
 * goes on with the keys that it derived.
 */
public final class PreSharedKey implements Destroyable {
  private final Ckn ckn;
  private final Cak cak;

  private PreSharedKey(Ckn ckn, Cak cak) {
    this.ckn = Objects.requireNonNull(ckn, "ckn");
    this.cak = Objects.requireNonNull(cak, "cak");
  }

  /**
   * A key and its name.
   *
   * @param ckn the name
   * @param cak the key; not copied
   * @return both
   */
  public static PreSharedKey of(Ckn ckn, Cak cak) {
    return new PreSharedKey(ckn, cak);
  }

  /**
   * The name.
   *
   * @return the name, which is no secret
   */
  public Ckn ckn() {
    return ckn;
  }

  /**
   * The key.
   *
   * @return the key itself, not a copy
   */
  public Cak cak() {
    return cak;
  }

  /** Destroys the CAK. Repeating it does no harm. */
  @Override
  public void destroy() {
    cak.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return cak.isDestroyed();
  }

  /** Same name and same key, the octets of the key compared in constant time. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PreSharedKey key && ckn.equals(key.ckn) && cak.equals(key.cak);
  }

  /** From the name alone, so that the hash tells nothing of the key. */
  @Override
  public int hashCode() {
    return ckn.hashCode();
  }

  /** The name and the length of the key; never its octets. */
  @Override
  public String toString() {
    return "CKN " + ckn + " (" + 8 * cak.length() + " bits)";
  }
}
