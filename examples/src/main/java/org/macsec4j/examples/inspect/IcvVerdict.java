package org.macsec4j.examples.inspect;

/** What became of the ICV of an MKPDU. */
enum IcvVerdict {
  /** It holds under a CAK that was given for this CKN. */
  OK("ok"),
  /** It holds under none of the CAKs that were given for this CKN. */
  BAD("bad"),
  /** No CAK was given for this CKN. */
  UNCHECKED("unchecked");

  private final String word;

  IcvVerdict(String word) {
    this.word = word;
  }

  /** The word of the report. */
  @Override
  public String toString() {
    return word;
  }
}
