package org.macsec4j.examples.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.macsec4j.examples.config.Format.Reading;

/**
 * Which interface is below a device of a {@code .netdev} file: the one of the {@code .network} file
 * beside it that says {@code MACsec=} with the name of the device, unless it was named by hand.
 */
final class NetworkdParent {
  private static final String HINT = "; give the interface with --interface";

  private NetworkdParent() {}

  static Optional<String> of(String device, Reading reading) {
    if (reading.interfaceName().isPresent()) {
      return reading.interfaceName();
    }
    List<Path> naming = new ArrayList<>();
    List<List<Section>> contents = new ArrayList<>();
    for (Path file : networkFiles(reading)) {
      List<Section> sections = sections(file, reading);
      if (names(sections, device)) {
        naming.add(file);
        contents.add(sections);
      }
    }
    if (naming.size() != 1) {
      String found = naming.isEmpty() ? "no .network file beside it says" : "several files say";
      reading.problems().add(found + " MACsec=" + device + HINT);
      return Optional.empty();
    }
    return match(naming.get(0), contents.get(0), reading);
  }

  private static List<Path> networkFiles(Reading reading) {
    List<Path> files = new ArrayList<>();
    Optional<Path> folder = reading.file().map(file -> file.toAbsolutePath().getParent());
    if (folder.isPresent()) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.get(), "*.network")) {
        found.forEach(files::add);
      } catch (IOException e) {
        reading.problems().add("the .network files beside it cannot be listed: " + e);
      }
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }

  /** What is wrong in such a file is networkd's to say. */
  private static List<Section> sections(Path file, Reading reading) {
    try {
      return Sections.withRepeats(Files.readAllLines(file), new ArrayList<>());
    } catch (IOException e) {
      reading.problems().add(file + " beside it cannot be read: " + e);
      return List.of();
    }
  }

  private static boolean names(List<Section> sections, String device) {
    return sections.stream()
        .filter(section -> section.name().equals("Network"))
        .flatMap(section -> section.entries().stream())
        .anyMatch(entry -> entry.name().equals("MACsec") && entry.value().equals(device));
  }

  private static Optional<String> match(Path file, List<Section> sections, Reading reading) {
    List<Section.Entry> match =
        sections.stream()
            .filter(section -> section.name().equals("Match"))
            .flatMap(section -> section.entries().stream())
            .toList();
    boolean one = match.size() == 1 && match.get(0).name().equals("Name");
    if (!one || !match.get(0).value().matches("[^\\s/*?\\[\\]!%]{1,15}")) {
      String what = " names the interface otherwise than by [Match] with a Name alone";
      reading.problems().add(file + what + HINT);
      return Optional.empty();
    }
    String name = match.get(0).value();
    String what = " names the interface " + name + "; all else in it is networkd's";
    reading.notes().add(file.getFileName() + what);
    return Optional.of(name);
  }
}
