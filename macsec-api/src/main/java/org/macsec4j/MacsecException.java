package org.macsec4j;

import org.jspecify.annotations.Nullable;

/**
 * Something that a SecY or its backend could not do. The message says which operation on which
 * object, why, and what to do; it never holds key material.
 */
public class MacsecException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of refusal this is, for callers that act on it. */
  public enum Kind {
    /** The arguments are wrong; {@link InvalidConfigurationException} lists every problem. */
    INVALID,
    /** No backend is available; {@link MacsecUnavailableException} gives each one's reason. */
    UNAVAILABLE,
    /** The process lacks a privilege. */
    PERMISSION,
    /** The interface, SecY, SC or SA does not exist. */
    NOT_FOUND,
    /** The interface, SecY, SC or SA exists already. */
    EXISTS,
    /** The object is in use, for instance an SA that is still active. */
    BUSY,
    /** The backend or the hardware cannot do this at all. */
    UNSUPPORTED,
    /** A limit of the backend or the hardware is reached. */
    LIMIT,
    /** The packet numbers of the key are used up, or it would be used twice. */
    PACKET_NUMBER,
    /** A link did not become secure in time. */
    NOT_SECURED,
    /** Anything else that the backend reported. */
    BACKEND
  }

  /** Which kind of refusal. */
  private final Kind kind;

  /**
   * A refusal.
   *
   * @param kind which kind
   * @param message operation, object, cause and what to do
   */
  public MacsecException(Kind kind, String message) {
    this(kind, message, null);
  }

  /**
   * A refusal with what caused it.
   *
   * @param kind which kind
   * @param message operation, object, cause and what to do
   * @param cause what the backend met, or null
   */
  public MacsecException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /**
   * The kind of refusal.
   *
   * @return the kind
   */
  public final Kind kind() {
    return kind;
  }
}
