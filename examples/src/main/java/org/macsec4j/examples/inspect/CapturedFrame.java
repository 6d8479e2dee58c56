package org.macsec4j.examples.inspect;

/**
 * A frame of a capture.
 *
 * @param number its place in the file, from 1, as other tools count
 * @param timeNanos when it was seen, in nanoseconds since 1970; {@link #NO_TIME} when the file does
 *     not say
 * @param interfaceName the interface it was seen on; empty when the file does not say
 * @param linkType the link-layer type; {@link #ETHERNET} for all that are looked into
 * @param octets what was captured, without the frame check sequence; not copied, as nobody else
 *     holds it
 * @param originalLength the octets that it had on the link, again without frame check sequence
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between reader and inspection, never compared
public record CapturedFrame(
    long number,
    long timeNanos,
    String interfaceName,
    int linkType,
    byte[] octets,
    int originalLength) {
  /** The time of a frame whose file tells none. */
  public static final long NO_TIME = Long.MIN_VALUE;

  /** The link-layer type of Ethernet. */
  public static final int ETHERNET = 1;

  /**
   * Whether the capture holds only the beginning of the frame, so that no ICV can be verified.
   *
   * @return true when octets are missing
   */
  public boolean isCut() {
    return octets.length < originalLength;
  }
}
