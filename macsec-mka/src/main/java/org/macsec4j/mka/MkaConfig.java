package org.macsec4j.mka;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReplayProtection;
import org.macsec4j.ValidateFrames;

/**
 * What a port shall be: immutable, made by a builder that refuses with every problem at once.
 *
 * <p>{@link #preSharedKey} starts from the defaults, which are the standard's where it has one.
 */
public final class MkaConfig {
  /** The Port Access Entity group address: 01:80:C2:00:00:03 (802.1X table 11-1). */
  public static final MacAddress PAE_GROUP_ADDRESS = MacAddress.parse("01:80:C2:00:00:03");

  private final MkaConfigBuilder values;

  MkaConfig(MkaConfigBuilder values) {
    this.values = values;
  }

  /**
   * A configuration with one pre-shared key and the defaults.
   *
   * @param ckn the name of the key
   * @param cak the key; stays the caller's, not copied
   * @return the configuration
   */
  public static MkaConfig preSharedKey(Ckn ckn, Cak cak) {
    return builder().keys(PreSharedKey.of(ckn, cak)).build();
  }

  /**
   * A builder with the defaults and no key.
   *
   * @return the builder
   */
  public static MkaConfigBuilder builder() {
    return new MkaConfigBuilder();
  }

  /**
   * A builder that starts from this configuration.
   *
   * @return the builder
   */
  public MkaConfigBuilder toBuilder() {
    return new MkaConfigBuilder(values);
  }

  /**
   * The keys. Each that is valid makes a participant of its own. Of those with live peers the one
   * is preferred that is no fallback, then the one that began later, then the one named earlier.
   *
   * @return at least one key, with distinct names
   */
  public List<PreSharedKey> keys() {
    return values.keys;
  }

  /**
   * The cipher suites, best first. The key server takes the first that all live peers can do; a SAK
   * for a suite that is not here is refused.
   *
   * @return at least one suite
   */
  public List<CipherSuite> cipherSuites() {
    return values.cipherSuites;
  }

  /**
   * The key server priority (802.1X 9.5).
   *
   * @return 0..255; the lowest becomes key server, then the lowest SCI
   */
  public int keyServerPriority() {
    return values.keyServerPriority;
  }

  /**
   * How frames are encrypted when this participant is the key server.
   *
   * @return the offset; with an XPN suite, 30 and 50 become 0
   */
  public ConfidentialityOffset confidentialityOffset() {
    return values.confidentialityOffset;
  }

  /**
   * What the SecY can do, as said to the peers.
   *
   * @return the capability
   */
  public MacsecCapability macsecCapability() {
    return values.macsecCapability;
  }

  /**
   * Whether frames shall be protected (802.1X 9.6.1).
   *
   * @return true when they shall
   */
  public boolean macsecDesired() {
    return values.macsecDesired;
  }

  /**
   * The replay protection of the SecY.
   *
   * @return replay protection
   */
  public ReplayProtection replayProtection() {
    return values.replayProtection;
  }

  /**
   * What the SecY does with frames that do not validate.
   *
   * @return the mode
   */
  public ValidateFrames validateFrames() {
    return values.validateFrames;
  }

  /**
   * Whether each SecTAG holds the SCI.
   *
   * @return true when it does
   */
  public boolean includeSci() {
    return values.includeSci;
  }

  /**
   * The MKA version sent; every version is accepted.
   *
   * @return 1..3
   */
  public int mkaVersion() {
    return values.mkaVersion;
  }

  /**
   * When the ICV indicator is sent; both forms are accepted.
   *
   * @return the policy
   */
  public IcvIndicatorPolicy icvIndicator() {
    return values.icvIndicator;
  }

  /**
   * The packet number at which a key of a suite without XPN is replaced.
   *
   * @return 1..2^32 - 1
   */
  public PacketNumber pnThreshold() {
    return values.pnThreshold;
  }

  /**
   * The packet number at which a key of an XPN suite is replaced.
   *
   * @return 1..2^64 - 1, unsigned
   */
  public PacketNumber xpnThreshold() {
    return values.xpnThreshold;
  }

  /**
   * Whether the key server makes a new key when a live peer is gone and others remain.
   *
   * @return true when it does
   */
  public boolean rekeyOnPeerLoss() {
    return values.rekeyOnPeerLoss;
  }

  /**
   * The group address that MKPDUs are sent to; every group address is accepted.
   *
   * @return a group address
   */
  public MacAddress destination() {
    return values.destination;
  }

  /**
   * The EtherType of MKPDUs, sent and accepted.
   *
   * @return 0x0600..0xFFFF
   */
  public int etherType() {
    return values.etherType;
  }

  /**
   * The time between MKPDUs when nothing happens (MKA Hello Time).
   *
   * @return 100 ms..10 s
   */
  public Duration helloTime() {
    return values.helloTime;
  }

  /**
   * The time after which a silent peer is gone (MKA Life Time).
   *
   * @return at least two hello times, at most 60 s
   */
  public Duration lifeTime() {
    return values.lifeTime;
  }

  /**
   * The time for which the old key is still received after the new one is in use.
   *
   * @return 0..60 s
   */
  public Duration sakRetireTime() {
    return values.sakRetireTime;
  }

  /**
   * The port number of the SCI.
   *
   * @return 1..65534
   */
  public int sciPort() {
    return values.sciPort;
  }

  /**
   * The most peers, live and potential together.
   *
   * @return 1..250
   */
  public int maxPeers() {
    return values.maxPeers;
  }

  /**
   * The time after which the key server replaces a key.
   *
   * @return 30 s..65535 s; empty for never
   */
  public Optional<Duration> rekeyInterval() {
    return Optional.ofNullable(values.rekeyInterval);
  }

  /**
   * Whether this participant may become key server.
   *
   * @return the role
   */
  public KeyServerRole keyServerRole() {
    return values.keyServerRole;
  }

  /**
   * Which user frames may pass in clear while no SAK is in use.
   *
   * @return the policy
   */
  public AccessPolicy accessPolicy() {
    return values.accessPolicy;
  }

  /**
   * Whether peers are told, each 500 ms, below which packet number our frames are too old (802.1X
   * 9.10), so that nobody can hold a frame back for longer than two seconds. A peer that does the
   * same is always believed.
   *
   * @return true when they are
   */
  public boolean delayProtection() {
    return values.delayProtection;
  }

  /**
   * Whether an XPN set of zeros goes with the SAK Use set of a key without XPN, as some
   * implementations expect.
   *
   * @return true when it does
   */
  public boolean nullXpnSet() {
    return values.nullXpnSet;
  }

  /**
   * Whether a peer that says that it will be silent for a while, as during an upgrade of its
   * software, is kept for that time (in-service suspension, 802.1X 9.18).
   *
   * @return true when it is
   */
  public boolean suspendOnRequest() {
    return values.suspendOnRequest;
  }

  /**
   * Whether a group CAK that the key server hands out is taken into use by itself. Otherwise it is
   * only told as an event.
   *
   * @return true when it is
   */
  public boolean joinGroups() {
    return values.joinGroups;
  }

  /**
   * The times after which the first hellos after news follow while an answer is waited for, so that
   * a lost MKPDU costs a moment and not a whole hello time. After the last one it is the hello
   * time; as long as nobody is heard it is the MKA Bounded Hello Time of 0.5 s, if that is shorter,
   * unless there are no times here.
   *
   * @return at most 16 times of 10 ms..10 s
   */
  public List<Duration> helloRampUp() {
    return values.helloRampUp;
  }

  /**
   * The suites that the key server takes a live peer to have that announces none.
   *
   * @return suites of {@link #cipherSuites()}, at least one
   */
  public List<CipherSuite> assumedCipherSuites() {
    return values.assumedCipherSuites.isEmpty() ? values.cipherSuites : values.assumedCipherSuites;
  }

  /**
   * The key management domain that is announced (802.1X 12.6).
   *
   * @return 5..253 octets in UTF-8; empty for none
   */
  public Optional<String> kmd() {
    return Optional.ofNullable(values.kmd);
  }

  /**
   * The network identity that is announced (802.1X 10.1).
   *
   * @return 1..100 octets in UTF-8; empty for none
   */
  public Optional<String> nid() {
    return Optional.ofNullable(values.nid);
  }

  /**
   * The threshold for a suite.
   *
   * @param suite the suite
   * @return the packet number at which a key is replaced
   */
  public PacketNumber pnThreshold(CipherSuite suite) {
    return suite.isXpn() ? xpnThreshold() : pnThreshold();
  }

  /** The names of the keys and the suites; no key material. */
  @Override
  public String toString() {
    return "MKA " + values.keys + ", priority " + keyServerPriority() + ", " + cipherSuites();
  }
}
