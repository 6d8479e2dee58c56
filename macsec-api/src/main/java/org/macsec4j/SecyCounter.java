package org.macsec4j;

/** What a SecY counts beside its channels (IEEE 802.1AE 10.7.9, 10.7.18). */
public enum SecyCounter implements Counter {
  /** Frames received without a SecTAG and delivered, as validation is not strict. */
  IN_PKTS_UNTAGGED,
  /** Frames received without a SecTAG and discarded, as validation is strict. */
  IN_PKTS_NO_TAG,
  /** Frames discarded for an invalid SecTAG, a packet number of 0 or an invalid ICV length. */
  IN_PKTS_BAD_TAG,
  /** Frames of an unknown SCI that were delivered (InPktsNoSA of later editions). */
  IN_PKTS_UNKNOWN_SCI,
  /** Frames of an unknown SCI that were discarded (InPktsNoSAError of later editions). */
  IN_PKTS_NO_SCI,
  /** Frames discarded as the validation had no capacity left. */
  IN_PKTS_OVERRUN,
  /** Frames sent without a SecTAG, as protection is off. */
  OUT_PKTS_UNTAGGED,
  /** Frames not sent as they would be longer than the parent interface takes. */
  OUT_PKTS_TOO_LONG;

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
