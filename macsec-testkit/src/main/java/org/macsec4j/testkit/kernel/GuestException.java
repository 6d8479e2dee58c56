package org.macsec4j.testkit.kernel;

/**
 * What was thrown in the guest and cannot be serialised: its text, its stack trace, and the same of
 * its cause and of what it suppressed.
 */
final class GuestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final int DEEPEST = 20;

  private GuestException(String text) {
    super(text);
  }

  static GuestException copyOf(Throwable thrown) {
    return copyOf(thrown, 0);
  }

  private static GuestException copyOf(Throwable thrown, int depth) {
    GuestException copy = new GuestException(thrown.toString());
    copy.setStackTrace(thrown.getStackTrace());
    // A cause may lead back to where it came from.
    if (depth < DEEPEST) {
      if (thrown.getCause() != null) {
        copy.initCause(copyOf(thrown.getCause(), depth + 1));
      }
      for (Throwable suppressed : thrown.getSuppressed()) {
        copy.addSuppressed(copyOf(suppressed, depth + 1));
      }
    }
    return copy;
  }

  @Override
  @SuppressWarnings("OverrideThrowableToString") // the name of this class would say nothing
  public String toString() {
    return String.valueOf(getMessage());
  }
}
