package org.macsec4j.testkit.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs, here and in the guest, where an ordinary user's path may lack those of root. */
final class Programs {
  /** The path of the guest. */
  static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final List<Path> FOLDERS = Stream.of(PATH.split(":", -1)).map(Path::of).toList();

  private Programs() {}

  static Optional<Path> find(String name) {
    return FOLDERS.stream().map(f -> f.resolve(name)).filter(Files::isExecutable).findFirst();
  }
}
