package org.macsec4j;

/** What a receive SA counts (IEEE 802.1AE 10.7.9). */
public enum ReceiveSaCounter implements Counter {
  /** Frames that were valid and in the window. */
  IN_PKTS_OK,
  /** Frames that failed validation and were delivered, as validation is not strict. */
  IN_PKTS_INVALID,
  /** Frames that failed validation and were discarded. */
  IN_PKTS_NOT_VALID,
  /** Frames discarded as this SA is not in use. */
  IN_PKTS_NOT_USING_SA,
  /** Frames delivered although this SA is not in use, as validation is not strict. */
  IN_PKTS_UNUSED_SA;

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
