package org.macsec4j.mka.engine;

import org.jspecify.annotations.Nullable;
import org.macsec4j.SecyChange;
import org.macsec4j.ValidateFrames;

/**
 * How a SecY treats frames.
 *
 * @param frames whether it protects those that it sends
 * @param validate what it asks of those that it receives
 */
record Protection(boolean frames, ValidateFrames validate) {
  /** The same, but frames in clear are received beside protected ones. */
  Protection tolerant() {
    return validate == ValidateFrames.STRICT ? new Protection(frames, ValidateFrames.CHECK) : this;
  }

  /** The change that makes this of another one, or of one that is not known. */
  SecyChange changeFrom(@Nullable Protection other) {
    SecyChange.Builder change = SecyChange.builder();
    if (other == null || frames != other.frames) {
      change.protectFrames(frames);
    }
    if (other == null || validate != other.validate) {
      change.validateFrames(validate);
    }
    return change.build();
  }
}
