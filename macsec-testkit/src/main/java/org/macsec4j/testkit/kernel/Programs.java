package org.macsec4j.testkit.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs, here and in the guest, where an ordinary user's path may lack those of root. */
final class Programs {
  /** The path of the guest. */
  static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final List<Path> FOLDERS = Stream.of(PATH.split(":", -1)).map(Path::of).toList();

  /** Where the programs are from that tests of kernels and peers call. */
  private static final Map<String, String> PACKAGES =
      Map.of(
          "ip", "iproute2",
          "tc", "iproute2",
          "ping", "iputils-ping",
          "insmod", "kmod",
          "modprobe", "kmod",
          "wpa_supplicant", "wpasupplicant");

  private Programs() {}

  static Optional<Path> find(String name) {
    return FOLDERS.stream().map(f -> f.resolve(name)).filter(Files::isExecutable).findFirst();
  }

  /** The Debian package that has a program; empty when it is not known here. */
  static Optional<String> debianPackage(String name) {
    return Optional.ofNullable(PACKAGES.get(name));
  }
}
