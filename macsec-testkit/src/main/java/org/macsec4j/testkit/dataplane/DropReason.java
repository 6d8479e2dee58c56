package org.macsec4j.testkit.dataplane;

/**
 * Why a SecY did not send or deliver a frame: finer than the standard's counters, which count
 * several of these together and some not at all.
 */
public enum DropReason {
  /** The frame has no room for two addresses and an EtherType. */
  RUNT,
  /** The frame has no SecTAG, and validation is strict. */
  NO_TAG,
  /** The frame ends within its SecTAG. */
  TAG_TRUNCATED,
  /** The version bit of the TCI is set (802.1AE 9.12 c). */
  TAG_VERSION,
  /** The ES or SCB bit is set together with SC (802.1AE 9.12 d). */
  TAG_SCI_CONFLICT,
  /** The short length is above 47, or its two reserved bits are set (802.1AE 9.7, 9.12 e). */
  TAG_SHORT_LENGTH,
  /** The frame has not the length that its SecTAG tells (802.1AE 9.12 f to i). */
  TAG_LENGTH,
  /** The packet number is 0. */
  PACKET_NUMBER_ZERO,
  /** No receive channel has the frame's SCI, or the SCI is not known from the context. */
  UNKNOWN_SCI,
  /** The SA is not installed, or it or its channel is disabled. */
  SA_NOT_IN_USE,
  /** The packet number is below the lowest acceptable one. */
  LATE,
  /** The ICV is not that of the frame under the key of its SA. */
  NOT_VALID,
  /** The frame would be longer than the parent interface takes. */
  TOO_LONG,
  /** The SA that frames are sent with is not installed or not enabled, or its numbers are used. */
  NO_TRANSMIT_SA,
  /** The controlled port is disabled. */
  PORT_DISABLED,
  /** E is set and C is clear: the frame is the KaY's, not a user's (802.1AE 9.5). */
  RESERVED_FOR_KAY
}
