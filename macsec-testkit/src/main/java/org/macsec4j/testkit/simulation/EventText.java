package org.macsec4j.testkit.simulation;

import org.macsec4j.mka.MkaEvent;

/** An event in words, with the names of the trace. */
final class EventText {
  private EventText() {}

  static String of(MkaEvent event, Names names) {
    if (event instanceof MkaEvent.PeerPotential peer) {
      names.heard(peer.sci(), peer.memberIdentifier());
      return "hears " + names.of(peer.memberIdentifier());
    } else if (event instanceof MkaEvent.PeerLive peer) {
      return names.of(peer.memberIdentifier()) + " is live";
    } else if (event instanceof MkaEvent.PeerLost peer) {
      return names.of(peer.memberIdentifier()) + " is lost";
    } else if (event instanceof MkaEvent.KeyServerElected elected) {
      return "key server is " + (elected.self() ? "itself" : names.of(elected.sci()));
    } else if (event instanceof MkaEvent.SakDistributed sak) {
      return "made key " + names.of(sak.key()) + " AN " + sak.an() + " " + sak.suite();
    } else if (event instanceof MkaEvent.SakReceived sak) {
      return "got key " + names.of(sak.key()) + " AN " + sak.an() + " " + sak.suite();
    } else if (event instanceof MkaEvent.SakInstalled sak) {
      return "receives with " + names.of(sak.key()) + " AN " + sak.an();
    } else if (event instanceof MkaEvent.SakInUse sak) {
      return "sends with " + names.of(sak.key()) + " AN " + sak.an();
    } else if (event instanceof MkaEvent.SakRetired sak) {
      return "forgets key " + names.of(sak.key()) + " AN " + sak.an();
    } else if (event instanceof MkaEvent.Secured secured) {
      return "SECURED with " + names.of(secured.key());
    } else if (event instanceof MkaEvent.Unsecured) {
      return "NOT SECURED";
    }
    return event.toString();
  }
}
