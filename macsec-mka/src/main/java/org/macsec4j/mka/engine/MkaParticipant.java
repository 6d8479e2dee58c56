package org.macsec4j.mka.engine;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.macsec4j.CipherSuite;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.KeyServerRole;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.RekeyReason;
import org.macsec4j.mka.crypto.MkaKeys;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.DistributedCak;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.PeerEntry;

/**
 * An actor in one CA (IEEE 802.1X 9.4): joins the parts that each know one thing, and holds nothing
 * but what lies between them.
 */
final class MkaParticipant implements PeerTable.Listener {
  private final PortContext context;
  private final SharedPort port;
  private final ControlledPort controlledPort;
  private final MkaKeys keys;
  private final org.macsec4j.mka.Cak cak;
  private final ActorIdentity identity;
  private final SciClashes clashes;
  private final PeerTable peers;
  private final Suspension suspension;
  private final SakLifecycle lifecycle;
  private final SakReception reception;
  private final TimerTable<ParticipantTimer> timers =
      new TimerTable<>(ParticipantTimer.values().length);
  private final Resumption resumption;
  private final MkpduSender sender;
  private @Nullable Sci keyServer;
  private boolean running;
  private boolean serverWantsNoMacsec;
  private boolean gaveWay;

  MkaParticipant(
      PortContext context, SharedPort port, ControlledPort controlledPort, PreSharedKey key) {
    this.context = context;
    this.port = port;
    this.controlledPort = controlledPort;
    this.keys = MkaKeys.derive(key.cak(), key.ckn());
    this.cak = key.cak().copy();
    this.identity = new ActorIdentity(context.entropy, context.lifeNanos);
    this.clashes = new SciClashes(context);
    this.peers = new PeerTable(context.config.maxPeers(), context.lifeNanos, clashes, this);
    this.suspension = new Suspension(context, peers);
    this.lifecycle = new SakLifecycle(context, this, controlledPort, cak, keys);
    this.reception = new SakReception(context, this, controlledPort, keys);
    this.resumption = new Resumption(context, this, controlledPort);
    this.sender = new MkpduSender(context, this, controlledPort, timers);
  }

  // What others ask.

  Ckn ckn() {
    return keys.ckn();
  }

  MkaKeys keys() {
    return keys;
  }

  ActorIdentity identity() {
    return identity;
  }

  PeerTable peers() {
    return peers;
  }

  SciClashes clashes() {
    return clashes;
  }

  SakLifecycle lifecycle() {
    return lifecycle;
  }

  Suspension suspension() {
    return suspension;
  }

  SakReception reception() {
    return reception;
  }

  Resumption resumption() {
    return resumption;
  }

  /** The elected key server; null without a live peer. */
  @Nullable Sci keyServer() {
    return keyServer;
  }

  boolean isServer() {
    return keyServer != null && keyServer.equals(context.sci);
  }

  /** What the Key Server flag says: that we are, or as long as nobody is live that we would be. */
  boolean claimsKeyServer() {
    return keyServer == null
        ? context.config.keyServerRole() != KeyServerRole.CLIENT
        : keyServer.equals(context.sci);
  }

  /** Whether we are the key server as soon as all are live who were heard. */
  boolean wouldLead() {
    return context.sci.equals(context.elect(peers.all()));
  }

  boolean isPrincipal() {
    return port.isPrincipal(this);
  }

  boolean isSurePrincipal() {
    return port.isSurePrincipal(this);
  }

  /** Whether this CA shall decide on the port's keys, now that it has one to offer. */
  boolean becomePrincipal(long now) {
    return port.follow(now, this);
  }

  /** Another CA decides, although this one would; until its members change. */
  void giveWay() {
    gaveWay = true;
  }

  boolean gaveWay() {
    return gaveWay;
  }

  boolean hasLivePeer() {
    return !peers.live().isEmpty();
  }

  /** Whether a live peer receives with a key. */
  boolean isReceivedByAny(Sak key) {
    return peers.live().stream().anyMatch(peer -> peer.receives(key.identifier()));
  }

  boolean isRunning() {
    return running;
  }

  boolean serverWantsNoMacsec() {
    return serverWantsNoMacsec;
  }

  /** Whether keys are made here now. */
  boolean serves() {
    return isServer()
        && isPrincipal()
        && context.config.macsecDesired()
        && !peers.nobodyWantsMacsec();
  }

  /**
   * Whether it is decided, by us as the key server or by the one that is, that no key is used.
   * While one is in use, a peer that wants MACsec no more does not end it: some drop the wish once
   * they have a key.
   */
  boolean isWithoutMacsec() {
    if (controlledPort.newest() != null || controlledPort.old() != null) {
      return false;
    }
    return (isServer() && isPrincipal()) ? !serves() : serverWantsNoMacsec;
  }

  /** The SCI of a member as far as it was heard; null otherwise. */
  @Nullable Sci sciOf(MemberIdentifier member) {
    if (member.equals(identity.memberIdentifier())) {
      return context.sci;
    }
    return peers.sciOf(member);
  }

  long nextDeadlineAfter(long now) {
    return timers.earliestAfter(now);
  }

  /** Until when there is nothing to do but to speak, if nothing new is heard; {@link Calm}. */
  long restsUntil() {
    return keyServer == null || !lifecycle.isResting()
        ? Calm.NOT
        : Math.min(timers.deadline(ParticipantTimer.PEER), timers.deadline(ParticipantTimer.SAK));
  }

  // What comes in.

  void start(long now) {
    running = true;
    resumption.start(now);
    sender.start(now);
  }

  void stop() {
    running = false;
    timers.clearAll();
    peers.clear();
    keyServer = null;
    serverWantsNoMacsec = false;
    lifecycle.rest(timers);
  }

  void destroy() {
    keys.destroy();
    cak.destroy();
  }

  /** An MKPDU of this CA whose ICV is right; gives why it is not used, or null. */
  @Nullable DropReason receive(long now, Mkpdu mkpdu) {
    BasicParameterSet basic = mkpdu.basic();
    DropReason own = ownFrame(now, basic);
    if (own != null) {
      return own;
    }
    PeerTable.Hearing hearing = peers.hear(now, basic);
    Peer peer = hearing.peer();
    if (peer == null) {
      return hearing.drop();
    }
    context.counters.carries(mkpdu);
    if (peer.announces(mkpdu)) {
      context.event(peer.announcement());
    }
    boolean listsUsLive = readLists(now, peer, mkpdu);
    if (!peer.isLive()) {
      return null;
    }
    elect();
    mkpdu.sakUse().ifPresent(use -> peer.sakUse(new SakUseReport(use, mkpdu.xpn())));
    boolean fromServer = peer.sci().equals(keyServer);
    if (suspension.heard(now, peer, mkpdu.xpn().orElse(null), fromServer) && isServer()) {
      news();
    }
    repeatKey(now, peer);
    boolean mayGiveKeys = fromServer && listsUsLive;
    DropReason cak = port.groupCaks().receive(this, peer, mkpdu, mayGiveKeys);
    DistributedSak sak = mkpdu.distributedSak().orElse(null);
    return sak == null ? cak : receiveSak(now, peer, mkpdu, sak, mayGiveKeys);
  }

  /** Takes an MKPDU that says nothing new; false, and nothing is done, for any other. */
  boolean hearAgain(long now, Mkpdu mkpdu) {
    boolean again = Repetition.take(now, mkpdu, this, controlledPort.newest(), sender.newsNumber());
    if (again) {
      context.counters.mkpdusInValid++;
      timers.set(ParticipantTimer.PEER, peers.nextExpiry());
    }
    return again;
  }

  /** The group CAK that is due to be handed out; null for none. */
  @Nullable DistributedCak distributedCak() {
    return port.groupCaks().next(this);
  }

  private @Nullable DropReason ownFrame(long now, BasicParameterSet basic) {
    if (basic.sci().equals(context.sci)) {
      if (identity.isOrWas(basic.actorMemberIdentifier())) {
        return DropReason.OWN_MKPDU;
      }
      clashes.sign(now, basic.sci());
      return DropReason.OWN_SCI;
    }
    if (basic.actorMemberIdentifier().equals(identity.memberIdentifier())) {
      startOver();
      return DropReason.OWN_MEMBER_IDENTIFIER;
    }
    return null;
  }

  /** What the peer's lists say of us; true when it takes us for live. */
  private boolean readLists(long now, Peer peer, Mkpdu mkpdu) {
    List<PeerEntry> live = mkpdu.livePeers().map(set -> set.peers()).orElse(List.of());
    List<PeerEntry> potential = mkpdu.potentialPeers().map(set -> set.peers()).orElse(List.of());
    peer.lists(live, potential);
    MemberIdentifier self = identity.memberIdentifier();
    PeerEntry inLive = Peer.entryOf(self, live);
    PeerEntry entry = inLive == null ? Peer.entryOf(self, potential) : inLive;
    long heard = entry == null ? 0 : entry.messageNumber();
    if (resumption.isBehind(heard, mkpdu)) {
      startOver();
      return false;
    }
    peer.acknowledged(heard);
    if (heard > 0 && identity.isRecent(heard, now)) {
      peers.proved(now, peer);
    } else if (heard > 0) {
      context.counters.staleListings++;
    }
    if (!peer.isListed() || sender.missedNews(now, heard)) {
      news();
    }
    return inLive != null;
  }

  private @Nullable DropReason receiveSak(
      long now, Peer peer, Mkpdu mkpdu, DistributedSak set, boolean mayGiveKeys) {
    if (!mayGiveKeys) {
      return DropReason.SAK_NOT_FROM_KEY_SERVER;
    }
    serverWantsNoMacsec = !set.hasKey();
    if (!set.hasKey()) {
      return null;
    }
    return reception.receive(now, peer, mkpdu, set);
  }

  /** The key server repeats a key that we have: it may not know that we receive with it. */
  void keyRepeated(long now) {
    if (controlledPort.state().latestRx() && !sender.mayBeAnswered(now)) {
      news();
    }
  }

  /** A member speaks and has not taken the key: it may not have believed us when it was told. */
  private void repeatKey(long now, Peer peer) {
    Sak newest = controlledPort.newest();
    if (newest != null
        && serves()
        && lifecycle.isMine(newest)
        && newest.isFor(peer.memberIdentifier())
        && !peer.receives(newest.identifier())) {
      sender.repeat(now);
    }
  }

  // What happens to peers.

  @Override
  public void potential(Peer peer) {
    context.event(new MkaEvent.PeerPotential(peer.sci(), peer.memberIdentifier()));
    news();
  }

  @Override
  public void live(Peer peer) {
    context.event(new MkaEvent.PeerLive(peer.sci(), peer.memberIdentifier()));
    gaveWay = false;
    news();
  }

  @Override
  public void lost(Peer peer) {
    context.event(new MkaEvent.PeerLost(peer.sci(), peer.memberIdentifier()));
    gaveWay = false;
    if (context.config.rekeyOnPeerLoss()) {
      lifecycle.request(RekeyReason.PEER_LOST);
    }
    news();
  }

  // What happens to us.

  /** There is something that peers shall hear soon. */
  void news() {
    sender.news();
  }

  /**
   * Takes a new member identifier: peers then believe that we restarted, and the key server gives
   * us a key.
   */
  void startOver() {
    identity.renew();
    sender.startOver();
  }

  /**
   * A key was forgotten that the key server may still take us to have; it would not hand it out
   * again, and we could not take it again.
   */
  void keyForgotten(Sak sak) {
    if (sak.self().equals(identity.memberIdentifier())) {
      startOver();
    }
  }

  void suiteRefused(CipherSuite suite) {
    lifecycle.refuse(suite);
    news();
  }

  // The work.

  /** Takes every step that the time and the peers allow; true when a key was made. */
  boolean settle(long now) {
    if (!running) {
      return false;
    }
    peers.expire(now);
    if (resumption.isInVain(now)) {
      startOver();
    }
    timers.set(ParticipantTimer.PEER, peers.nextExpiry());
    elect();
    if (!serves()) {
      lifecycle.rest(timers);
      return false;
    }
    return lifecycle.serve(now, timers);
  }

  private void elect() {
    Sci elected = peers.live().isEmpty() ? null : context.elect(peers.live());
    if (Objects.equals(elected, keyServer)) {
      return;
    }
    keyServer = elected;
    serverWantsNoMacsec = false;
    reception.serverChanged();
    if (elected != null) {
      context.event(new MkaEvent.KeyServerElected(elected, isServer()));
    }
    news();
  }

  /** Sends what is to be sent now. */
  void flush(long now) {
    if (running) {
      sender.flush(now);
    }
  }
}
