package org.macsec4j.examples.inspect;

/** Where the findings of an inspection go, in the order of the file. */
interface Report {
  /**
   * The file has been read once.
   *
   * @param overview what is known of all of it
   */
  void begin(Overview overview);

  /**
   * A frame.
   *
   * @param finding what was found in it
   */
  void found(Finding finding);

  /**
   * The file has ended, or broken off.
   *
   * @param summary the counters
   */
  void end(Summary summary);
}
