package org.macsec4j.testkit.kernel;

/** The guest itself failed: it did not start, died, or took too long. */
final class GuestFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  GuestFailure(String reason) {
    super(reason);
  }
}
