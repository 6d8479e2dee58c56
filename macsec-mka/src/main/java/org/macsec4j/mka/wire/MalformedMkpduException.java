package org.macsec4j.mka.wire;

/**
 * Octets that are no MKPDU. Checked, because a peer's bytes are an everyday input and nobody shall
 * forget them; without a stack trace, because a flood of them shall cost no more than good ones.
 */
public final class MalformedMkpduException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  private final MalformedReason reason;

  /** Octets from the start of the frame. */
  private final int offset;

  /**
   * Made by the decoder, and by test rigs that play one.
   *
   * @param reason why
   * @param offset where in the frame the decoder stood, in octets from its start
   */
  public MalformedMkpduException(MalformedReason reason, int offset) {
    super(null, null, false, false);
    this.reason = reason;
    this.offset = offset;
  }

  /**
   * Why.
   *
   * @return the reason
   */
  public MalformedReason reason() {
    return reason;
  }

  /**
   * Where the decoder stood.
   *
   * @return octets from the start of the frame
   */
  public int offset() {
    return offset;
  }

  /** The reason in words and the offset; never octets of the frame. */
  @Override
  public String getMessage() {
    return reason + " (at octet " + offset + ")";
  }
}
