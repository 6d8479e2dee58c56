package org.macsec4j;

/** What a transmit SC counts (IEEE 802.1AE 10.7.18). */
public enum TransmitScCounter implements Counter {
  /** Frames sent with integrity protection only. */
  OUT_PKTS_PROTECTED,
  /** Frames sent encrypted. */
  OUT_PKTS_ENCRYPTED,
  /** Octets of user data in frames sent with integrity protection only. */
  OUT_OCTETS_PROTECTED,
  /** Octets of user data in frames sent encrypted. */
  OUT_OCTETS_ENCRYPTED;

  private final String standardName = Counter.spell(name());

  @Override
  public String standardName() {
    return standardName;
  }

  /** The standard's name. */
  @Override
  public String toString() {
    return standardName;
  }
}
