package org.macsec4j;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transmit SA to be installed (IEEE 802.1AE 10.7.21).
 *
 * <p>The next packet number has no default: a key that was used before must go on where it stopped,
 * and only its owner knows whether it was.
 *
 * @param an which SA of the channel
 * @param key the SAK; stays the caller's, a backend copies what it needs
 * @param nextPn the number of the first frame sent, at least 1
 * @param ssci this SecY's SSCI; present exactly when the key has a salt (XPN)
 * @param enabled whether the SA may transmit at once
 */
public record TransmitSa(
    AssociationNumber an,
    SecureAssociationKey key,
    PacketNumber nextPn,
    Optional<Ssci> ssci,
    boolean enabled) {

  /**
   * Checks what can be checked without the SecY.
   *
   * @param an which SA of the channel
   * @param key the SAK
   * @param nextPn the number of the first frame sent, at least 1
   * @param ssci this SecY's SSCI
   * @param enabled whether the SA may transmit at once
   * @throws InvalidConfigurationException with every problem at once
   */
  public TransmitSa {
    Objects.requireNonNull(an, "an");
    SaChecks.check("transmit SA " + an, key, nextPn, "nextPn", ssci).throwIfAny();
  }

  /**
   * A builder; the packet number must be given.
   *
   * @param an which SA of the channel
   * @param key the SAK
   * @return a builder
   */
  public static Builder builder(AssociationNumber an, SecureAssociationKey key) {
    return new Builder(an, key);
  }

  /**
   * Checks this SA against the suite of the SecY that shall have it.
   *
   * @param suite the SecY's suite
   * @throws InvalidConfigurationException with every problem at once
   */
  public void checkFor(CipherSuite suite) {
    SaChecks.checkFor(suite, "transmit SA " + an, key, nextPn, ssci).throwIfAny();
  }

  /** Makes a {@link TransmitSa}. Not for several threads. */
  public static final class Builder {
    private final AssociationNumber an;
    private final SecureAssociationKey key;
    private @Nullable PacketNumber nextPn;
    private @Nullable Ssci ssci;
    private boolean enabled = true;

    private Builder(AssociationNumber an, SecureAssociationKey key) {
      this.an = Objects.requireNonNull(an, "an");
      this.key = Objects.requireNonNull(key, "key");
    }

    /**
     * Sets the number of the first frame sent; required.
     *
     * @param value at least 1, and above every number that was ever sent under this key
     * @return this builder
     */
    public Builder nextPn(PacketNumber value) {
      nextPn = value;
      return this;
    }

    /**
     * Sets the SSCI; required for an XPN suite.
     *
     * @param value this SecY's SSCI
     * @return this builder
     */
    public Builder ssci(Ssci value) {
      ssci = value;
      return this;
    }

    /**
     * Sets whether the SA may transmit at once.
     *
     * @param value default true
     * @return this builder
     */
    public Builder enabled(boolean value) {
      enabled = value;
      return this;
    }

    /**
     * Makes the SA.
     *
     * @return the SA
     * @throws InvalidConfigurationException with every problem at once
     */
    public TransmitSa build() {
      return new TransmitSa(an, key, SaChecks.given(nextPn), Optional.ofNullable(ssci), enabled);
    }
  }
}
