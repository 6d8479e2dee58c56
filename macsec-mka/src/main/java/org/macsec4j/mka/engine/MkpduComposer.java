package org.macsec4j.mka.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.PacketNumber;
import org.macsec4j.mka.IcvIndicatorPolicy;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.AnnouncementParameterSet;
import org.macsec4j.mka.wire.AnnouncementTlv;
import org.macsec4j.mka.wire.AnnouncementTlv.AnnouncedSuite;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.DistributedCak;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.EapolHeader;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.KmdParameterSet;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.MkpduEncoder;
import org.macsec4j.mka.wire.OctetString;
import org.macsec4j.mka.wire.ParameterSet;
import org.macsec4j.mka.wire.PeerEntry;
import org.macsec4j.mka.wire.PotentialPeerList;
import org.macsec4j.mka.wire.XpnParameterSet;

/**
 * Says in an MKPDU what a participant knows (IEEE 802.1X 11.11).
 *
 * <p>Some things it leaves out on purpose. A Distributed SAK goes only to exactly those whom the
 * key is for: members read their SSCIs off the Live Peer List beside it. And SAK Use waits for a
 * short while when a version 1 peer is new: wpa_supplicant takes that of one who is not live to it
 * for a sign that something is wrong with itself, and changes its identifier at each such MKPDU.
 * But not longer than a hello: it also forgets a member who says nothing of its keys for a life
 * time, and one newcomer after the other must not make the others forget us.
 */
final class MkpduComposer {
  private static final int VERSION_WITH_ANNOUNCEMENTS = 2;
  private static final int VERSION_WITH_SSCI = 3;

  private final PortContext context;
  private final MkaParticipant actor;
  private final ControlledPort port;
  private final EapolHeader header;
  private final MkpduEncoder encoder;

  /** Since when SAK Use waits; {@link TimerTable#NEVER} when the last MKPDU had it. */
  private long silentSince = TimerTable.NEVER;

  MkpduComposer(PortContext context, MkaParticipant actor, ControlledPort port) {
    MkaConfig config = context.config;
    this.context = context;
    this.actor = actor;
    this.port = port;
    this.header =
        new EapolHeader(
            config.destination(),
            context.sci.address(),
            config.etherType(),
            EapolHeader.EAPOL_VERSION);
    this.encoder =
        MkpduEncoder.DEFAULT.withIcvIndicator(config.icvIndicator() == IcvIndicatorPolicy.ALWAYS);
  }

  /** The frame with a message number of ours. */
  byte[] compose(long now, long messageNumber) {
    List<ParameterSet> sets = new ArrayList<>(6);
    DistributedSak sak = distributedSak();
    if (!comesToLead(now)) {
      addPeers(sets, sak);
    }
    int suspended = versionAtLeast(VERSION_WITH_ANNOUNCEMENTS) ? suspensionSeconds(now) : 0;
    addSakUse(sets, sak, suspended, now);
    if (sak != null) {
      sets.add(sak);
      context.counters.sakMkpdusOut++;
    }
    DistributedCak cak = actor.distributedCak();
    if (cak != null) {
      sets.add(cak);
      context.counters.cakMkpdusOut++;
    }
    if (versionAtLeast(VERSION_WITH_ANNOUNCEMENTS)) {
      context.config.kmd().ifPresent(kmd -> sets.add(new KmdParameterSet(utf8(kmd))));
      sets.add(announcement());
    }
    return encoder.encode(header, new Mkpdu(basic(messageNumber), sets), actor.keys()::computeIcv);
  }

  private BasicParameterSet basic(long messageNumber) {
    MkaConfig config = context.config;
    return new BasicParameterSet(
        config.mkaVersion(),
        context.keyServerPriority(),
        actor.claimsKeyServer(),
        config.macsecDesired(),
        capability(),
        context.sci,
        actor.identity().memberIdentifier(),
        messageNumber,
        BasicParameterSet.ALGORITHM_AGILITY,
        actor.ckn());
  }

  private void addPeers(List<ParameterSet> sets, @Nullable DistributedSak sak) {
    List<Peer> live = actor.peers().live();
    if (!live.isEmpty()) {
      sets.add(new LivePeerList(entries(live), sak == null ? 0 : keyServerSsci()));
    }
    List<Peer> potential = actor.peers().potential();
    if (!potential.isEmpty()) {
      sets.add(new PotentialPeerList(entries(potential)));
    }
  }

  /**
   * Whether we come to lead members of version 1 that have a key already. A wpa_supplicant takes
   * one for live who lists it, elects, and if the key server is another one then, closes its port
   * until it has a key; to others as well. So it is listed when the key is there that goes to all.
   */
  private boolean comesToLead(long now) {
    return port.newest() == null
        && actor.wouldLead()
        && (leavesUnlisted(actor.peers().live(), now)
            || leavesUnlisted(actor.peers().potential(), now));
  }

  private boolean leavesUnlisted(List<Peer> peers, long now) {
    for (Peer peer : peers) {
      if (peer.isVersion1()
          && !peer.acquaintances().isEmpty()
          && !peer.knows(actor.identity().memberIdentifier())
          && now - peer.firstHeard() < context.helloNanos * 3 / 2) {
        return true;
      }
    }
    return false;
  }

  private static List<PeerEntry> entries(List<Peer> peers) {
    List<PeerEntry> entries = new ArrayList<>(peers.size());
    for (Peer peer : peers) {
      peer.setListed();
      entries.add(new PeerEntry(peer.memberIdentifier(), peer.messageNumber()));
    }
    return entries;
  }

  private int keyServerSsci() {
    Sak newest = port.newest();
    if (newest == null || context.config.mkaVersion() < VERSION_WITH_SSCI) {
      return 0;
    }
    return newest.ssci(newest.self()).map(ssci -> ssci.value() & 0xFF).orElse(0);
  }

  /** The key to hand out; null when all have it, or when it is not for exactly those present. */
  private @Nullable DistributedSak distributedSak() {
    if (actor.isServer() && actor.isWithoutMacsec()) {
      return DistributedSak.withoutMacsec();
    }
    Sak newest = port.newest();
    if (newest == null || !actor.serves() || !actor.lifecycle().isMine(newest)) {
      return null;
    }
    boolean due =
        actor.lifecycle().isMissedByAny(newest) && actor.lifecycle().isForAllPresent(newest);
    return due ? newest.distribution() : null;
  }

  private boolean versionAtLeast(int version) {
    return context.config.mkaVersion() >= version;
  }

  private int suspensionSeconds(long now) {
    return actor.suspension().seconds(now, actor.isServer());
  }

  private void addSakUse(
      List<ParameterSet> sets, @Nullable DistributedSak sak, int suspended, long now) {
    Sak latest = ofThisCa(port.latest());
    Sak old = ofThisCa(port.old());
    boolean none = latest == null && old == null;
    MacsecSakUse usedUp = none ? actor.resumption().usedUp(now) : null;
    if (usedUp != null && !wouldConfuseStranger(now)) {
      sets.add(usedUp);
      return;
    }
    boolean silent =
        (none && actor.isPrincipal())
            ? !actor.isWithoutMacsec()
            : sak == null && waitsForStranger(now);
    silentSince = silent ? silentSince : TimerTable.NEVER;
    long latestPn = 0;
    long oldPn = 0;
    if (none && actor.isPrincipal() && !silent) {
      sets.add(MacsecSakUse.withoutMacsec());
    } else if (!silent) {
      CpState state = port.state();
      boolean protects = context.config.delayProtection() && !none;
      latestPn = lowestPn(latest, protects, now);
      oldPn = lowestPn(old, protects, now);
      KeyUse latestUse = use(latest, state.latestTx(), state.latestRx(), latestPn);
      KeyUse oldUse = use(old, state.oldTx(), true, oldPn);
      sets.add(MacsecSakUse.of(latestUse, oldUse, false, false, protects));
    }
    boolean nullXpnSet = context.config.nullXpnSet() && versionAtLeast(VERSION_WITH_ANNOUNCEMENTS);
    if (suspended > 0 || (!silent && (isXpn(latest) || isXpn(old) || nullXpnSet))) {
      sets.add(new XpnParameterSet(suspended, high(latestPn), high(oldPn)));
    }
  }

  private @Nullable Sak ofThisCa(@Nullable Sak sak) {
    return sak != null && sak.owner() == actor ? sak : null;
  }

  /** With delay protection never 0, not even without a key: wpa_supplicant takes no such set. */
  private long lowestPn(@Nullable Sak sak, boolean protects, long now) {
    if (sak == null) {
      return protects ? PacketNumber.FIRST.value() : 0;
    }
    long pn = protects ? sak.lowestAcceptablePn(now) : reportedPn(sak);
    // Of a key without XPN that is used up, the next number does not fit any more.
    boolean fits = isXpn(sak) || PacketNumber.of(pn).fits32();
    return fits ? pn : PacketNumber.MAX_32.value();
  }

  /** The key server makes another key when a member is beyond its threshold. */
  private long reportedPn(Sak sak) {
    PacketNumber threshold = context.config.pnThreshold(sak.suite());
    return sak.mayBeUsedUp() && !sak.nextPn().isAtLeast(threshold)
        ? threshold.value()
        : sak.nextPn().value();
  }

  private static KeyUse use(@Nullable Sak sak, boolean transmits, boolean receives, long lowestPn) {
    long low = lowestPn & 0xFFFF_FFFFL;
    return sak == null
        ? new KeyUse(AssociationNumber.AN_0, false, false, MkaKeyIdentifier.NONE, low)
        : new KeyUse(sak.an(), transmits, receives, sak.identifier(), low);
  }

  private static long high(long lowestPn) {
    return lowestPn >>> Integer.SIZE;
  }

  private static boolean isXpn(@Nullable Sak sak) {
    return sak != null && sak.suite().isXpn();
  }

  /** Whether SAK Use is left out for the sake of a stranger; not for long. */
  private boolean waitsForStranger(long now) {
    if (!wouldConfuseStranger(now)) {
      return false;
    }
    silentSince = silentSince == TimerTable.NEVER ? now : silentSince;
    return now - silentSince < context.helloNanos;
  }

  private boolean wouldConfuseStranger(long now) {
    Sak latest = port.latest();
    return isStranger(actor.peers().live(), latest, now)
        || isStranger(actor.peers().potential(), latest, now);
  }

  private boolean isStranger(List<Peer> peers, @Nullable Sak latest, long now) {
    for (Peer peer : peers) {
      if (peer.isVersion1()
          && (latest == null || !latest.isFor(peer.memberIdentifier()))
          && !peer.knows(actor.identity().memberIdentifier())
          && now - peer.firstHeard() < 2 * context.helloNanos) {
        return true;
      }
    }
    return false;
  }

  private AnnouncementParameterSet announcement() {
    MacsecCapability capability = context.config.macsecCapability();
    List<AnnouncedSuite> suites = new ArrayList<>();
    for (CipherSuite suite : context.config.cipherSuites()) {
      if (!actor.lifecycle().refuses(suite)) {
        suites.add(new AnnouncedSuite(capabilityWith(suite, capability), 0, suite.id()));
      }
    }
    List<AnnouncementTlv> tlvs = new ArrayList<>();
    tlvs.add(AnnouncementTlv.ofCipherSuites(suites));
    context
        .config
        .kmd()
        .ifPresent(n -> tlvs.add(new AnnouncementTlv(AnnouncementTlv.KMD, utf8(n))));
    context
        .config
        .nid()
        .ifPresent(n -> tlvs.add(new AnnouncementTlv(AnnouncementTlv.NID, utf8(n))));
    return new AnnouncementParameterSet(tlvs);
  }

  private static OctetString utf8(String name) {
    return OctetString.of(name.getBytes(StandardCharsets.UTF_8));
  }

  /** What can be done with the best of the suites; where no suite knows offsets, neither do we. */
  private MacsecCapability capability() {
    MacsecCapability capability = context.config.macsecCapability();
    for (CipherSuite suite : context.config.cipherSuites()) {
      if (!suite.isXpn() && !actor.lifecycle().refuses(suite)) {
        return capability;
      }
    }
    return capabilityWith(CipherSuite.GCM_AES_XPN_128, capability);
  }

  /** Extended packet numbering knows no offset but 0. */
  private static MacsecCapability capabilityWith(CipherSuite suite, MacsecCapability capability) {
    return suite.isXpn() && capability == MacsecCapability.CONFIDENTIALITY_OFFSET_0_30_50
        ? MacsecCapability.CONFIDENTIALITY_OFFSET_0
        : capability;
  }
}
