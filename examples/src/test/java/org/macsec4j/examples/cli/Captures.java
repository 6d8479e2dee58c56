package org.macsec4j.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The captures among the resources, with their keys and what is in them. */
final class Captures {
  private static final Path FOLDER = Path.of("src/test/resources/captures");
  private static final List<String> COUNTERS =
      List.of(
          "frames",
          "mkpdu",
          "icvOk",
          "icvBad",
          "icvUnchecked",
          "malformed",
          "saks",
          "macsec",
          "macsecOk",
          "macsecBad",
          "macsecNoKey");

  private Captures() {}

  /** A line of the manifest. */
  record Entry(String name, List<String> options, List<Long> counters) {
    Path file() {
      return Captures.file(name);
    }

    /** The summary line that has to come out. */
    String summary() {
      StringBuilder json = new StringBuilder("{\"type\":\"summary\"");
      for (int i = 0; i < COUNTERS.size(); i++) {
        json.append(",\"").append(COUNTERS.get(i)).append("\":").append(counters.get(i));
      }
      return json.append('}').toString();
    }

    String[] inspect(Path file, String... more) {
      List<String> args = new ArrayList<>(List.of("inspect", file.toString()));
      args.addAll(options);
      args.addAll(Arrays.asList(more));
      return args.toArray(String[]::new);
    }

    @Override
    public String toString() {
      return name + (options.size() > 4 ? ", " + options.size() / 2 + " keys" : "");
    }
  }

  static Path file(String name) {
    return FOLDER.resolve(name + ".pcap");
  }

  static Stream<Entry> all() {
    try {
      return Files.readAllLines(FOLDER.resolve("manifest.txt")).stream()
          .filter(line -> !line.startsWith("#"))
          .map(Captures::entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Entry named(String name) {
    return all().filter(entry -> entry.name().equals(name)).findFirst().orElseThrow();
  }

  private static Entry entry(String line) {
    String[] columns = line.split(" \\| ", -1);
    return new Entry(
        columns[0],
        List.of(columns[1].split(" ", -1)),
        Arrays.stream(columns[2].split(" ", -1)).map(Long::valueOf).toList());
  }

  static Stream<Path> files() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".pcap")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
