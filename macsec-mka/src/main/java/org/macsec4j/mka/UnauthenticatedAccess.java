package org.macsec4j.mka;

/** When user frames may pass in clear although no peer proved that it has our CAK (802.1X 12.5). */
public enum UnauthenticatedAccess {
  /** Never. */
  NEVER,
  /** From the start, and whenever no peer is live. */
  IMMEDIATE,
  /** Once MKA failed: no peer was live for the MKA Life Time. */
  MKA_FAILURE
}
