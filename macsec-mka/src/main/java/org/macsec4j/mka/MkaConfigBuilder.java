package org.macsec4j.mka;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.PacketNumberThreshold;
import org.macsec4j.ReplayProtection;
import org.macsec4j.ValidateFrames;

/** Makes an {@link MkaConfig}. Not for several threads. */
public final class MkaConfigBuilder {
  private static final List<Duration> DEFAULT_RAMP_UP =
      Stream.of(100, 200, 400, 800, 1600).map(Duration::ofMillis).toList();

  List<PreSharedKey> keys = List.of();
  List<CipherSuite> cipherSuites = List.of(CipherSuite.GCM_AES_128);
  int keyServerPriority = 16;
  ConfidentialityOffset confidentialityOffset = ConfidentialityOffset.OFFSET_0;
  MacsecCapability macsecCapability = MacsecCapability.CONFIDENTIALITY_OFFSET_0_30_50;
  boolean macsecDesired = true;
  ReplayProtection replayProtection = ReplayProtection.window(0);
  ValidateFrames validateFrames = ValidateFrames.STRICT;
  boolean includeSci = true;
  int mkaVersion = 3;
  IcvIndicatorPolicy icvIndicator = IcvIndicatorPolicy.ONLY_WHEN_NEEDED;
  PacketNumber pnThreshold = PacketNumberThreshold.DEFAULT.pn();
  PacketNumber xpnThreshold = PacketNumberThreshold.DEFAULT.xpn();
  boolean rekeyOnPeerLoss = true;
  MacAddress destination = MkaConfig.PAE_GROUP_ADDRESS;
  int etherType = 0x888E;
  Duration helloTime = Duration.ofSeconds(2);
  Duration lifeTime = Duration.ofSeconds(6);
  Duration sakRetireTime = Duration.ofSeconds(3);
  int sciPort = 1;
  int maxPeers = 100;
  @Nullable Duration rekeyInterval;
  KeyServerRole keyServerRole = KeyServerRole.AUTO;
  AccessPolicy accessPolicy = AccessPolicy.MUST_SECURE;
  boolean delayProtection = false;
  boolean nullXpnSet = false;
  boolean suspendOnRequest = true;
  boolean joinGroups = false;
  List<Duration> helloRampUp = DEFAULT_RAMP_UP;
  List<CipherSuite> assumedCipherSuites = List.of();
  @Nullable String kmd;
  @Nullable String nid;

  MkaConfigBuilder() {}

  MkaConfigBuilder(MkaConfigBuilder from) {
    keys = from.keys;
    cipherSuites = from.cipherSuites;
    keyServerPriority = from.keyServerPriority;
    confidentialityOffset = from.confidentialityOffset;
    macsecCapability = from.macsecCapability;
    macsecDesired = from.macsecDesired;
    replayProtection = from.replayProtection;
    validateFrames = from.validateFrames;
    includeSci = from.includeSci;
    mkaVersion = from.mkaVersion;
    icvIndicator = from.icvIndicator;
    pnThreshold = from.pnThreshold;
    xpnThreshold = from.xpnThreshold;
    rekeyOnPeerLoss = from.rekeyOnPeerLoss;
    destination = from.destination;
    etherType = from.etherType;
    helloTime = from.helloTime;
    lifeTime = from.lifeTime;
    sakRetireTime = from.sakRetireTime;
    sciPort = from.sciPort;
    maxPeers = from.maxPeers;
    rekeyInterval = from.rekeyInterval;
    keyServerRole = from.keyServerRole;
    accessPolicy = from.accessPolicy;
    delayProtection = from.delayProtection;
    nullXpnSet = from.nullXpnSet;
    suspendOnRequest = from.suspendOnRequest;
    joinGroups = from.joinGroups;
    helloRampUp = from.helloRampUp;
    assumedCipherSuites = from.assumedCipherSuites;
    kmd = from.kmd;
    nid = from.nid;
  }

  /**
   * Sets the keys.
   *
   * @param value at least one, with distinct names; the first is the primary one
   * @return this builder
   */
  public MkaConfigBuilder keys(PreSharedKey... value) {
    keys = List.of(value);
    return this;
  }

  /**
   * Sets the cipher suites.
   *
   * @param value at least one, best first; default GCM-AES-128 alone
   * @return this builder
   */
  public MkaConfigBuilder cipherSuites(CipherSuite... value) {
    cipherSuites = List.of(value);
    return this;
  }

  /**
   * Sets {@link MkaConfig#keyServerPriority()}.
   *
   * @param value 0..255; the lowest becomes key server, then the lowest SCI; default 16
   * @return this builder
   */
  public MkaConfigBuilder keyServerPriority(int value) {
    keyServerPriority = value;
    return this;
  }

  /**
   * Sets {@link MkaConfig#confidentialityOffset()}.
   *
   * @param value the offset; with an XPN suite, 30 and 50 become 0; default all user data;
   *     NO_CONFIDENTIALITY for integrity only
   * @return this builder
   */
  public MkaConfigBuilder confidentialityOffset(ConfidentialityOffset value) {
    confidentialityOffset = Objects.requireNonNull(value, "confidentialityOffset");
    return this;
  }

  /**
   * Sets {@link MkaConfig#macsecCapability()}.
   *
   * @param value the capability; default everything
   * @return this builder
   */
  public MkaConfigBuilder macsecCapability(MacsecCapability value) {
    macsecCapability = Objects.requireNonNull(value, "macsecCapability");
    return this;
  }

  /**
   * Sets {@link MkaConfig#macsecDesired()}.
   *
   * @param value true when they shall; default true
   * @return this builder
   */
  public MkaConfigBuilder macsecDesired(boolean value) {
    macsecDesired = value;
    return this;
  }

  /**
   * Sets {@link MkaConfig#replayProtection()}.
   *
   * @param value replay protection; default on, window 0, strict order
   * @return this builder
   */
  public MkaConfigBuilder replayProtection(ReplayProtection value) {
    replayProtection = Objects.requireNonNull(value, "replayProtection");
    return this;
  }

  /**
   * Sets {@link MkaConfig#validateFrames()}.
   *
   * @param value the mode; default strict
   * @return this builder
   */
  public MkaConfigBuilder validateFrames(ValidateFrames value) {
    validateFrames = Objects.requireNonNull(value, "validateFrames");
    return this;
  }

  /**
   * Sets {@link MkaConfig#includeSci()}.
   *
   * @param value true when it does; default true
   * @return this builder
   */
  public MkaConfigBuilder includeSci(boolean value) {
    includeSci = value;
    return this;
  }

  /**
   * Sets {@link MkaConfig#mkaVersion()}.
   *
   * @param value 1..3; default 3, 802.1X-2020
   * @return this builder
   */
  public MkaConfigBuilder mkaVersion(int value) {
    mkaVersion = value;
    return this;
  }

  /**
   * Sets {@link MkaConfig#icvIndicator()}.
   *
   * @param value the policy; default only when needed
   * @return this builder
   */
  public MkaConfigBuilder icvIndicator(IcvIndicatorPolicy value) {
    icvIndicator = Objects.requireNonNull(value, "icvIndicator");
    return this;
  }

  /**
   * Sets {@link MkaConfig#pnThreshold()}.
   *
   * @param value 1..2^32 - 1; default C0000000 (hexadecimal), as 802.1X has it
   * @return this builder
   */
  public MkaConfigBuilder pnThreshold(PacketNumber value) {
    pnThreshold = Objects.requireNonNull(value, "pnThreshold");
    return this;
  }

  /**
   * Sets {@link MkaConfig#xpnThreshold()}.
   *
   * @param value 1..2^64 - 1, unsigned; default C000000000000000 (hexadecimal)
   * @return this builder
   */
  public MkaConfigBuilder xpnThreshold(PacketNumber value) {
    xpnThreshold = Objects.requireNonNull(value, "xpnThreshold");
    return this;
  }

  /**
   * Sets {@link MkaConfig#rekeyOnPeerLoss()}.
   *
   * @param value true when it does; default true
   * @return this builder
   */
  public MkaConfigBuilder rekeyOnPeerLoss(boolean value) {
    rekeyOnPeerLoss = value;
    return this;
  }

  /**
   * Sets {@link MkaConfig#destination()}.
   *
   * @param value a group address; default 01:80:C2:00:00:03
   * @return this builder
   */
  public MkaConfigBuilder destination(MacAddress value) {
    destination = Objects.requireNonNull(value, "destination");
    return this;
  }

  /**
   * Sets {@link MkaConfig#etherType()}.
   *
   * @param value 0x0600..0xFFFF; default 0x888E; some switches use 0x876F
   * @return this builder
   */
  public MkaConfigBuilder etherType(int value) {
    etherType = value;
    return this;
  }

  /**
   * Sets {@link MkaConfig#helloTime()}.
   *
   * @param value 100 ms..10 s; default 2 s
   * @return this builder
   */
  public MkaConfigBuilder helloTime(Duration value) {
    helloTime = Objects.requireNonNull(value, "helloTime");
    return this;
  }

  /**
   * Sets {@link MkaConfig#lifeTime()}.
   *
   * @param value at least two hello times, at most 60 s; default 6 s
   * @return this builder
   */
  public MkaConfigBuilder lifeTime(Duration value) {
    lifeTime = Objects.requireNonNull(value, "lifeTime");
    return this;
  }

  /**
   * Sets {@link MkaConfig#sakRetireTime()}.
   *
   * @param value 0..60 s; default 3 s
   * @return this builder
   */
  public MkaConfigBuilder sakRetireTime(Duration value) {
    sakRetireTime = Objects.requireNonNull(value, "sakRetireTime");
    return this;
  }

  /**
   * Sets {@link MkaConfig#sciPort()}.
   *
   * @param value 1..65534; default 1
   * @return this builder
   */
  public MkaConfigBuilder sciPort(int value) {
    sciPort = value;
    return this;
  }

  /**
   * Sets {@link MkaConfig#maxPeers()}.
   *
   * @param value 1..250; default 100
   * @return this builder
   */
  public MkaConfigBuilder maxPeers(int value) {
    maxPeers = value;
    return this;
  }

  /**
   * Sets {@link MkaConfig#rekeyInterval()}.
   *
   * @param value 30 s..65535 s; empty for never; default never
   * @return this builder
   */
  public MkaConfigBuilder rekeyInterval(Duration value) {
    rekeyInterval = Objects.requireNonNull(value, "rekeyInterval");
    return this;
  }

  /**
   * Sets {@link MkaConfig#keyServerRole()}.
   *
   * @param value the role; default AUTO, the election decides
   * @return this builder
   */
  public MkaConfigBuilder keyServerRole(KeyServerRole value) {
    keyServerRole = Objects.requireNonNull(value, "keyServerRole");
    return this;
  }

  /**
   * Sets {@link MkaConfig#accessPolicy()}.
   *
   * @param value the policy; default MUST_SECURE, none
   * @return this builder
   */
  public MkaConfigBuilder accessPolicy(AccessPolicy value) {
    accessPolicy = Objects.requireNonNull(value, "accessPolicy");
    return this;
  }

  /**
   * Sets {@link MkaConfig#delayProtection()}.
   *
   * @param value true when they shall be told; default false
   * @return this builder
   */
  public MkaConfigBuilder delayProtection(boolean value) {
    delayProtection = value;
    return this;
  }

  /**
   * Sets {@link MkaConfig#nullXpnSet()}.
   *
   * @param value true when it shall; default false
   * @return this builder
   */
  public MkaConfigBuilder nullXpnSet(boolean value) {
    nullXpnSet = value;
    return this;
  }

  /**
   * Sets {@link MkaConfig#suspendOnRequest()}.
   *
   * @param value true when it shall be; default true
   * @return this builder
   */
  public MkaConfigBuilder suspendOnRequest(boolean value) {
    suspendOnRequest = value;
    return this;
  }

  /**
   * Sets {@link MkaConfig#joinGroups()}.
   *
   * @param value true when it shall be; default false
   * @return this builder
   */
  public MkaConfigBuilder joinGroups(boolean value) {
    joinGroups = value;
    return this;
  }

  /**
   * Sets {@link MkaConfig#helloRampUp()}.
   *
   * @param value at most 16 times of 10 ms..10 s; none for the hello time from the first on;
   *     default 100, 200, 400, 800 and 1600 ms
   * @return this builder
   */
  public MkaConfigBuilder helloRampUp(Duration... value) {
    helloRampUp = List.of(value);
    return this;
  }

  /**
   * Sets {@link MkaConfig#assumedCipherSuites()}.
   *
   * @param value suites of {@link MkaConfig#cipherSuites()}; default all of them
   * @return this builder
   */
  public MkaConfigBuilder assumedCipherSuites(CipherSuite... value) {
    assumedCipherSuites = List.of(value);
    return this;
  }

  /**
   * Sets {@link MkaConfig#kmd()}.
   *
   * @param value 5..253 octets in UTF-8; default none
   * @return this builder
   */
  public MkaConfigBuilder kmd(String value) {
    kmd = Objects.requireNonNull(value, "kmd");
    return this;
  }

  /**
   * Sets {@link MkaConfig#nid()}.
   *
   * @param value 1..100 octets in UTF-8; default none
   * @return this builder
   */
  public MkaConfigBuilder nid(String value) {
    nid = Objects.requireNonNull(value, "nid");
    return this;
  }

  /**
   * Makes the configuration.
   *
   * @return an immutable configuration
   * @throws InvalidConfigurationException with every problem at once
   */
  public MkaConfig build() {
    List<String> problems = MkaConfigChecks.problems(this);
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException("MKA", problems);
    }
    return new MkaConfig(new MkaConfigBuilder(this));
  }
}
