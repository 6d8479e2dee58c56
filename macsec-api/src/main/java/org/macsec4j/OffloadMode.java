package org.macsec4j;

/** Who protects a SecY's frames, as observed. */
public enum OffloadMode {
  /** The host's software. */
  SOFTWARE,
  /** The PHY below the MAC. */
  PHY,
  /** The MAC of the network interface card. */
  MAC
}
