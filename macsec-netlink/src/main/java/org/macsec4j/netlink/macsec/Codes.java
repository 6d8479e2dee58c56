package org.macsec4j.netlink.macsec;

import org.macsec4j.OffloadMode;
import org.macsec4j.ValidateFrames;
import org.macsec4j.netlink.wire.MalformedMessageException;

/** The kernel's numbers for a few words. */
final class Codes {
  private Codes() {}

  /** {@code MACSEC_VALIDATE_}. */
  static int of(ValidateFrames mode) {
    return switch (mode) {
      case DISABLED -> 0;
      case CHECK -> 1;
      case STRICT -> 2;
    };
  }

  static ValidateFrames validate(int code) {
    return switch (code) {
      case 0 -> ValidateFrames.DISABLED;
      case 1 -> ValidateFrames.CHECK;
      case 2 -> ValidateFrames.STRICT;
      default -> throw new MalformedMessageException("validation " + code + " is unknown");
    };
  }

  /** {@code MACSEC_OFFLOAD_}. */
  static int of(OffloadMode mode) {
    return switch (mode) {
      case SOFTWARE -> 0;
      case PHY -> 1;
      case MAC -> 2;
    };
  }

  static OffloadMode offload(int code) {
    return switch (code) {
      case 0 -> OffloadMode.SOFTWARE;
      case 1 -> OffloadMode.PHY;
      case 2 -> OffloadMode.MAC;
      default -> throw new MalformedMessageException("offload mode " + code + " is unknown");
    };
  }
}
