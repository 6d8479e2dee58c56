package org.macsec4j.mka;

/**
 * Why an EAPOL frame, or the key in it, was not used. Each is counted; none is an error of ours.
 */
public enum DropReason {
  /** The frame is EAPOL but not of type EAPOL-MKA. */
  NOT_MKA("not an MKPDU"),
  /** The octets are no MKPDU (IEEE 802.1X 11.11.2). */
  MALFORMED("malformed"),
  /** The destination is an individual address (11.11.2 a). */
  INDIVIDUAL_DESTINATION("individual destination address"),
  /** The name of the CAK is none of ours. */
  UNKNOWN_CKN("unknown CKN"),
  /** The name of the CAK is one of ours that is not valid yet, or not any more. */
  KEY_NOT_VALID("key that is not valid now"),
  /** The algorithm agility is not the standard's, so the ICV cannot be checked. */
  UNKNOWN_ALGORITHMS("unknown algorithm agility"),
  /** The ICV is wrong: the CAK differs, or the frame was changed. */
  ICV_FAILED("ICV check failed"),
  /** Our own MKPDU came back. */
  OWN_MKPDU("our own MKPDU"),
  /** Another participant claims our SCI. */
  OWN_SCI("another participant with our SCI"),
  /** Another participant has our member identifier; we take a new one. */
  OWN_MEMBER_IDENTIFIER("another participant with our member identifier"),
  /** Two other participants have the same member identifier. */
  MEMBER_IDENTIFIER_CLASH("member identifier of another peer"),
  /** The message number is not above the last one of this member. */
  REPLAYED("message number not above the last one"),
  /** Several devices claim one SCI, and another one of them is live. */
  SCI_CLASH("another device with the SCI of a live peer"),
  /** No room for one more peer. */
  TOO_MANY_PEERS("too many peers"),
  /** A SAK came from a participant that is not the key server, or not live. */
  SAK_NOT_FROM_KEY_SERVER("SAK from a participant that is not the live key server"),
  /** A SAK came in another CA than the one that decides, and that one works. */
  SAK_OF_OTHER_CA("SAK of a CA that does not decide"),
  /** A SAK came again that was in use before. */
  SAK_REUSED("SAK that was used before"),
  /** A SAK is for a cipher suite that is not known or not configured. */
  SAK_CIPHER_SUITE("SAK for a cipher suite that is not configured"),
  /** A SAK could not be unwrapped. */
  SAK_UNWRAP_FAILED("SAK that cannot be unwrapped"),
  /** The SSCIs of an XPN SAK cannot be told, as a member is not known here yet. */
  SAK_SSCI_UNKNOWN("XPN SAK with members that are not known yet"),
  /** A group CAK came from a participant that is not the key server, or not live. */
  CAK_NOT_FROM_KEY_SERVER("CAK from a participant that is not the live key server"),
  /** A group CAK could not be unwrapped. */
  CAK_UNWRAP_FAILED("CAK that cannot be unwrapped");

  private final String text;

  DropReason(String text) {
    this.text = text;
  }

  /** The reason in words. */
  @Override
  public String toString() {
    return text;
  }
}
