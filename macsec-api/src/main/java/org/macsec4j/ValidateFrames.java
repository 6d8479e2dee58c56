package org.macsec4j;

/** What a SecY does with frames that fail validation (IEEE 802.1AE 10.7.8). */
public enum ValidateFrames {
  /** No validation: the SecTAG and ICV of integrity-only frames are removed without a check. */
  DISABLED,
  /** Frames are validated and counted, and delivered all the same when they are readable. */
  CHECK,
  /** Only frames that validate are delivered. */
  STRICT
}
