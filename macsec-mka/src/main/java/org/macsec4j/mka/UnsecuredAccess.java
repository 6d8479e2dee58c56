package org.macsec4j.mka;

/** When user frames may pass in clear between members that agree on a CAK (802.1X 12.5). */
public enum UnsecuredAccess {
  /** Never. */
  NEVER,
  /** As soon as a peer is live, until a SAK is in use. */
  IMMEDIATE,
  /** Once a peer is live and no SAK came into use within the MKA Life Time. */
  MKA_FAILURE,
  /** When the key server, which may be this member, decides that MACsec is not used. */
  KEY_SERVER
}
