package org.macsec4j;

/** Whether a SecY's frames are protected by hardware. */
public enum OffloadPolicy {
  /** By software, always. */
  OFF,
  /** By hardware when it can, otherwise by software. */
  PREFER,
  /** By hardware, or the SecY is not made. */
  REQUIRE
}
