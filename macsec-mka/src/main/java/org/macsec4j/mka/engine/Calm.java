package org.macsec4j.mka.engine;

import org.macsec4j.mka.engine.CpState.Access;
import org.macsec4j.mka.engine.CpState.Phase;

/**
 * Until when a port need not settle.
 *
 * <p>Nearly all that a port does in its life is to say hello and to hear hellos that say nothing
 * new. When one key is in use, nothing is under way, and no part waits for anything but its
 * deadlines, then settling finds nothing to do until the first of these, unless something new is
 * said. Such a port is calm. It just hears, and speaks when it is time to; with a hundred thousand
 * ports, not to look into the rest of each is what makes a hello cheap.
 *
 * <p>It only ever saves work that would change nothing. What is not covered here, such as a port
 * with several CAs or a member that is silent for a while, is never calm and settles at each input.
 */
final class Calm {
  /** The end of a calm that is none. */
  static final long NOT = Long.MIN_VALUE;

  private long portUntil = NOT;
  private long until = NOT;

  boolean holds(long now) {
    return now < until;
  }

  /** Everything settled, and was said. */
  void settled(
      long now, PortContext context, KeyRing ring, ControlledPort port, MkaParticipant principal) {
    boolean alone = ring.running().size() == 1 && ring.running().get(0) == principal;
    boolean rests = alone && context.suspendedUntil == Suspension.NONE && rests(port, principal);
    portUntil = rests ? Math.min(ring.restsUntil(), port.nextDeadlineAfter(now)) : NOT;
    goesOn(principal);
  }

  /** A hello was heard or said, and nothing else changed. */
  void goesOn(MkaParticipant principal) {
    until = portUntil == NOT ? NOT : Math.min(portUntil, principal.restsUntil());
  }

  /** Whether one key is in use, by the SecY as well, and no other one comes or goes. */
  private static boolean rests(ControlledPort port, MkaParticipant principal) {
    Sak key = port.newest();
    CpState state = port.state();
    return key != null
        && key == port.latest()
        && key.owner() == principal
        && state.phase() == Phase.RETIRE
        && state.access() == Access.SECURED
        && port.secy().isAtRest();
  }
}
