package org.macsec4j.mka;

import org.macsec4j.ConfidentialityOffset;

/** What a participant's SecY can do, as its MKPDUs say (IEEE 802.1X table 11-6). */
public enum MacsecCapability {
  /** MACsec is not implemented. */
  NONE(0),
  /** Integrity without confidentiality. */
  INTEGRITY(1),
  /** Integrity, and confidentiality of the whole user data. */
  CONFIDENTIALITY_OFFSET_0(2),
  /** Integrity, and confidentiality with an offset of 0, 30 or 50 octets. */
  CONFIDENTIALITY_OFFSET_0_30_50(3);

  private final int code;

  MacsecCapability(int code) {
    this.code = code;
  }

  /**
   * The capability of a code.
   *
   * @param code 0..3
   * @return the capability
   * @throws IllegalArgumentException outside of 0..3
   */
  public static MacsecCapability ofCode(int code) {
    return switch (code) {
      case 0 -> NONE;
      case 1 -> INTEGRITY;
      case 2 -> CONFIDENTIALITY_OFFSET_0;
      case 3 -> CONFIDENTIALITY_OFFSET_0_30_50;
      default ->
          throw new IllegalArgumentException("a MACsec capability code is 0..3, not " + code);
    };
  }

  /**
   * The code on the wire.
   *
   * @return 0..3
   */
  public int code() {
    return code;
  }

  /**
   * Whether frames can be protected in the given way.
   *
   * @param offset the confidentiality offset
   * @return true when a SecY of this capability can do it
   */
  public boolean supports(ConfidentialityOffset offset) {
    return switch (offset) {
      case NO_CONFIDENTIALITY -> this != NONE;
      case OFFSET_0 -> this == CONFIDENTIALITY_OFFSET_0 || this == CONFIDENTIALITY_OFFSET_0_30_50;
      case OFFSET_30, OFFSET_50 -> this == CONFIDENTIALITY_OFFSET_0_30_50;
    };
  }
}
