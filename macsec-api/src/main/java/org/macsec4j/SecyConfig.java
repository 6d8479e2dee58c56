package org.macsec4j;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a SecY shall be (IEEE 802.1AE 10.7): immutable, made by a builder that refuses with every
 * problem at once.
 *
 * <p>{@link #on(String)} starts from the standard's defaults: GCM-AES-128, all frames protected and
 * encrypted, strict validation, replay protection in strict order, the SCI in each SecTAG, 16-octet
 * ICV.
 */
public final class SecyConfig {
  /** The length of an ICV unless asked otherwise: 16 octets. */
  public static final int DEFAULT_ICV_LENGTH = 16;

  private final Builder values;

  private SecyConfig(Builder values) {
    this.values = values;
  }

  /**
   * A configuration on an interface.
   *
   * @param parent the name of the interface whose frames are secured (the uncontrolled port)
   * @return a builder with the standard's defaults
   */
  public static Builder on(String parent) {
    return new Builder(Objects.requireNonNull(parent, "parent"));
  }

  /**
   * A builder that starts from this configuration.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /**
   * This configuration after a change.
   *
   * @param change what is to differ
   * @return the changed configuration
   * @throws InvalidConfigurationException when the result would not be valid
   */
  public SecyConfig with(SecyChange change) {
    Builder builder = toBuilder();
    change.cipherSuite().ifPresent(builder::cipherSuite);
    change.confidentialityOffset().ifPresent(builder::confidentialityOffset);
    change.protectFrames().ifPresent(builder::protectFrames);
    change.validateFrames().ifPresent(builder::validateFrames);
    change.replayProtection().ifPresent(builder::replayProtection);
    change.includeSci().ifPresent(builder::includeSci);
    change.endStation().ifPresent(builder::endStation);
    change.singleCopyBroadcast().ifPresent(builder::singleCopyBroadcast);
    return builder.build();
  }

  /**
   * The interface whose frames are secured.
   *
   * @return its name
   */
  public String parent() {
    return values.parent;
  }

  /**
   * The name of the secured interface.
   *
   * @return the name, empty when the backend shall choose one
   */
  public Optional<String> name() {
    return Optional.ofNullable(values.name);
  }

  /**
   * The whole SCI, when it was given.
   *
   * @return the SCI; empty when it is made of the parent's address and {@link #port()}
   */
  public Optional<Sci> sci() {
    return Optional.ofNullable(values.sci);
  }

  /**
   * The port number of the SCI.
   *
   * @return 1..65534
   */
  public int port() {
    return values.sci != null ? values.sci.port() : values.port;
  }

  /**
   * The cipher suite.
   *
   * @return the suite
   */
  public CipherSuite cipherSuite() {
    return values.cipherSuite;
  }

  /**
   * The length of the ICV.
   *
   * @return 8..16 octets
   */
  public int icvLength() {
    return values.icvLength;
  }

  /**
   * What is encrypted of frames sent, and where encryption of frames received begins.
   *
   * @return the offset
   */
  public ConfidentialityOffset confidentialityOffset() {
    return values.confidentialityOffset;
  }

  /**
   * Whether frames are protected at all (802.1AE 10.7.17 protectFrames).
   *
   * @return false when frames go out without a SecTAG
   */
  public boolean protectFrames() {
    return values.protectFrames;
  }

  /**
   * What is done with frames that do not validate.
   *
   * @return the mode
   */
  public ValidateFrames validateFrames() {
    return values.validateFrames;
  }

  /**
   * Replay protection.
   *
   * @return replay protection
   */
  public ReplayProtection replayProtection() {
    return values.replayProtection;
  }

  /**
   * Whether each SecTAG holds the SCI (802.1AE 10.7.17 alwaysIncludeSCI).
   *
   * @return true when the SCI is sent
   */
  public boolean includeSci() {
    return values.includeSci;
  }

  /**
   * Whether the ES bit tells that the SCI is the source address and port 1 (useES).
   *
   * @return true when the ES bit is set
   */
  public boolean endStation() {
    return values.endStation;
  }

  /**
   * Whether the SCB bit is set (useSCB).
   *
   * @return true when the SCB bit is set
   */
  public boolean singleCopyBroadcast() {
    return values.singleCopyBroadcast;
  }

  /**
   * Whether hardware shall do the work.
   *
   * @return the policy
   */
  public OffloadPolicy offload() {
    return values.offload;
  }

  /**
   * The only place of hardware that will do.
   *
   * @return MAC or PHY; empty when either will, the MAC first
   */
  public Optional<OffloadMode> offloadMode() {
    return Optional.ofNullable(values.offloadMode);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SecyConfig config && values.asList().equals(config.values.asList());
  }

  @Override
  public int hashCode() {
    return values.asList().hashCode();
  }

  @Override
  public String toString() {
    return "SecY on "
        + parent()
        + name().map(name -> " as " + name).orElse("")
        + sci().map(sci -> ", SCI " + sci).orElse(", port " + port())
        + ", "
        + cipherSuite()
        + ", "
        + confidentialityOffset()
        + ", protect "
        + (protectFrames() ? "on" : "off")
        + ", validate "
        + validateFrames()
        + ", replay "
        + replayProtection();
  }

  /** Makes a {@link SecyConfig}. Not for several threads. */
  public static final class Builder {
    private String parent;
    private @Nullable String name;
    private @Nullable Sci sci;
    private int port = Sci.END_STATION_PORT;
    private CipherSuite cipherSuite = CipherSuite.GCM_AES_128;
    private int icvLength = DEFAULT_ICV_LENGTH;
    private ConfidentialityOffset confidentialityOffset = ConfidentialityOffset.OFFSET_0;
    private boolean protectFrames = true;
    private ValidateFrames validateFrames = ValidateFrames.STRICT;
    private ReplayProtection replayProtection = ReplayProtection.window(0);
    private boolean includeSci = true;
    private boolean endStation;
    private boolean singleCopyBroadcast;
    private OffloadPolicy offload = OffloadPolicy.OFF;
    private @Nullable OffloadMode offloadMode;

    private Builder(String parent) {
      this.parent = parent;
    }

    private Builder(Builder other) {
      this(other.parent);
      name = other.name;
      sci = other.sci;
      port = other.port;
      cipherSuite = other.cipherSuite;
      icvLength = other.icvLength;
      confidentialityOffset = other.confidentialityOffset;
      protectFrames = other.protectFrames;
      validateFrames = other.validateFrames;
      replayProtection = other.replayProtection;
      includeSci = other.includeSci;
      endStation = other.endStation;
      singleCopyBroadcast = other.singleCopyBroadcast;
      offload = other.offload;
      offloadMode = other.offloadMode;
    }

    private java.util.List<Object> asList() {
      return java.util.List.of(
          parent,
          Optional.ofNullable(name),
          Optional.ofNullable(sci),
          sci == null ? port : sci.port(),
          cipherSuite,
          icvLength,
          confidentialityOffset,
          protectFrames,
          validateFrames,
          replayProtection,
          includeSci,
          endStation,
          singleCopyBroadcast,
          offload,
          Optional.ofNullable(offloadMode));
    }

    /**
     * Sets another parent than the one that the builder began with.
     *
     * @param value the name of the interface below
     * @return this builder
     */
    public Builder parent(String value) {
      parent = Objects.requireNonNull(value, "parent");
      return this;
    }

    /**
     * Names the secured interface; otherwise the backend chooses.
     *
     * @param value the name
     * @return this builder
     */
    public Builder name(String value) {
      name = Objects.requireNonNull(value, "name");
      return this;
    }

    /**
     * Sets the whole SCI, overriding {@link #port(int)}.
     *
     * @param value the SCI, its port 1..65534
     * @return this builder
     */
    public Builder sci(Sci value) {
      sci = Objects.requireNonNull(value, "sci");
      return this;
    }

    /**
     * Sets the port number of the SCI, whose address is the parent's.
     *
     * @param value 1..65534; default 1
     * @return this builder
     */
    public Builder port(int value) {
      port = value;
      return this;
    }

    /**
     * Sets the cipher suite.
     *
     * @param value the suite; default GCM-AES-128
     * @return this builder
     */
    public Builder cipherSuite(CipherSuite value) {
      cipherSuite = Objects.requireNonNull(value, "cipherSuite");
      return this;
    }

    /**
     * Sets the length of the ICV.
     *
     * @param value 8..16 octets; default 16, which is all that the standard's suites know
     * @return this builder
     */
    public Builder icvLength(int value) {
      icvLength = value;
      return this;
    }

    /**
     * Sets what is encrypted.
     *
     * @param value the offset; default all user data
     * @return this builder
     */
    public Builder confidentialityOffset(ConfidentialityOffset value) {
      confidentialityOffset = Objects.requireNonNull(value, "confidentialityOffset");
      return this;
    }

    /**
     * Encrypts all user data, or none of it: short for {@link
     * #confidentialityOffset(ConfidentialityOffset)}.
     *
     * @param value true to encrypt
     * @return this builder
     */
    public Builder encrypt(boolean value) {
      return confidentialityOffset(
          value ? ConfidentialityOffset.OFFSET_0 : ConfidentialityOffset.NO_CONFIDENTIALITY);
    }

    /**
     * Sets whether frames are protected.
     *
     * @param value default true
     * @return this builder
     */
    public Builder protectFrames(boolean value) {
      protectFrames = value;
      return this;
    }

    /**
     * Sets what is done with frames that do not validate.
     *
     * @param value the mode; default strict
     * @return this builder
     */
    public Builder validateFrames(ValidateFrames value) {
      validateFrames = Objects.requireNonNull(value, "validateFrames");
      return this;
    }

    /**
     * Sets replay protection.
     *
     * @param value default on, window 0
     * @return this builder
     */
    public Builder replayProtection(ReplayProtection value) {
      replayProtection = Objects.requireNonNull(value, "replayProtection");
      return this;
    }

    /**
     * Turns replay protection on with a window.
     *
     * @param window 0..2^32 - 1, at most 2^30 - 1 with an XPN suite
     * @return this builder
     */
    public Builder replayWindow(long window) {
      return replayProtection(ReplayProtection.window(window));
    }

    /**
     * Sets whether each SecTAG holds the SCI.
     *
     * @param value default true; not together with the ES or SCB bit
     * @return this builder
     */
    public Builder includeSci(boolean value) {
      includeSci = value;
      return this;
    }

    /**
     * Sets the ES bit, which stands for the SCI of an end station.
     *
     * @param value default false
     * @return this builder
     */
    public Builder endStation(boolean value) {
      endStation = value;
      return this;
    }

    /**
     * Sets the SCB bit, which stands for an EPON's single copy broadcast.
     *
     * @param value default false
     * @return this builder
     */
    public Builder singleCopyBroadcast(boolean value) {
      singleCopyBroadcast = value;
      return this;
    }

    /**
     * Sets whether hardware shall do the work.
     *
     * @param value default off
     * @return this builder
     */
    public Builder offload(OffloadPolicy value) {
      offload = Objects.requireNonNull(value, "offload");
      offloadMode = null;
      return this;
    }

    /**
     * Says whether hardware shall do the work, and where it has to be.
     *
     * @param value prefer or require
     * @param mode the only place that will do, MAC or PHY
     * @return this builder
     */
    public Builder offload(OffloadPolicy value, OffloadMode mode) {
      offload(value).offloadMode = Objects.requireNonNull(mode, "mode");
      return this;
    }

    /**
     * Makes the configuration.
     *
     * @return an immutable configuration
     * @throws InvalidConfigurationException with every problem at once
     */
    public SecyConfig build() {
      SecyConfig config = new SecyConfig(new Builder(this));
      SecyConfigChecks.check(config);
      return config;
    }

    /**
     * Makes the configuration without any check, for a backend that tells what it found: others may
     * have made a SecY that this library would refuse to make.
     *
     * @return an immutable configuration
     */
    public SecyConfig observed() {
      return new SecyConfig(new Builder(this));
    }
  }
}
