package org.macsec4j.testkit.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kernels that tests can ask for.
 *
 * <p>The system property {@code macsec4j.kernel.6.1} or {@code macsec4j.kernel.6.12} names another
 * User-Mode Linux binary of that series.
 */
public enum Kernel {
  /**
   * Linux 6.1 of Debian's package {@code user-mode-linux}. MACsec, bridges, netem and the rest are
   * modules and loaded before the tests; it has no netdevsim and no time travel.
   */
  DEBIAN_6_1("6.1", "install it: sudo apt-get install user-mode-linux (of Debian 12)"),

  /**
   * Linux 6.12, built once by {@code .ci/build-guest-kernel} of macsec4j's sources into the user's
   * cache folder; has netdevsim and time travel.
   */
  V6_12("6.12", "build it: .ci/build-guest-kernel in the sources of macsec4j");

  private static final String PROPERTY = "macsec4j.kernel.";

  private final String series;
  private final String remedy;

  Kernel(String series, String remedy) {
    this.series = series;
    this.remedy = remedy;
  }

  /**
   * How {@code uname -r} begins in the guest.
   *
   * @return such as {@code 6.12}
   */
  public String series() {
    return series;
  }

  /**
   * Whether {@link OnLinuxKernel#timeTravel()} can be asked of it.
   *
   * @return true when its clock can jump
   */
  public boolean canTravelInTime() {
    return this == V6_12;
  }

  /** Where its binary is; looked for each time, as it may come while a build runs. */
  Path binary() {
    String given = System.getProperty(PROPERTY + series);
    if (given != null) {
      return Path.of(given);
    }
    return this == DEBIAN_6_1
        ? Programs.find("linux.uml").orElse(Path.of("/usr/bin/linux.uml"))
        : cache().resolve("macsec4j/guest-kernel/linux-6.12");
  }

  /** Why it cannot be booted here, with what to do about it; empty when it can. */
  Optional<String> absence() {
    Path binary = binary();
    if (!Files.isExecutable(binary)) {
      return Optional.of(
          "the guest kernel %s is not at %s; %s".formatted(series, binary, remedy()));
    }
    String release = release(binary);
    if (release == null || !release.startsWith(series + ".")) {
      return Optional.of(
          "%s is no User-Mode Linux %s but says '%s'; %s"
              .formatted(binary, series, release, remedy()));
    }
    return Optional.empty();
  }

  private String remedy() {
    return remedy + ", or name another one with -D" + PROPERTY + series + "=<binary>";
  }

  private static Path cache() {
    String given = System.getenv("XDG_CACHE_HOME");
    return given != null && !given.isEmpty()
        ? Path.of(given)
        : Path.of(System.getProperty("user.home"), ".cache");
  }

  /** What the binary says of itself; null when it cannot be started. */
  private static @Nullable String release(Path binary) {
    try {
      Process process =
          new ProcessBuilder(binary.toString(), "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      try (Stream<String> lines = said.lines()) {
        return lines.reduce((first, last) -> last).orElse("");
      }
    } catch (IOException e) {
      return null;
    }
  }
}
