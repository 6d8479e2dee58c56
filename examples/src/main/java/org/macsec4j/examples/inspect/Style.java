package org.macsec4j.examples.inspect;

/** Colours of a terminal, or none. */
public enum Style {
  /** Plain text. */
  PLAIN,
  /** With ANSI escapes. */
  ANSI;

  private static final String ESCAPE = "\u001b[";

  String good(String text) {
    return wrap("32", text);
  }

  String bad(String text) {
    return wrap("31;1", text);
  }

  String strong(String text) {
    return wrap("1", text);
  }

  String faint(String text) {
    return wrap("2", text);
  }

  private String wrap(String code, String text) {
    return this == PLAIN || text.isEmpty() ? text : ESCAPE + code + "m" + text + ESCAPE + "0m";
  }
}
