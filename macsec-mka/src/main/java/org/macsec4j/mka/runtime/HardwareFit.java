package org.macsec4j.mka.runtime;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacAddress;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaConfigBuilder;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.ScratchSecy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the cipher suites and replay windows that a session may have the hardware takes. No
 * driver can be asked, so each is tried on a SecY that is made for it, with keys that are used for
 * nothing, before the session begins. Only what was seen to work counts.
 *
 * <p>Where hardware is required the other suites are no suites of the session. Where it is
 * preferred they come last, and a key of such a suite, which another key server may insist on, is
 * software's.
 */
final class HardwareFit {
  private static final Logger LOG = LoggerFactory.getLogger(HardwareFit.class);
  private static final int LOCAL_UNICAST = 0x02;

  private final MacsecBackend backend;
  private final String interfaceName;
  private final MkaConfig asked;
  private SessionOptions options;
  private final List<MacsecException> refusals = new ArrayList<>();
  private final Set<CipherSuite> taken = EnumSet.noneOf(CipherSuite.class);
  private final MkaConfig config;

  /** Whether hardware takes SecYs, but none of their keys. */
  private boolean takesNoKey;

  /**
   * Tries them, when hardware is wanted.
   *
   * @throws MacsecException when it is required and takes none of them
   */
  HardwareFit(
      MacsecBackend backend, String interfaceName, MkaConfig asked, SessionOptions options) {
    this.backend = backend;
    this.interfaceName = interfaceName;
    this.asked = asked;
    this.options = options;
    this.config = options.offload() == OffloadPolicy.OFF ? asked : fit();
  }

  /** What was asked for, as it fits the hardware; as it was when nothing of it does. */
  MkaConfig config() {
    return config;
  }

  /** The options, without hardware where it would take the SecY and none of its keys. */
  SessionOptions options() {
    return options;
  }

  /** Whether the session was made to do without hardware. */
  boolean isLeftToSoftware() {
    return takesNoKey;
  }

  /** Whether software does what the hardware does not. */
  boolean isPreferred() {
    return options.offload() == OffloadPolicy.PREFER;
  }

  boolean takes(CipherSuite suite) {
    return taken.contains(suite);
  }

  /** Whether it is refused for what it is, and not for want of room or the like. */
  static boolean isRefusal(MacsecException cause) {
    return cause.kind() == Kind.UNSUPPORTED || cause.kind() == Kind.INVALID;
  }

  private MkaConfig fit() {
    for (ReplayProtection window : windows()) {
      asked.cipherSuites().stream().filter(suite -> takes(suite, window)).forEach(taken::add);
      if (!taken.isEmpty()) {
        return fitted(window);
      }
    }
    // What hardware without room would take is not known: then all is as it was asked for.
    boolean known = refusals.stream().allMatch(HardwareFit::isRefusal);
    if (options.offload() == OffloadPolicy.REQUIRE && known) {
      throw refusal();
    }
    if (takesNoKey && known) {
      LOG.warn("software protects {}: {}", interfaceName, refusal().getMessage());
      options = options.withOffload(OffloadPolicy.OFF);
    } else {
      takesNoKey = false;
    }
    return asked;
  }

  /** A window is no matter where late frames pass. */
  private List<ReplayProtection> windows() {
    LongStream others =
        asked.replayProtection().enabled()
            ? options.offloadReplayWindows().stream().mapToLong(Integer::longValue)
            : LongStream.empty();
    List<ReplayProtection> windows = new ArrayList<>(List.of(asked.replayProtection()));
    others.mapToObj(ReplayProtection::window).forEach(windows::add);
    return windows;
  }

  private boolean takes(CipherSuite suite, ReplayProtection window) {
    SecyConfig.Builder trial =
        SessionSecy.config(interfaceName, asked, options).toBuilder()
            .cipherSuite(suite)
            .confidentialityOffset(SessionSecy.offset(asked, suite))
            .replayProtection(window);
    options
        .offloadMode()
        .ifPresentOrElse(
            place -> trial.offload(OffloadPolicy.REQUIRE, place),
            () -> trial.offload(OffloadPolicy.REQUIRE));
    try {
      return ScratchSecy.with(backend, trial.build(), scratch -> holdsKeys(scratch, suite));
    } catch (MacsecException e) {
      refusals.add(e);
      return false;
    }
  }

  /** There are drivers that look at the settings of a SecY no sooner than it gets a key. */
  private boolean holdsKeys(SecyId scratch, CipherSuite suite) {
    RandomGenerator random = backend.randomness().orElseGet(SecureRandom::new);
    Sci peer = new Sci(MacAddress.of(octets(random, MacAddress.LENGTH), 0), 1);
    SecureAssociationKey key = key(random, suite);
    try {
      TransmitSa.Builder transmit =
          TransmitSa.builder(AssociationNumber.AN_0, key).nextPn(PacketNumber.FIRST);
      ReceiveSa.Builder receive =
          ReceiveSa.builder(AssociationNumber.AN_0, key).lowestPn(PacketNumber.FIRST);
      if (suite.isXpn()) {
        transmit.ssci(Ssci.of(1));
        receive.ssci(Ssci.of(2));
      }
      for (SecyCommand command :
          List.of(
              new SecyCommand.InstallTransmitSa(transmit.build()),
              new SecyCommand.CreateReceiveSc(peer),
              new SecyCommand.InstallReceiveSa(peer, receive.build()))) {
        backend.apply(scratch, command).orThrow();
      }
      takesNoKey = false;
      return true;
    } catch (MacsecException e) {
      takesNoKey = true;
      throw e;
    } finally {
      key.destroy();
    }
  }

  private static SecureAssociationKey key(RandomGenerator random, CipherSuite suite) {
    byte[] octets = octets(random, suite.keyLength());
    KeyIdentifier name = KeyIdentifier.of(octets(random, KeyIdentifier.LENGTH));
    try {
      return suite.isXpn()
          ? SecureAssociationKey.ofXpn(name, octets, Salt.of(octets(random, Salt.LENGTH)))
          : SecureAssociationKey.of(name, octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** As a unicast address they are one that nobody gave out. */
  private static byte[] octets(RandomGenerator random, int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    octets[0] = (byte) ((octets[0] & ~1) | LOCAL_UNICAST);
    return octets;
  }

  private MkaConfig fitted(ReplayProtection window) {
    List<CipherSuite> suites = new ArrayList<>(asked.cipherSuites());
    suites.removeIf(suite -> !taken.contains(suite));
    MkaConfigBuilder fitted = asked.toBuilder().replayProtection(window);
    if (options.offload() == OffloadPolicy.REQUIRE) {
      List<CipherSuite> assumed = new ArrayList<>(asked.assumedCipherSuites());
      assumed.retainAll(taken);
      fitted.assumedCipherSuites(assumed.toArray(CipherSuite[]::new));
    } else {
      asked.cipherSuites().stream().filter(suite -> !taken.contains(suite)).forEach(suites::add);
    }
    return fitted.cipherSuites(suites.toArray(CipherSuite[]::new)).build();
  }

  private MacsecException refusal() {
    String reasons =
        refusals.stream()
            .map(refusal -> ScratchSecy.withoutName(String.valueOf(refusal.getMessage())))
            .distinct()
            .collect(Collectors.joining("; "));
    return new MacsecException(refusals.get(0).kind(), reasons, refusals.get(0));
  }
}
