package org.macsec4j.mka;

import java.util.Objects;

/**
 * How far an agreement got, for the person on call.
 *
 * @param kind the kind, for programs
 * @param text one sentence of what was seen and what to look at; never key material
 */
public record MkaDiagnosis(Kind kind, String text) {
  /** Kinds, from no proof at all to the goal. */
  public enum Kind {
    /** No EAPOL-MKA frame came, or none comes any more. */
    NOTHING_RECEIVED,
    /** No key of ours is valid: it is not valid yet, not any more, or there is none. */
    NO_VALID_KEY,
    /** Frames came, none with a CKN of ours. */
    UNKNOWN_CKN,
    /** Frames with our CKN came, and their ICV fails: the CAK differs. */
    ICV_FAILED,
    /** A peer with our CAK is heard, and does not hear us. */
    NOT_HEARD,
    /** Several devices use one SCI, which may be ours. */
    EQUAL_SCI,
    /** A peer is there, and no cipher suite is common. */
    NO_COMMON_SUITE,
    /** A peer is there and does not want, or cannot do, MACsec; or we do not. */
    PEER_WANTS_NO_MACSEC,
    /** Keys were agreed, and the SecY refused a command. */
    SECY_REFUSED,
    /** Two members are key server at once, as neither yields: a forced role, or equal claims. */
    TWO_KEY_SERVERS,
    /** Nobody is key server: the members are clients, or the one that is elected does not act. */
    NO_KEY_SERVER,
    /** A peer is there and the agreement is under way. */
    WAITING,
    /** Frames are protected with an agreed key. */
    SECURED
  }

  /**
   * Checks that no component is null.
   *
   * @param kind the kind, for programs
   * @param text one sentence of what was seen and what to look at
   */
  public MkaDiagnosis {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(text, "text");
  }

  /** The sentence. */
  @Override
  public String toString() {
    return text;
  }
}
