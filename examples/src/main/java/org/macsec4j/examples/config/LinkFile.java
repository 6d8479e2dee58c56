package org.macsec4j.examples.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.mka.SecretFile;

/**
 * A file that says which links are to be secured, and how.
 *
 * @param format the format, told by what is in it
 * @param links the links that MKA secures
 * @param staticLinks the links with static keys; of both kinds together there is at least one
 * @param notes settings that mean nothing here, each with its line and the reason
 */
public record LinkFile(
    Format format, List<Link> links, List<StaticLink> staticLinks, List<String> notes) {
  private static final long MAX_OCTETS = 1 << 20;

  /**
   * Reads a file.
   *
   * @param file the file; one with keys in it must be its owner's alone
   * @param interfaceName the interface, for a format that does not name it, or names it in another
   *     file; null when none is given
   * @return what it asks for
   * @throws InvalidConfigurationException with all that is wrong, each with its line
   */
  public static LinkFile read(Path file, @Nullable String interfaceName) {
    Format.Reading reading = new Format.Reading(file, interfaceName);
    List<Section> sections = Sections.of(lines(file), reading.problems());
    Optional<Format> format = Format.of(sections);
    if (format.isEmpty()) {
      reading
          .problems()
          .add(
              "it is neither a file of macsec ([eth0]), nor a wpa_supplicant.conf (network={), nor"
                  + " a keyfile of NetworkManager ([connection]), nor a .netdev file ([NetDev])");
      throw refused(file, reading.problems());
    }
    List<Link> links = format.get().read(sections, reading);
    if (reading.holdsKeys()) {
      openToOthers(file).ifPresent(reading.problems()::add);
    }
    if (!reading.problems().isEmpty()) {
      throw refused(file, reading.problems());
    }
    return new LinkFile(format.get(), links, reading.staticLinks(), List.copyOf(reading.notes()));
  }

  private static InvalidConfigurationException refused(Path file, List<String> problems) {
    return new InvalidConfigurationException(file.toString(), problems);
  }

  private static List<String> lines(Path file) {
    try {
      if (Files.size(file) > MAX_OCTETS) {
        throw refused(file, List.of("it is too large to be a configuration"));
      }
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw refused(file, List.of("there is no such file"));
    } catch (MalformedInputException e) {
      throw refused(file, List.of("it is not a text file"));
    } catch (IOException e) {
      throw refused(file, List.of("it cannot be read: " + e));
    }
  }

  private static Optional<String> openToOthers(Path file) {
    try {
      return SecretFile.openToOthers(file).map(open -> "it has keys in it, and " + open);
    } catch (IOException e) {
      return Optional.of("its permissions cannot be read: " + e);
    }
  }
}
