package org.macsec4j.examples.cli;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacsecException;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.netlink.Readiness;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which SecYs of this machine a command is about, and how it prints them. */
final class LinuxOptions {
  private final Opening opening;

  @Parameters(
      arity = "0..1",
      paramLabel = "DEV",
      description = "the secured interface (default: all of them)")
  private @Nullable String device;

  @Option(
      names = {"-j", "--json"},
      description = "one JSON object a line, for programs")
  private boolean json;

  @Mixin private final NetnsOption netns = new NetnsOption();

  /** How a backend is opened: on the system, or in tests on a fake of it. */
  @FunctionalInterface
  interface Opening {
    LinuxBackend open(LinuxBackend.Builder builder);
  }

  LinuxOptions(Opening opening) {
    this.opening = opening;
  }

  /** On the system. */
  static LinuxBackend onThisSystem(LinuxBackend.Builder builder) {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")) {
      throw notHere();
    }
    try {
      return builder.open();
    } catch (LinkageError e) {
      throw notHere();
    }
  }

  Optional<String> device() {
    return Optional.ofNullable(device);
  }

  boolean json() {
    return json;
  }

  Optional<String> namespace() {
    return netns.name();
  }

  /** Whether an interface is the one that was asked for, or any was. */
  boolean isMeant(String name) {
    return device == null || device.equals(name);
  }

  /**
   * Opens the backend whatever this process may change: reading needs no privilege, while {@code
   * Macsec.open()} wants all of them.
   *
   * @throws MacsecException in one sentence, when the SecYs cannot even be read
   */
  LinuxBackend open() {
    return opening.open(netns.of(LinuxBackend.builder()));
  }

  private static MacsecException notHere() {
    return new MacsecException(
        MacsecException.Kind.UNAVAILABLE, "cannot read SecYs: " + Readiness.probe().detail());
  }
}
