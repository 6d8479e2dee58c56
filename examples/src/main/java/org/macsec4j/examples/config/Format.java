package org.macsec4j.examples.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.InvalidConfigurationException;

/** A way to write down links. */
public enum Format {
  /** The {@code macsec} command's own: a section for each interface. */
  MACSEC,

  /** A network block of wpa_supplicant.conf with MKA options. */
  WPA_SUPPLICANT,

  /** A keyfile of NetworkManager, {@code .nmconnection}. */
  NETWORKMANAGER,

  /** A {@code .netdev} file of systemd-networkd, whose keys are static. */
  NETWORKD;

  private Grammar grammar() {
    return switch (this) {
      case MACSEC -> new MacsecFormat();
      case WPA_SUPPLICANT -> new WpaSupplicantFormat();
      case NETWORKMANAGER -> new NetworkManagerFormat();
      case NETWORKD -> new NetworkdFormat();
    };
  }

  /** How one format is read and written. */
  interface Grammar {
    /** Whether these sections are of this format. */
    boolean recognises(List<Section> sections);

    /** The links, as far as nothing is wrong; what is goes to the reading. */
    List<Link> read(List<Section> sections, Reading reading);

    /** The text of a file, with the key in it. */
    default String write(Link link) {
      throw new InvalidConfigurationException(
          link.interfaceName(),
          List.of(
              link.interfaceName()
                  + " has keys that MKA agrees on; systemd-networkd speaks no MKA, and has a word for"
                  + " static keys alone"));
    }

    /** The text of a file, with static keys in it. */
    default String write(StaticLink link) {
      List<String> problems = new ArrayList<>();
      problems.add(
          link.name()
              + " has static keys, for which the other format has no word: MKA makes its keys"
              + " itself. This is what is asked for, without the keys:");
      problems.addAll(link.lines());
      throw new InvalidConfigurationException(link.name(), problems);
    }
  }

  /** Which format these sections are of, when one can be told. */
  static Optional<Format> of(List<Section> sections) {
    for (Format format : List.of(WPA_SUPPLICANT, NETWORKMANAGER, NETWORKD)) {
      if (format.grammar().recognises(sections)) {
        return Optional.of(format);
      }
    }
    return MACSEC.grammar().recognises(sections) ? Optional.of(MACSEC) : Optional.empty();
  }

  List<Link> read(List<Section> sections, Reading reading) {
    return grammar().read(sections, reading);
  }

  /**
   * Writes a link as a file of this format, with the keys in it.
   *
   * @param link the link
   * @return the text, and what it cannot say
   * @throws InvalidConfigurationException when the format knows no MKA
   */
  public Written write(Link link) {
    String text = grammar().write(link);
    Reading again = new Reading(null, link.interfaceName());
    List<String> lines = text.lines().toList();
    List<Link> read = read(Sections.of(lines, again.problems()), again);
    if (!again.problems().isEmpty() || read.size() != 1) {
      return new Written(text, List.copyOf(again.problems()));
    }
    return new Written(text, link.differences(read.get(0)));
  }

  /**
   * Writes a link with static keys as a file of this format, with the keys in it.
   *
   * @param link the link
   * @return the text; nothing is lost
   * @throws InvalidConfigurationException when the format knows no static keys
   */
  public Written write(StaticLink link) {
    return new Written(grammar().write(link), List.of());
  }

  /**
   * A file, and the settings that are lost in it.
   *
   * @param text the file
   * @param lost what the format has no word for, each with its value; empty when nothing is lost
   */
  public record Written(String text, List<String> lost) {
    /** What is lost alone, as the text has keys in it. */
    @Override
    public String toString() {
      return "lost: " + lost;
    }
  }

  /** What comes out of reading besides the links. */
  static final class Reading {
    private final @Nullable Path file;
    private final @Nullable String interfaceName;
    private final List<StaticLink> staticLinks = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean holdsKeys;

    /** The file, if it is one, and the interface that was named beside it, if any. */
    Reading(@Nullable Path file, @Nullable String interfaceName) {
      this.file = file;
      this.interfaceName = interfaceName;
    }

    Optional<Path> file() {
      return Optional.ofNullable(file);
    }

    Optional<String> interfaceName() {
      return Optional.ofNullable(interfaceName);
    }

    /** A link with static keys, which is none of MKA's. */
    void found(StaticLink link) {
      staticLinks.add(link);
    }

    List<StaticLink> staticLinks() {
      return List.copyOf(staticLinks);
    }

    List<String> problems() {
      return problems;
    }

    List<String> notes() {
      return notes;
    }

    void problem(Section.Entry entry, String what) {
      problems.add(entry + ": " + Objects.requireNonNull(what));
    }

    void note(Section.Entry entry, String what) {
      notes.add(entry + ": " + what);
    }

    /** The file has keys in it, so it must be its owner's alone. */
    void keysWithin() {
      holdsKeys = true;
    }

    boolean holdsKeys() {
      return holdsKeys;
    }
  }
}
