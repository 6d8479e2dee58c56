package org.macsec4j.netlink.wire;

/** Octets that are no netlink message, or an attribute that has not the form it must have. */
public final class MalformedMessageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Malformed octets.
   *
   * @param message what was expected and what was found
   */
  public MalformedMessageException(String message) {
    super(message);
  }
}
