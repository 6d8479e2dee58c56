package org.macsec4j;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A receive SA to be installed (IEEE 802.1AE 10.7.13).
 *
 * @param an which SA of the channel
 * @param key the SAK; stays the caller's, a backend copies what it needs
 * @param lowestPn the lowest number that is accepted, at least 1
 * @param ssci the peer's SSCI; present exactly when the key has a salt (XPN)
 * @param enabled whether the SA may receive at once
 */
public record ReceiveSa(
    AssociationNumber an,
    SecureAssociationKey key,
    PacketNumber lowestPn,
    Optional<Ssci> ssci,
    boolean enabled) {

  /**
   * Checks what can be checked without the SecY.
   *
   * @param an which SA of the channel
   * @param key the SAK
   * @param lowestPn the lowest number that is accepted, at least 1
   * @param ssci the peer's SSCI
   * @param enabled whether the SA may receive at once
   * @throws InvalidConfigurationException with every problem at once
   */
  public ReceiveSa {
    Objects.requireNonNull(an, "an");
    SaChecks.check("receive SA " + an, key, lowestPn, "lowestPn", ssci).throwIfAny();
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
    SaChecks.checkFor(suite, "receive SA " + an, key, lowestPn, ssci).throwIfAny();
  }

  /** Makes a {@link ReceiveSa}. Not for several threads. */
  public static final class Builder {
    private final AssociationNumber an;
    private final SecureAssociationKey key;
    private @Nullable PacketNumber lowestPn;
    private @Nullable Ssci ssci;
    private boolean enabled = true;

    private Builder(AssociationNumber an, SecureAssociationKey key) {
      this.an = Objects.requireNonNull(an, "an");
      this.key = Objects.requireNonNull(key, "key");
    }

    /**
     * Sets the lowest number that is accepted; required.
     *
     * @param value at least 1
     * @return this builder
     */
    public Builder lowestPn(PacketNumber value) {
      lowestPn = value;
      return this;
    }

    /**
     * Sets the SSCI; required for an XPN suite.
     *
     * @param value the peer's SSCI
     * @return this builder
     */
    public Builder ssci(Ssci value) {
      ssci = value;
      return this;
    }

    /**
     * Sets whether the SA may receive at once.
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
    public ReceiveSa build() {
      return new ReceiveSa(an, key, SaChecks.given(lowestPn), Optional.ofNullable(ssci), enabled);
    }
  }
}
