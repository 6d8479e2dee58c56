package org.macsec4j.mka;

/** What passes the controlled port: the connect state of the logon process (IEEE 802.1X 12.5). */
public enum ControlledPortState {
  /** Nothing: the port is disabled, or has no key to send with. */
  PENDING,
  /** Frames in clear, although no peer is live. */
  UNAUTHENTICATED,
  /** Frames in clear, between members that proved to each other that they have the CAK. */
  AUTHENTICATED,
  /** Frames protected with an agreed key. */
  SECURE
}
