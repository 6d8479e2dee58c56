package org.macsec4j.mka.engine;

import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MemberIdentifier;

/** Looks at a port without making a whole status of it, for tests that ask a million times. */
public final class PortView {
  private final MkaParticipant participant;

  /**
   * A view of the participant of a key.
   *
   * @param port the port
   * @param ckn the name of the key
   */
  public PortView(MkaPort port, Ckn ckn) {
    this.participant = port.participant(ckn);
  }

  /**
   * Its member identifier.
   *
   * @return the present one
   */
  public MemberIdentifier self() {
    return participant.identity().memberIdentifier();
  }

  /**
   * Whether it takes itself for the key server, and decides on the port.
   *
   * @return true when it does
   */
  public boolean isPrincipalServer() {
    return participant.isServer() && participant.isPrincipal();
  }

  /**
   * How many live peers it has.
   *
   * @return the number
   */
  public int livePeers() {
    return participant.peers().live().size();
  }
}
