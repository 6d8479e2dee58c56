package org.macsec4j.offload;

/**
 * What was seen of a few frames that a SecY sent.
 *
 * @param state what can be said of them
 * @param reason what was seen, or why nothing can be said and what to do, in words
 * @param observer the interface at which it was looked
 */
public record WireVerdict(State state, String reason, String observer) {
  /** What can be said of the wire. */
  public enum State {
    /**
     * The frames came by with a SecTAG of the SecY, and encrypted if it encrypts. Whether the peer
     * accepts them is not known.
     */
    PROTECTED,
    /** What the SecY was given could be read, though it should not. */
    CLEAR,
    /** Nothing was seen that says either. */
    UNKNOWN
  }
}
