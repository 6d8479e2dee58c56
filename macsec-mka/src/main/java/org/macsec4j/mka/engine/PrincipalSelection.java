package org.macsec4j.mka.engine;

import java.util.List;

/**
 * Which participant decides on the keys of a port with several CAs: the first, in the order of the
 * configuration, that is key server and has a live peer; else the one that decides now, if it has a
 * live peer; else any that has; else the one that decides now.
 */
final class PrincipalSelection {
  private PrincipalSelection() {}

  static MkaParticipant choose(List<MkaParticipant> participants, MkaParticipant incumbent) {
    for (MkaParticipant participant : participants) {
      if (participant.isServer()) {
        return participant;
      }
    }
    if (!incumbent.peers().live().isEmpty()) {
      return incumbent;
    }
    for (MkaParticipant participant : participants) {
      if (!participant.peers().live().isEmpty()) {
        return participant;
      }
    }
    return incumbent;
  }
}
