package org.macsec4j.examples.inspect;

/**
 * A capture file that cannot be read, or not further. Checked, because files are as often broken as
 * not; the message names the file, says what is wrong and where, and what to do when that is known.
 */
public final class CaptureException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long offset;

  CaptureException(String file, long offset, String problem) {
    super(file + ": " + problem);
    this.file = file;
    this.offset = offset;
  }

  CaptureException(String file, long offset, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
    this.file = file;
    this.offset = offset;
  }

  /**
   * The file.
   *
   * @return its name as the caller gave it
   */
  public String file() {
    return file;
  }

  /**
   * Where in the file it breaks.
   *
   * @return octets from its start; of a compressed file, octets of what it unpacks to
   */
  public long offset() {
    return offset;
  }
}
