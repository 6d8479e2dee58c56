package org.macsec4j.mka.runtime;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.ReplayProtection;
import org.macsec4j.SecyConfig;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaConfigBuilder;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.ScratchSecy;

/**
 * Which of the cipher suites and replay windows that a session may have the hardware takes. No
 * driver can be asked, so each is tried on a SecY that is made for it, before the session begins.
 *
 * <p>Where hardware is required the other suites are no suites of the session. Where it is
 * preferred they come last, and a key of such a suite, which another key server may insist on, is
 * software's.
 */
final class HardwareFit {
  private final MacsecBackend backend;
  private final String interfaceName;
  private final MkaConfig asked;
  private final SessionOptions options;
  private final List<MacsecException> refusals = new ArrayList<>();
  private final Set<CipherSuite> taken = EnumSet.noneOf(CipherSuite.class);
  private final MkaConfig config;

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

  /** Whether the session has suites for the hardware, and others that it leaves to software. */
  boolean isDivided() {
    return options.offload() == OffloadPolicy.PREFER
        && !taken.isEmpty()
        && taken.size() < config.cipherSuites().size();
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
    if (options.offload() == OffloadPolicy.REQUIRE) {
      throw refusal();
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

  /** What is refused for other reasons than what it is, as want of room, may do all the same. */
  private boolean takes(CipherSuite suite, ReplayProtection window) {
    SecyConfig trial =
        SessionSecy.config(interfaceName, asked, options).toBuilder()
            .cipherSuite(suite)
            .confidentialityOffset(SessionSecy.offset(asked, suite))
            .replayProtection(window)
            .offload(OffloadPolicy.REQUIRE)
            .build();
    try {
      return ScratchSecy.with(backend, trial, scratch -> true);
    } catch (MacsecException e) {
      refusals.add(e);
      return e.kind() != Kind.UNSUPPORTED && e.kind() != Kind.INVALID;
    }
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
