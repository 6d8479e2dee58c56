package org.macsec4j.examples.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A way to write down links. */
public enum Format {
  /** The {@code macsec} command's own: a section for each interface. */
  MACSEC,

  /** A network block of wpa_supplicant.conf with MKA options. */
  WPA_SUPPLICANT,

  /** A keyfile of NetworkManager, {@code .nmconnection}. */
  NETWORKMANAGER;

  private Grammar grammar() {
    return switch (this) {
      case MACSEC -> new MacsecFormat();
      case WPA_SUPPLICANT -> new WpaSupplicantFormat();
      case NETWORKMANAGER -> new NetworkManagerFormat();
    };
  }

  /** How one format is read and written. */
  interface Grammar {
    /** Whether these sections are of this format. */
    boolean recognises(List<Section> sections);

    /** The links, as far as nothing is wrong; what is goes to the reading. */
    List<Link> read(List<Section> sections, Reading reading);

    /** The text of a file, with the key in it. */
    String write(Link link);
  }

  /** Which format these sections are of, when one can be told. */
  static Optional<Format> of(List<Section> sections) {
    for (Format format : List.of(WPA_SUPPLICANT, NETWORKMANAGER)) {
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
   */
  public Written write(Link link) {
    String text = grammar().write(link);
    Reading again = new Reading(link.interfaceName());
    List<String> lines = text.lines().toList();
    List<Link> read = read(Sections.of(lines, again.problems()), again);
    if (!again.problems().isEmpty() || read.size() != 1) {
      return new Written(text, List.copyOf(again.problems()));
    }
    return new Written(text, MacsecFormat.differences(link.mka(), read.get(0).mka()));
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
    private final @Nullable String interfaceName;
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean holdsKeys;

    /** The interface that was named beside the file, if any. */
    Reading(@Nullable String interfaceName) {
      this.interfaceName = interfaceName;
    }

    Optional<String> interfaceName() {
      return Optional.ofNullable(interfaceName);
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
