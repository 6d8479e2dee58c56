package org.macsec4j.mka.engine;

/**
 * Every timer of the engine; there is no other. The table of a participant or a port holds them.
 */
enum MkaTimer {
  /** Participant: the next MKPDU when nothing happens; sooner while an answer is waited for. */
  HELLO,
  /** Participant: news wait here for their turn, so that no storm of MKPDUs can arise. */
  SEND,
  /** Participant: the first peer that falls out of the table unless it is heard. */
  PEER,
  /** Participant: the moment from which the key server may make the next SAK. */
  SAK,
  /** Port: the end of waiting for the others before the latest key is used for transmitting. */
  TRANSMIT,
  /** Port: the old key goes, even though some peer never said that it uses the latest one. */
  RETIRE,
  /** Port: the first key that is received only for frames under way may go. */
  LINGER,
  /** Port: the key of a CA that is no more goes, though no other CA has one. */
  ORPHAN,
  /** Port: MKA has failed, for an access policy that then lets frames pass in clear. */
  ACCESS,
  /** Port: a refused SecY command is tried again. */
  COMMAND
}
