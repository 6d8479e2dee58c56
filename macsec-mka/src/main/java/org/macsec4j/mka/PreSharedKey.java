package org.macsec4j.mka;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;
import org.macsec4j.InvalidConfigurationException;

/**
 * A pre-shared CAK with its name (IEEE 802.1X 6.3.3), when it is valid, and whether it is only
 * there for when no other one works.
 *
 * <p>Several keys with times that overlap are a key chain: while two are valid, the one that began
 * later is preferred, so both sides move to it without losing a frame, even though their clocks
 * differ by less than the overlap.
 *
 * <p>The key stays the caller's: {@link #destroy()} destroys it, and an engine that was made before
 * goes on with the keys that it derived.
 */
public final class PreSharedKey implements Destroyable {
  private final Ckn ckn;
  private final Cak cak;
  private final @Nullable Instant validFrom;
  private final @Nullable Instant validUntil;
  private final boolean fallback;

  private PreSharedKey(
      Ckn ckn,
      Cak cak,
      @Nullable Instant validFrom,
      @Nullable Instant validUntil,
      boolean fallback) {
    this.ckn = Objects.requireNonNull(ckn, "ckn");
    this.cak = Objects.requireNonNull(cak, "cak");
    this.validFrom = validFrom;
    this.validUntil = validUntil;
    this.fallback = fallback;
  }

  /**
   * A key and its name, always valid.
   *
   * @param ckn the name
   * @param cak the key; not copied
   * @return both
   */
  public static PreSharedKey of(Ckn ckn, Cak cak) {
    return new PreSharedKey(ckn, cak, null, null, false);
  }

  /**
   * This key with another begin.
   *
   * @param from the first moment at which it is used, by the clock of the host
   * @return the key, with the same CAK, not a copy
   * @throws InvalidConfigurationException when it would end before it begins
   */
  public PreSharedKey validFrom(Instant from) {
    return new PreSharedKey(ckn, cak, Objects.requireNonNull(from, "from"), validUntil, fallback)
        .checked();
  }

  /**
   * This key with another end.
   *
   * @param until the first moment at which it is not used any more, by the clock of the host
   * @return the key, with the same CAK, not a copy
   * @throws InvalidConfigurationException when it would end before it begins
   */
  public PreSharedKey validUntil(Instant until) {
    return new PreSharedKey(ckn, cak, validFrom, Objects.requireNonNull(until, "until"), fallback)
        .checked();
  }

  /**
   * This key for when none that is no fallback brings a live peer. MKA runs with it all the while,
   * so that the change costs no frame.
   *
   * @return the key, with the same CAK, not a copy
   */
  public PreSharedKey asFallback() {
    return new PreSharedKey(ckn, cak, validFrom, validUntil, true);
  }

  private PreSharedKey checked() {
    if (validFrom != null && validUntil != null && !validFrom.isBefore(validUntil)) {
      throw new InvalidConfigurationException(
          "key", List.of("validUntil: " + validUntil + " is not after validFrom: " + validFrom));
    }
    return this;
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

  /**
   * The first moment at which it is used.
   *
   * @return the begin; empty for always
   */
  public Optional<Instant> validFrom() {
    return Optional.ofNullable(validFrom);
  }

  /**
   * The first moment at which it is not used any more.
   *
   * @return the end; empty for never
   */
  public Optional<Instant> validUntil() {
    return Optional.ofNullable(validUntil);
  }

  /**
   * Whether it is only for when no other key works.
   *
   * @return true for a fallback key
   */
  public boolean isFallback() {
    return fallback;
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

  /** Same name, times and use, and same key, the octets of the key compared in constant time. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PreSharedKey key
        && ckn.equals(key.ckn)
        && Objects.equals(validFrom, key.validFrom)
        && Objects.equals(validUntil, key.validUntil)
        && fallback == key.fallback
        && cak.equals(key.cak);
  }

  /** From the name alone, so that the hash tells nothing of the key. */
  @Override
  public int hashCode() {
    return ckn.hashCode();
  }

  /** The name, the length of the key and when it is used; never its octets. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("CKN " + ckn + " (" + 8 * cak.length() + " bits");
    if (validFrom != null) {
      text.append(", from ").append(validFrom);
    }
    if (validUntil != null) {
      text.append(", until ").append(validUntil);
    }
    return text.append(fallback ? ", fallback)" : ")").toString();
  }
}
