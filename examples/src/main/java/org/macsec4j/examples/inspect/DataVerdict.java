package org.macsec4j.examples.inspect;

/** What became of a MACsec frame. */
enum DataVerdict {
  /** A key authenticates it. */
  OK("ok"),
  /** There are keys for its SCI and AN, and none authenticates it. */
  BAD("bad"),
  /** There is no key for its SCI and AN. */
  NO_KEY("no-key");

  private final String word;

  DataVerdict(String word) {
    this.word = word;
  }

  /** The word of the report. */
  @Override
  public String toString() {
    return word;
  }
}
