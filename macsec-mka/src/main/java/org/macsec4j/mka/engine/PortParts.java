package org.macsec4j.mka.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.macsec4j.Sci;
import org.macsec4j.mka.PreSharedKey;

/**
 * The parts of a port, put together, and how they reach each other: participants the port that they
 * share, the Controlled Port the peers of all CAs, and keys both.
 */
final class PortParts implements SharedPort, ControlledPort.Peers, KeyRing.Maker {
  final ControlledPort controlledPort;
  final KeyRing ring;
  final GroupCaks groupCaks;
  final Principal principal;
  private final PortContext context;

  PortParts(PortContext context) {
    this.context = context;
    this.controlledPort = new ControlledPort(context, this);
    this.ring = new KeyRing(context, this);
    this.groupCaks = new GroupCaks(context, ring);
    context.config.keys().forEach(ring::add);
    this.principal = new Principal(context, ring.first());
  }

  @Override
  public MkaParticipant participant(PreSharedKey key) {
    return new MkaParticipant(context, this, controlledPort, key);
  }

  /** Live peers of all CAs, each system once, as the deciding CA knows it where it does. */
  @Override
  public List<Peer> live() {
    PeerTable deciding = principal.holder().peers();
    if (ring.running().size() == 1 && ring.running().get(0) == principal.holder()) {
      return deciding.live();
    }
    Map<Sci, Peer> bySci = new LinkedHashMap<>();
    deciding.live().forEach(peer -> bySci.put(peer.sci(), peer));
    for (MkaParticipant participant : ring.running()) {
      participant.peers().live().forEach(peer -> bySci.putIfAbsent(peer.sci(), peer));
    }
    return List.copyOf(bySci.values());
  }

  @Override
  public List<Peer> inEveryCa() {
    List<Peer> peers = new ArrayList<>();
    ring.running().forEach(participant -> peers.addAll(participant.peers().live()));
    return peers;
  }

  @Override
  public boolean isWithoutMacsec() {
    return principal.holder().isWithoutMacsec();
  }

  @Override
  public GroupCaks groupCaks() {
    return groupCaks;
  }

  @Override
  public boolean isPrincipal(MkaParticipant participant) {
    return principal.holder() == participant;
  }

  @Override
  public boolean isSurePrincipal(MkaParticipant participant) {
    return principal.isSure(participant);
  }

  @Override
  public boolean follow(long now, MkaParticipant participant) {
    MkaParticipant incumbent = principal.holder();
    if (incumbent == participant) {
      return true;
    }
    boolean preferred = ring.isPreferred(participant, incumbent);
    boolean working = controlledPort.isWorking(now, incumbent);
    if (!PrincipalSelection.follows(participant, incumbent, preferred, working)) {
      return false;
    }
    if (incumbent.isServer() && !preferred) {
      incumbent.giveWay();
    }
    principal.appoint(participant);
    return true;
  }
}
