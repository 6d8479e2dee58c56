package org.macsec4j.examples.inspect;

import org.jspecify.annotations.Nullable;

/** One capture format, opened. */
interface FrameSource {
  /**
   * The next frame.
   *
   * @return null at the end of the file
   * @throws CaptureException when the file breaks here
   */
  @Nullable CapturedFrame next() throws CaptureException;

  /** What kind of file this is, in a word or two. */
  String format();
}
