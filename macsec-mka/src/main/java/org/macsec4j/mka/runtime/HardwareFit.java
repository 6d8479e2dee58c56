package org.macsec4j.mka.runtime;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.macsec4j.CipherSuite;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.ReplayProtection;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaConfigBuilder;
import org.macsec4j.spi.MacsecBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the cipher suites and replay windows that a session may have the hardware takes, by a
 * {@link HardwareTrial} of each before the session begins. Only what was seen to work counts.
 *
 * <p>Where hardware is required the other suites are no suites of the session. Where it is
 * preferred they come last, and a key of such a suite, which another key server may insist on, is
 * software's.
 */
final class HardwareFit {
  private static final Logger LOG = LoggerFactory.getLogger(HardwareFit.class);

  private final HardwareTrial trial;
  private final String interfaceName;
  private final MkaConfig asked;
  private SessionOptions options;
  private final Set<CipherSuite> taken = EnumSet.noneOf(CipherSuite.class);
  private final MkaConfig config;

  /** Whether hardware takes SecYs, but none of their keys. */
  private boolean leftToSoftware;

  /**
   * Tries them, when hardware is wanted.
   *
   * @throws org.macsec4j.MacsecException when it is required and takes none of them
   */
  HardwareFit(
      MacsecBackend backend, String interfaceName, MkaConfig asked, SessionOptions options) {
    this.trial = new HardwareTrial(backend);
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
    return leftToSoftware;
  }

  /** Whether software does what the hardware does not. */
  boolean isPreferred() {
    return options.offload() == OffloadPolicy.PREFER;
  }

  boolean takes(CipherSuite suite) {
    return taken.contains(suite);
  }

  private MkaConfig fit() {
    for (ReplayProtection window : windows()) {
      asked.cipherSuites().stream().filter(suite -> takes(suite, window)).forEach(taken::add);
      if (!taken.isEmpty()) {
        return fitted(window);
      }
    }
    // What hardware without room would take is not known: then all is as it was asked for.
    if (trial.isRefusedForWhatItIs()) {
      if (options.offload() == OffloadPolicy.REQUIRE) {
        throw trial.refusal();
      }
      if (trial.isRefusedWithKeysAlone()) {
        leftToSoftware = true;
        LOG.warn("software protects {}: {}", interfaceName, trial.refusal().getMessage());
        options = options.withOffload(OffloadPolicy.OFF);
      }
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
    SessionOptions onHardware = options.withOffload(OffloadPolicy.REQUIRE, options.offloadMode());
    return trial.takes(
        SessionSecy.config(interfaceName, asked, onHardware).toBuilder()
            .cipherSuite(suite)
            .confidentialityOffset(SessionSecy.offset(asked, suite))
            .replayProtection(window)
            .build());
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
}
