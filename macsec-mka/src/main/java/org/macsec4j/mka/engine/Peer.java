package org.macsec4j.mka.engine;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.macsec4j.CipherSuite;
import org.macsec4j.Sci;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.MkaPeer;
import org.macsec4j.mka.wire.AnnouncementParameterSet;
import org.macsec4j.mka.wire.AnnouncementTlv.AnnouncedSuite;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.PeerEntry;

/** A member of the CA other than us, as far as its MKPDUs tell. Changed by {@link PeerTable}. */
final class Peer {
  private final MemberIdentifier memberIdentifier;
  private final Sci sci;
  private final long firstHeard;
  private int version;
  private int keyServerPriority;
  private boolean keyServer;
  private boolean macsecDesired;
  private MacsecCapability macsecCapability;
  private long messageNumber;
  private @Nullable Set<CipherSuite> announced;
  private NetworkNames names = NetworkNames.NONE;
  private Set<CipherSuite> ignored = Set.of();
  private @Nullable SakUseReport sakUse;
  private List<MemberIdentifier> acquaintances = List.of();
  private List<MemberIdentifier> hearsay = List.of();
  private long acknowledged;
  private @Nullable MkaKeyIdentifier taken;
  private boolean listed;
  boolean live;
  long expiry;

  /** Whether its latest MKPDU proves that it receives us. */
  boolean proving;

  /** Until when it said that it is silent; {@link Suspension#NONE} when it did not. */
  long suspendedUntil = Suspension.NONE;

  Peer(BasicParameterSet basic, long now) {
    this.memberIdentifier = basic.actorMemberIdentifier();
    this.sci = basic.sci();
    this.firstHeard = now;
    says(basic);
  }

  MemberIdentifier memberIdentifier() {
    return memberIdentifier;
  }

  Sci sci() {
    return sci;
  }

  long firstHeard() {
    return firstHeard;
  }

  /** The message number of its latest MKPDU. */
  long messageNumber() {
    return messageNumber;
  }

  int version() {
    return version;
  }

  /** Whether it may be a wpa_supplicant, which speaks version 1 and has ways of its own. */
  boolean isVersion1() {
    return version == 1;
  }

  int keyServerPriority() {
    return keyServerPriority;
  }

  /** What its Key Server flag said last. */
  boolean claimsKeyServer() {
    return keyServer;
  }

  MacsecCapability macsecCapability() {
    return macsecCapability;
  }

  /** Takes what the basic parameter set of its latest MKPDU says. */
  final void says(BasicParameterSet latest) {
    version = latest.version();
    keyServerPriority = latest.keyServerPriority();
    keyServer = latest.keyServer();
    macsecDesired = latest.macsecDesired();
    macsecCapability = latest.macsecCapability();
    messageNumber = latest.actorMessageNumber();
  }

  /** Whether a later set says the same as its latest. */
  boolean saysAgain(BasicParameterSet later) {
    return later.actorMessageNumber() > messageNumber
        && later.version() == version
        && later.keyServerPriority() == keyServerPriority
        && later.keyServer() == keyServer
        && later.macsecDesired() == macsecDesired
        && later.macsecCapability() == macsecCapability
        && later.sci().equals(sci);
  }

  boolean wantsMacsec() {
    return macsecDesired && macsecCapability != MacsecCapability.NONE;
  }

  boolean isLive() {
    return live;
  }

  /** The suites that it announced; null when it never did. */
  @Nullable Set<CipherSuite> announced() {
    return announced;
  }

  /** Takes what it announces; true when the names of its network changed. */
  boolean announces(Mkpdu mkpdu) {
    announced = suites(mkpdu);
    NetworkNames before = names;
    names = NetworkNames.in(mkpdu, before);
    return !names.equals(before);
  }

  /** Whether an MKPDU announces anything else than was announced before. */
  boolean wouldAnnounce(Mkpdu mkpdu) {
    return !Objects.equals(suites(mkpdu), announced)
        || !NetworkNames.in(mkpdu, names).equals(names);
  }

  /** The suites after an MKPDU: the same set as before when it says nothing else. */
  private @Nullable Set<CipherSuite> suites(Mkpdu mkpdu) {
    AnnouncementParameterSet set = mkpdu.announcement().orElse(null);
    List<AnnouncedSuite> suites = set == null ? null : set.cipherSuites().orElse(null);
    if (suites == null) {
      return announced;
    }
    Set<CipherSuite> known = EnumSet.noneOf(CipherSuite.class);
    for (AnnouncedSuite suite : suites) {
      if (suite.capability() != MacsecCapability.NONE) {
        suite.cipherSuite().ifPresent(known::add);
      }
    }
    return known.equals(announced) ? announced : known;
  }

  /** The names of its network, as an event. */
  MkaEvent announcement() {
    return new MkaEvent.PeerAnnounced(sci, memberIdentifier, names.kmd(), names.nid());
  }

  /**
   * Whether it can do a suite: what it announced counts alone. Of one that announces nothing it is
   * assumed, as long as it has not left a key of the suite unused.
   */
  boolean canDo(CipherSuite suite, Collection<CipherSuite> assumed) {
    return announced != null
        ? announced.contains(suite)
        : assumed.contains(suite) && !ignored.contains(suite);
  }

  /** Notes that it was given a key and never took it; without a word of why, it is the suite. */
  void ignoredKey(Sak key) {
    boolean was = receives(key.identifier()) || key.identifier().equals(taken);
    if (!was && key.isFor(memberIdentifier)) {
      ignored = ignored.isEmpty() ? EnumSet.of(key.suite()) : ignored;
      ignored.add(key.suite());
    }
  }

  /** All suites that it ignored shall be tried again; true when there were some. */
  boolean forgiveIgnored() {
    boolean some = !ignored.isEmpty();
    ignored = Set.of();
    return some;
  }

  /** What it said last of its keys; null when it never did. */
  @Nullable SakUseReport sakUse() {
    return sakUse;
  }

  void sakUse(@Nullable SakUseReport report) {
    sakUse = report;
  }

  boolean receives(MkaKeyIdentifier key) {
    return sakUse != null && sakUse.receives(key);
  }

  /** Whether it has any key. */
  boolean hasKeys() {
    return sakUse != null && (sakUse.use().latest().isPresent() || sakUse.use().old().isPresent());
  }

  /** Whether it transmits with any key. */
  boolean transmits() {
    return sakUse != null && (sakUse.use().latest().transmits() || sakUse.use().old().transmits());
  }

  boolean transmits(MkaKeyIdentifier key) {
    return sakUse != null && sakUse.transmits(key);
  }

  /** Whether a key is the latest that it has, so that it may begin to transmit with it any time. */
  boolean hasAsLatest(MkaKeyIdentifier key) {
    return sakUse != null && sakUse.use().latest().key().equals(key);
  }

  /** Whom it listed last as its live peers. */
  List<MemberIdentifier> acquaintances() {
    return acquaintances;
  }

  /** Whom it listed last as its potential peers. */
  List<MemberIdentifier> hearsay() {
    return hearsay;
  }

  void lists(List<PeerEntry> live, List<PeerEntry> potential) {
    acquaintances = members(live, acquaintances);
    hearsay = members(potential, hearsay);
  }

  /** Whether it lists again whom it listed last as its live peers, in the same order. */
  boolean listsAgain(List<PeerEntry> live) {
    return areSame(live, acquaintances);
  }

  private static List<MemberIdentifier> members(
      List<PeerEntry> list, List<MemberIdentifier> before) {
    return areSame(list, before) ? before : list.stream().map(PeerEntry::memberIdentifier).toList();
  }

  private static boolean areSame(List<PeerEntry> list, List<MemberIdentifier> before) {
    if (list.size() != before.size()) {
      return false;
    }
    for (int i = 0; i < list.size(); i++) {
      if (!list.get(i).memberIdentifier().equals(before.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether it listed a member last as live. */
  boolean knows(MemberIdentifier member) {
    return acquaintances.contains(member);
  }

  /** Whether it takes a member for live and, with that member in mind, itself for key server. */
  boolean claimsKeyServerBefore(MemberIdentifier member) {
    return keyServer && knows(member);
  }

  /**
   * Whether it once took a key and then forgot it, so that it cannot take it again, or turned to
   * the key of another key server, as after a time in which it did not hear the one that asks.
   * Notes that it took the key, so ask after each of its MKPDUs.
   */
  boolean hasForgotten(MkaKeyIdentifier key) {
    if (sakUse == null || !sakUse.receives(key)) {
      return key.equals(taken);
    }
    // One that has the key beside a later one of another key server took it before that one, even
    // if it was lost and came back meanwhile, so that nothing is noted here.
    if (sakUse.prefersForeign(key)) {
      return true;
    }
    taken = key;
    return false;
  }

  /** What a list of a peer says of a member; null for nothing. */
  static @Nullable PeerEntry entryOf(MemberIdentifier member, List<PeerEntry> list) {
    for (PeerEntry entry : list) {
      if (entry.memberIdentifier().equals(member)) {
        return entry;
      }
    }
    return null;
  }

  /** The greatest of our message numbers that it listed, 0 for none. */
  long acknowledged() {
    return acknowledged;
  }

  void acknowledged(long messageNumber) {
    acknowledged = messageNumber;
  }

  /** Whether an MKPDU of ours listed it. */
  boolean isListed() {
    return listed;
  }

  void setListed() {
    listed = true;
  }

  MkaPeer snapshot() {
    return new MkaPeer(
        sci, memberIdentifier, messageNumber, keyServerPriority, live, names.kmd(), names.nid());
  }
}
