package org.macsec4j.examples.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a file apart. The two grammars differ in how a section begins and ends alone, so one reader
 * does for both: a name in brackets, or a name before an opening brace, and a brace that closes.
 */
final class Sections {
  private final List<String> problems;
  private final boolean repeats;
  private final List<Section> sections = new ArrayList<>();
  private Section current = new Section("", 0, new ArrayList<>());
  private boolean inBraces;

  private Sections(List<String> problems, boolean repeats) {
    this.problems = problems;
    this.repeats = repeats;
    sections.add(current);
  }

  /** All sections, the first being what stands before any name; what is wrong goes to problems. */
  static List<Section> of(List<String> lines, List<String> problems) {
    return read(lines, new Sections(problems, false));
  }

  /** The same of a file in which a setting may be there several times. */
  static List<Section> withRepeats(List<String> lines, List<String> problems) {
    return read(lines, new Sections(problems, true));
  }

  private static List<Section> read(List<String> lines, Sections reader) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != ';') {
        reader.line(line, i + 1);
      }
    }
    if (reader.inBraces) {
      reader.problems.add("line " + reader.current.line() + ": the block is never closed by a }");
    }
    return List.copyOf(reader.sections);
  }

  private void line(String line, int number) {
    int equals = line.indexOf('=');
    if (!inBraces && line.startsWith("[") && line.endsWith("]")) {
      begin(line.substring(1, line.length() - 1).strip(), number);
    } else if (inBraces && line.equals("}")) {
      inBraces = false;
      current = sections.get(0);
    } else if (equals > 0 && line.substring(equals + 1).strip().equals("{")) {
      if (inBraces) {
        problems.add("line " + number + ": a block within a block");
      }
      begin(line.substring(0, equals).strip(), number);
      inBraces = true;
    } else if (equals > 0) {
      setting(line, equals, number);
    } else {
      // Not repeated: it may be a key that was torn off.
      problems.add("line " + number + ": want NAME = VALUE");
    }
  }

  private void begin(String name, int number) {
    current = new Section(name, number, new ArrayList<>());
    sections.add(current);
  }

  private void setting(String line, int equals, int number) {
    String name = line.substring(0, equals).strip();
    if (!repeats && current.entry(name).isPresent()) {
      problems.add("line " + number + ": " + name + " is set twice");
      return;
    }
    current.entries().add(new Section.Entry(name, line.substring(equals + 1).strip(), number));
  }
}
