package org.macsec4j;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a SecY's configuration shall change while it exists; whatever is empty stays as it is.
 *
 * <p>A backend that cannot change the cipher suite of a SecY, as on Linux, makes another SecY of
 * the same name and number in its place while there is no SA, and otherwise refuses as {@link
 * MacsecException.Kind#BUSY}. What others set on its interface, such as network addresses, is lost.
 *
 * @param cipherSuite another suite; takes effect with the SAs installed after it
 * @param confidentialityOffset another offset; takes effect with the SAs installed after it
 * @param protectFrames whether frames are protected
 * @param validateFrames what is done with frames that do not validate
 * @param replayProtection replay protection
 * @param includeSci whether each SecTAG holds the SCI
 * @param endStation whether the ES bit is set
 * @param singleCopyBroadcast whether the SCB bit is set
 */
public record SecyChange(
    Optional<CipherSuite> cipherSuite,
    Optional<ConfidentialityOffset> confidentialityOffset,
    Optional<Boolean> protectFrames,
    Optional<ValidateFrames> validateFrames,
    Optional<ReplayProtection> replayProtection,
    Optional<Boolean> includeSci,
    Optional<Boolean> endStation,
    Optional<Boolean> singleCopyBroadcast) {

  /**
   * Checks that no component is null.
   *
   * @param cipherSuite another suite
   * @param confidentialityOffset another offset
   * @param protectFrames whether frames are protected
   * @param validateFrames what is done with frames that do not validate
   * @param replayProtection replay protection
   * @param includeSci whether each SecTAG holds the SCI
   * @param endStation whether the ES bit is set
   * @param singleCopyBroadcast whether the SCB bit is set
   */
  public SecyChange {
    Objects.requireNonNull(cipherSuite, "cipherSuite");
    Objects.requireNonNull(confidentialityOffset, "confidentialityOffset");
    Objects.requireNonNull(protectFrames, "protectFrames");
    Objects.requireNonNull(validateFrames, "validateFrames");
    Objects.requireNonNull(replayProtection, "replayProtection");
    Objects.requireNonNull(includeSci, "includeSci");
    Objects.requireNonNull(endStation, "endStation");
    Objects.requireNonNull(singleCopyBroadcast, "singleCopyBroadcast");
  }

  /**
   * A change of nothing, to be filled.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A change to all settings of a configuration but its cipher suite, which may be for good.
   *
   * @param config the configuration
   * @return the change; {@link SecyConfig#with} applies it to another configuration
   */
  public static SecyChange toSettingsOf(SecyConfig config) {
    return builder()
        .confidentialityOffset(config.confidentialityOffset())
        .protectFrames(config.protectFrames())
        .validateFrames(config.validateFrames())
        .replayProtection(config.replayProtection())
        .includeSci(config.includeSci())
        .endStation(config.endStation())
        .singleCopyBroadcast(config.singleCopyBroadcast())
        .build();
  }

  /** Makes a {@link SecyChange}. Not for several threads. */
  public static final class Builder {
    private @Nullable CipherSuite cipherSuite;
    private @Nullable ConfidentialityOffset confidentialityOffset;
    private @Nullable Boolean protectFrames;
    private @Nullable ValidateFrames validateFrames;
    private @Nullable ReplayProtection replayProtection;
    private @Nullable Boolean includeSci;
    private @Nullable Boolean endStation;
    private @Nullable Boolean singleCopyBroadcast;

    private Builder() {}

    /**
     * Changes the cipher suite.
     *
     * @param value the suite
     * @return this builder
     */
    public Builder cipherSuite(CipherSuite value) {
      cipherSuite = value;
      return this;
    }

    /**
     * Changes what is encrypted.
     *
     * @param value the offset
     * @return this builder
     */
    public Builder confidentialityOffset(ConfidentialityOffset value) {
      confidentialityOffset = value;
      return this;
    }

    /**
     * Changes whether frames are protected.
     *
     * @param value true to protect
     * @return this builder
     */
    public Builder protectFrames(boolean value) {
      protectFrames = value;
      return this;
    }

    /**
     * Changes what is done with frames that do not validate.
     *
     * @param value the mode
     * @return this builder
     */
    public Builder validateFrames(ValidateFrames value) {
      validateFrames = value;
      return this;
    }

    /**
     * Changes replay protection.
     *
     * @param value replay protection
     * @return this builder
     */
    public Builder replayProtection(ReplayProtection value) {
      replayProtection = value;
      return this;
    }

    /**
     * Changes whether each SecTAG holds the SCI.
     *
     * @param value true to send the SCI
     * @return this builder
     */
    public Builder includeSci(boolean value) {
      includeSci = value;
      return this;
    }

    /**
     * Changes the ES bit.
     *
     * @param value true to set it
     * @return this builder
     */
    public Builder endStation(boolean value) {
      endStation = value;
      return this;
    }

    /**
     * Changes the SCB bit.
     *
     * @param value true to set it
     * @return this builder
     */
    public Builder singleCopyBroadcast(boolean value) {
      singleCopyBroadcast = value;
      return this;
    }

    /**
     * Makes the change.
     *
     * @return an immutable change
     */
    public SecyChange build() {
      return new SecyChange(
          Optional.ofNullable(cipherSuite),
          Optional.ofNullable(confidentialityOffset),
          Optional.ofNullable(protectFrames),
          Optional.ofNullable(validateFrames),
          Optional.ofNullable(replayProtection),
          Optional.ofNullable(includeSci),
          Optional.ofNullable(endStation),
          Optional.ofNullable(singleCopyBroadcast));
    }
  }
}
