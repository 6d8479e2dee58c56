package org.macsec4j.mka;

/** When an MKPDU announces its ICV by an ICV indicator set (IEEE 802.1X 11.11). */
public enum IcvIndicatorPolicy {
  /** Never, as an ICV of 16 octets needs no announcement. */
  ONLY_WHEN_NEEDED,
  /** In each MKPDU, as some switches ask for it. */
  ALWAYS
}
