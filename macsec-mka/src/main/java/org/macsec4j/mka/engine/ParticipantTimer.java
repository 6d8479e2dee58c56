package org.macsec4j.mka.engine;

/** Every timer of a participant; there is no other. */
enum ParticipantTimer {
  /** The next MKPDU when nothing happens; sooner while an answer is waited for. */
  HELLO,
  /** News wait here for their turn, so that no storm of MKPDUs can arise. */
  SEND,
  /** The first peer that falls out of the table unless it is heard. */
  PEER,
  /** The moment from which the key server may make the next SAK. */
  SAK
}
