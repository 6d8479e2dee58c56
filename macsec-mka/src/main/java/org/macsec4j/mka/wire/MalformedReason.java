package org.macsec4j.mka.wire;

/** Why octets are no MKPDU, in the order in which a receiver finds out (IEEE 802.1X 11.11.2). */
public enum MalformedReason {
  /** The frame is longer than the decoder takes. */
  FRAME_TOO_LONG("the frame is longer than the limit"),
  /** The frame ends within its Ethernet or EAPOL header. */
  FRAME_TOO_SHORT("the frame ends within its header"),
  /** The EtherType is none of those that carry EAPOL here. */
  WRONG_ETHERTYPE("the EtherType is not EAPOL"),
  /** The EAPOL packet type is another than 5. */
  NOT_MKA("the EAPOL packet is not of type 5, EAPOL-MKA"),
  /** The destination is the address of a single station (11.11.2 a). */
  INDIVIDUAL_DESTINATION("the destination is an individual address"),
  /** The frame ends before the EAPOL packet body does. */
  BODY_TRUNCATED("the frame ends before the EAPOL packet body"),
  /** The MKPDU has fewer than 32 octets (11.11.2 b). */
  MKPDU_TOO_SHORT("the MKPDU has fewer than 32 octets"),
  /** The length of the MKPDU is no multiple of four octets (11.11.2 c). */
  MKPDU_NOT_ALIGNED("the length of the MKPDU is no multiple of 4"),
  /** The basic parameter set's length leaves no CKN of 1 to 32 octets (11.11.2 d). */
  BASIC_SET_LENGTH("the basic parameter set has no length of 29 to 60"),
  /** The basic parameter set and the ICV do not fit into the MKPDU (11.11.2 d). */
  BASIC_SET_OVERRUN("the basic parameter set and the ICV do not fit into the MKPDU"),
  /** A parameter set reaches into the ICV or beyond. */
  SET_OVERRUN("a parameter set reaches beyond the MKPDU"),
  /** More parameter sets than the decoder takes. */
  TOO_MANY_SETS("more parameter sets than the limit"),
  /** More peers in a list than the decoder takes. */
  TOO_MANY_PEERS("more peers in a list than the limit"),
  /** A peer list is no multiple of sixteen octets. */
  PEER_LIST_LENGTH("a peer list has a length that is no multiple of 16"),
  /** A MACsec SAK Use set has neither 0 nor 40 octets. */
  SAK_USE_LENGTH("a MACsec SAK Use set has a length other than 0 or 40"),
  /** A Distributed SAK set has a length that holds no key and is not 0. */
  DISTRIBUTED_SAK_LENGTH("a Distributed SAK set has a length other than 0, 28 or 36 and more"),
  /** A Distributed CAK set is too short for a key and a name, or too long. */
  DISTRIBUTED_CAK_LENGTH("a Distributed CAK set has no length of 25 to 72"),
  /** An XPN set has another length than 8. */
  XPN_LENGTH("an XPN set has a length other than 8"),
  /** The ICV indicator announces an ICV other than the last sixteen octets. */
  ICV_INDICATOR("the ICV indicator does not announce the last 16 octets");

  private final String text;

  MalformedReason(String text) {
    this.text = text;
  }

  /** The reason in words. */
  @Override
  public String toString() {
    return text;
  }
}
