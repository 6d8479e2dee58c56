package org.macsec4j.mka.engine;

/** Every timer that the participants of a port share; there is no other. */
enum PortTimer {
  /** The end of waiting for the others before the latest key is used for transmitting. */
  TRANSMIT,
  /** The old key goes, even though some peer never said that it uses the latest one. */
  RETIRE,
  /** The first key that is received only for frames under way may go. */
  LINGER,
  /** The key of a CA that is no more goes, though no other CA has one. */
  ORPHAN,
  /** MKA has failed, for an access policy that then lets frames pass in clear. */
  ACCESS,
  /** A refused SecY command is tried again. */
  COMMAND
}
