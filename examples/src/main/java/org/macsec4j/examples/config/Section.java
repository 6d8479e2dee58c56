package org.macsec4j.examples.config;

import java.util.List;
import java.util.Optional;

/**
 * A part of a file: of an INI file what stands below a name in brackets, of wpa_supplicant.conf a
 * block in braces.
 *
 * @param name the name; empty for what stands before the first one
 * @param line the number of the line with the name, from 1
 * @param entries the settings, in their order
 */
record Section(String name, int line, List<Entry> entries) {
  /**
   * A setting.
   *
   * @param name what stands before the equals sign
   * @param value what follows it, without blanks at its ends
   * @param line the number of the line, from 1
   */
  record Entry(String name, String value, int line) {
    /** Without the value, which may be a key. */
    @Override
    public String toString() {
      return "line " + line + ", " + name;
    }
  }

  Optional<Entry> entry(String wanted) {
    return entries.stream().filter(entry -> entry.name.equals(wanted)).findFirst();
  }
}
