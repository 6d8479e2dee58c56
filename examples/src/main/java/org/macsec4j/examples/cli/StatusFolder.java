package org.macsec4j.examples.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.macsec4j.Sci;
import org.macsec4j.examples.openconfig.MkaLeaves;
import org.macsec4j.mka.MkaCounters;
import org.macsec4j.mka.MkaStatus;

/**
 * Where {@code macsec run} leaves what MKA knows, and {@code macsec show} finds it: a file for each
 * SecY, whose first line is for programs, whose second line has the counters of {@link MkaLeaves},
 * and whose other lines are for people. A file is replaced as a whole, so nobody reads half of one.
 *
 * <p>Its name is of the SCI, which no two SecYs of a machine have in whatever network namespaces.
 */
final class StatusFolder {
  static final Path USUAL = Path.of("/run/macsec4j");

  private static final String SUFFIX = ".mka";
  private static final char ASSIGN = '=';
  private static final int MAX_OCTETS = 1 << 20;
  private static final Duration OLD = Duration.ofSeconds(20);

  private final Path folder;
  private final Clock clock;

  /** What was said of a SecY. */
  record Said(String json, Map<String, Long> leaves, String text, Duration age) {
    /** Whether it is older than it is when a process leaves it that goes on. */
    boolean isOld() {
      return age.compareTo(OLD) > 0;
    }
  }

  StatusFolder(Path folder) {
    this(folder, Clock.systemUTC());
  }

  StatusFolder(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  private Path file(Sci sci) {
    return folder.resolve(sci.toHex() + SUFFIX);
  }

  /**
   * Says what MKA knows now.
   *
   * @throws IOException when it cannot be written; what was said before may stand
   */
  void say(Sci sci, MkaStatus status) throws IOException {
    Files.createDirectories(folder);
    Path whole = Files.createTempFile(folder, "new", ".tmp");
    try {
      Files.writeString(
          whole,
          String.join("\n", MkaJson.of(status), leaves(status.counters()), MkaText.of(status)));
      // It holds no secret, and show needs no privilege.
      whole.toFile().setReadable(true, false);
      Files.move(
          whole, file(sci), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /** Takes back what was said of a SecY that is ended. */
  void forget(Sci sci) throws IOException {
    Files.deleteIfExists(file(sci));
  }

  /** What was said last of a SecY; empty when nobody said anything that can be read. */
  Optional<Said> about(Sci sci) {
    Path file = file(sci);
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_OCTETS) {
        return Optional.empty();
      }
      Instant at = Files.getLastModifiedTime(file).toInstant();
      String whole = Files.readString(file, StandardCharsets.UTF_8);
      String[] parts = whole.split("\n", 3);
      if (parts.length < 3 || !parts[0].startsWith("{") || !parts[0].endsWith("}")) {
        return Optional.empty();
      }
      Duration age = Duration.between(at, clock.instant());
      return Optional.of(new Said(parts[0], leaves(parts[1]), parts[2], age));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String leaves(MkaCounters counters) {
    return MkaLeaves.of(counters).entrySet().stream()
        .map(leaf -> leaf.getKey() + ASSIGN + leaf.getValue())
        .collect(Collectors.joining(" "));
  }

  private static Map<String, Long> leaves(String line) {
    Map<String, Long> leaves = new LinkedHashMap<>();
    for (String leaf : line.split(" ", -1)) {
      int assign = leaf.indexOf(ASSIGN);
      if (assign > 0) {
        leaves.put(leaf.substring(0, assign), Long.parseLong(leaf.substring(assign + 1)));
      }
    }
    return leaves;
  }
}
