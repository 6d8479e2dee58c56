package org.macsec4j.examples.inspect;

/** Text from a file or a peer, made fit for a terminal. */
final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  /** The text without control characters, which could rewrite what the user sees. */
  static String of(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && out.length() < LONGEST; i++) {
      char c = text.charAt(i);
      out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\uFFFD' : c);
    }
    return out.toString();
  }
}
