package org.macsec4j;

/** What a transmit SA counts (IEEE 802.1AE 10.7.18). */
public enum TransmitSaCounter implements Counter {
  /** Frames sent with integrity protection only. */
  OUT_PKTS_PROTECTED,
  /** Frames sent encrypted. */
  OUT_PKTS_ENCRYPTED;

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
