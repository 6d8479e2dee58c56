package org.macsec4j.mka.engine;

/** What the port does for its participants. */
interface SharedPort {
  boolean isPrincipal(MkaParticipant participant);

  /** Whether it decides and no better one is about to. */
  boolean isSurePrincipal(MkaParticipant participant);

  /** Asks to be the principal participant because of a good key from a key server. */
  boolean follow(long now, MkaParticipant participant);

  GroupCaks groupCaks();
}
