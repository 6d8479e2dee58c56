package org.macsec4j;

/** What a receive SC counts (IEEE 802.1AE 10.7.9). */
public enum ReceiveScCounter implements Counter {
  /** Frames delivered without a check, as validation is disabled or failed with strict off. */
  IN_PKTS_UNCHECKED,
  /** Frames older than the replay window, delivered as replay protection is off. */
  IN_PKTS_DELAYED,
  /** Frames older than the replay window, discarded. */
  IN_PKTS_LATE,
  /** Frames that were valid and in the window. */
  IN_PKTS_OK,
  /** Frames that failed validation and were delivered, as validation is not strict. */
  IN_PKTS_INVALID,
  /** Frames that failed validation and were discarded. */
  IN_PKTS_NOT_VALID,
  /** Frames discarded as their SA is not in use. */
  IN_PKTS_NOT_USING_SA,
  /** Frames delivered although their SA is not in use, as validation is not strict. */
  IN_PKTS_UNUSED_SA,
  /** Octets of user data recovered from frames with integrity protection only. */
  IN_OCTETS_VALIDATED,
  /** Octets of user data recovered from encrypted frames. */
  IN_OCTETS_DECRYPTED;

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
