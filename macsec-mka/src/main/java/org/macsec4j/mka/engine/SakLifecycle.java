package org.macsec4j.mka.engine;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.Ssci;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.RekeyReason;
import org.macsec4j.mka.crypto.MkaCrypto;
import org.macsec4j.mka.crypto.MkaKeys;
import org.macsec4j.mka.crypto.SakDerivation;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.OctetString;

/**
 * The key server's part (IEEE 802.1X 9.8): when a new SAK is due, and making it.
 *
 * <p>A request for a key must never get lost; implementations that clear a flag when they may not
 * act on it leave a third member without a key for good. Therefore most needs are no requests at
 * all: that a live member lacks the newest key, that a packet number is high, that the key is old,
 * is asked of the state each time, and is true until a new key changes it. Only what the state does
 * not show, a command or the loss of a peer, is noted, and the note is taken off by the key that
 * answers it.
 *
 * <p>Many needs at once make one key. The first key is made at once. The next waits until the one
 * before is in use everywhere, but not for long: a member that does not answer must not keep out
 * one that just came. If the members are no more those that the newest key is for, or one of them
 * cannot do its suite, it can never be in use everywhere, and the next one waits just a moment,
 * longer each time in a row.
 *
 * <p>A key is for those who know each other. One of version 1 that comes to know another member
 * with the key in use has no receive SA for it, if it is a wpa_supplicant, and never gets one; so
 * the key waits for that, and another one follows when it could not.
 */
final class SakLifecycle {
  private static final long FIRST_SPACING_NANOS = 2_000_000L;
  private static final long MAX_SPACING_NANOS = 500_000_000L;
  private static final long CALM_NANOS = 1_000_000_000L;
  private static final long STRANGER_WAIT_NANOS = 10_000_000L;
  private static final long MAX_PATIENCE_NANOS = 64_000_000_000L;

  private final PortContext context;
  private final MkaParticipant owner;
  private final ControlledPort port;
  private final Cak cak;
  private final MkaKeys keys;
  private final Set<RekeyReason> requests = EnumSet.noneOf(RekeyReason.class);
  private Set<CipherSuite> refusedSuites = Set.of();

  private long keyNumber;
  private long lastMade = TimerTable.NEVER;
  private long spacing;
  private long neededSince = TimerTable.NEVER;
  private long missingSince = TimerTable.NEVER;
  private long patience;
  private boolean forgotten;
  private boolean noCommonSuite;

  /** Our identifier when there was nothing to do; null when there is something. */
  private @Nullable MemberIdentifier restsAs;

  SakLifecycle(
      PortContext context, MkaParticipant owner, ControlledPort port, Cak cak, MkaKeys keys) {
    this.context = context;
    this.owner = owner;
    this.port = port;
    this.cak = cak;
    this.keys = keys;
    this.patience = 2 * context.helloNanos;
  }

  /** The number of the last key that we made, 0 before the first. */
  long keyNumber() {
    return keyNumber;
  }

  /** Goes on after the number of a key that was made before. */
  void goOn(long lastKeyNumber) {
    keyNumber = lastKeyNumber;
  }

  /** Notes a need that the state does not show. */
  void request(RekeyReason reason) {
    requests.add(reason);
  }

  /** Our SecY cannot do a suite. */
  void refuse(CipherSuite suite) {
    Set<CipherSuite> more = EnumSet.of(suite);
    more.addAll(refusedSuites);
    refusedSuites = more;
  }

  boolean refuses(CipherSuite suite) {
    return refusedSuites.contains(suite);
  }

  /** Whether there was no suite that all live peers can do. */
  boolean hasNoCommonSuite() {
    return noCommonSuite;
  }

  /** We are not the one who makes keys now; what was asked of us is void. */
  void rest(TimerTable<ParticipantTimer> timers) {
    restsAs = owner.identity().memberIdentifier();
    requests.clear();
    neededSince = TimerTable.NEVER;
    missingSince = TimerTable.NEVER;
    noCommonSuite = false;
    timers.clear(ParticipantTimer.SAK);
  }

  /** Whether no key is due before the timer, as long as all say the same. */
  boolean isResting() {
    return owner.identity().memberIdentifier().equals(restsAs);
  }

  /** Makes a key when one is due; true when it did. */
  boolean serve(long now, TimerTable<ParticipantTimer> timers) {
    Sak newest = port.newest();
    watchMissing(now, newest);
    watchAcquaintance(newest);
    RekeyReason reason = reason(now, newest);
    boolean resting = reason == null && missingSince == TimerTable.NEVER;
    restsAs = resting ? owner.identity().memberIdentifier() : null;
    if (reason == null) {
      neededSince = TimerTable.NEVER;
      timers.set(ParticipantTimer.SAK, nextNeed(newest));
      return false;
    }
    long held = heldUntil(reason, newest);
    if (held > now) {
      timers.set(ParticipantTimer.SAK, held);
      return false;
    }
    if (neededSince == TimerTable.NEVER) {
      neededSince = now;
    }
    long earliest = earliest(now, newest, reason);
    if (earliest > now) {
      timers.set(ParticipantTimer.SAK, earliest);
      return false;
    }
    timers.clear(ParticipantTimer.SAK);
    if (reason == RekeyReason.NOT_TAKEN && newest != null) {
      owner.peers().live().forEach(peer -> peer.ignoredKey(newest));
    }
    Optional<SuiteChoice> choice =
        SuiteChoice.choose(context.config, refusedSuites, owner.peers().live());
    context.counters.sakGenerationFailures += choice.isEmpty() && !noCommonSuite ? 1 : 0;
    noCommonSuite = choice.isEmpty();
    choice.ifPresent(suite -> make(now, reason, suite));
    return choice.isPresent();
  }

  // When.

  private @Nullable RekeyReason reason(long now, @Nullable Sak newest) {
    RekeyReason need = need(now, newest);
    if (need != null) {
      return need;
    }
    return requests.isEmpty() ? null : requests.iterator().next();
  }

  private @Nullable RekeyReason need(long now, @Nullable Sak newest) {
    if (newest == null) {
      return RekeyReason.FIRST_KEY;
    }
    if (newest.owner() != owner) {
      return RekeyReason.OTHER_CA;
    }
    if (!isMine(newest)) {
      return RekeyReason.NEW_KEY_SERVER;
    }
    for (Peer peer : owner.peers().live()) {
      if (!newest.isFor(peer.memberIdentifier())) {
        return RekeyReason.NEW_MEMBER;
      }
    }
    if (newest.hasGap() && areAcquainted()) {
      return RekeyReason.NEW_MEMBER;
    }
    if (!allCan(newest.suite())) {
      return RekeyReason.CIPHER_SUITE;
    }
    if (isNearlyUsedUp(newest)) {
      return RekeyReason.PACKET_NUMBER;
    }
    if (newest.createdAt() + interval() <= now) {
      return RekeyReason.INTERVAL;
    }
    return isMissedTooLong(now) ? RekeyReason.NOT_TAKEN : null;
  }

  /** Whether a key is of this participant under its present identifier. */
  boolean isMine(Sak sak) {
    return sak.owner() == owner
        && sak.isOurs()
        && sak.identifier().keyServer().equals(owner.identity().memberIdentifier());
  }

  /** Whether we and all live peers can do a suite, as far as was heard. */
  private boolean allCan(CipherSuite suite) {
    return !refusedSuites.contains(suite)
        && SuiteChoice.allCan(context.config, suite, owner.peers().live());
  }

  /** A member that is silent for a while keeps its key, unless that could be used up. */
  private long heldUntil(RekeyReason reason, @Nullable Sak newest) {
    return newest == null || reason == RekeyReason.PACKET_NUMBER
        ? Suspension.NONE
        : owner.suspension().keysHeldUntil(newest);
  }

  private boolean isNearlyUsedUp(Sak sak) {
    long threshold = context.config.pnThreshold(sak.suite()).value();
    if (sak.mayBeUsedUp() || Long.compareUnsigned(sak.nextPn().value(), threshold) >= 0) {
      return true;
    }
    for (Peer peer : owner.peers().live()) {
      SakUseReport report = peer.sakUse();
      if (report != null && isNearlyUsedUp(sak, report)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a member that reports so is at the end of a key's packet numbers. */
  boolean isNearlyUsedUp(Sak sak, SakUseReport report) {
    long reached = report.packetNumber(sak.identifier(), sak.suite().isXpn());
    return Long.compareUnsigned(reached, context.config.pnThreshold(sak.suite()).value()) >= 0;
  }

  private long interval() {
    return context
        .config
        .rekeyInterval()
        .map(java.time.Duration::toNanos)
        .orElse(Long.MAX_VALUE / 4);
  }

  private long nextNeed(@Nullable Sak newest) {
    long next = newest == null ? TimerTable.NEVER : newest.createdAt() + interval();
    return missingSince == TimerTable.NEVER ? next : Math.min(next, missingSince + patience);
  }

  /** Members that do not know each other have a gap in the key, even if they did a while ago. */
  private void watchAcquaintance(@Nullable Sak newest) {
    if (newest != null && isMine(newest) && !areAcquainted()) {
      newest.setGap();
    }
  }

  /**
   * Whether each live member of version 1 takes all the others for live. Of two wpa_supplicants
   * that do not, each changes its identifier when the other says that it uses a key.
   */
  private boolean areAcquainted() {
    List<Peer> live = owner.peers().live();
    for (Peer peer : live) {
      if (peer.isVersion1() && !knowsAll(peer, live)) {
        return false;
      }
    }
    return true;
  }

  private static boolean knowsAll(Peer peer, List<Peer> live) {
    for (Peer other : live) {
      if (other != peer && !peer.knows(other.memberIdentifier())) {
        return false;
      }
    }
    return true;
  }

  /** A member that does not take the key, or lost it, gets another one; each time later. */
  private void watchMissing(long now, @Nullable Sak newest) {
    forgotten = false;
    if (newest == null || !isMine(newest)) {
      missingSince = TimerTable.NEVER;
      return;
    }
    for (Peer peer : owner.peers().live()) {
      forgotten |= peer.hasForgotten(newest.identifier());
    }
    if (isMissedByAny(newest)) {
      missingSince = missingSince == TimerTable.NEVER ? now : missingSince;
    } else {
      missingSince = TimerTable.NEVER;
      patience = port.isSettled() ? 2 * context.helloNanos : patience;
    }
  }

  private boolean isMissedTooLong(long now) {
    return forgotten || (missingSince != TimerTable.NEVER && missingSince + patience <= now);
  }

  /** Whether a live member of a key does not receive with it. */
  boolean isMissedByAny(Sak sak) {
    for (Peer peer : owner.peers().live()) {
      if (sak.isFor(peer.memberIdentifier()) && !peer.receives(sak.identifier())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a key is for exactly those who are live now, and us. */
  boolean isForAllPresent(Sak sak) {
    List<Peer> live = owner.peers().live();
    if (sak.members().size() != live.size() + 1) {
      return false;
    }
    for (Peer peer : live) {
      if (!sak.isFor(peer.memberIdentifier())) {
        return false;
      }
    }
    return true;
  }

  private long earliest(long now, @Nullable Sak newest, RekeyReason reason) {
    Sak ours = newest != null && isMine(newest) ? newest : null;
    long due = lastMade == TimerTable.NEVER ? now : lastMade + spacing;
    if (ours != null && !port.isSettled() && isForAllPresent(ours) && allCan(ours.suite())) {
      due = Math.max(due, lastMade + MAX_SPACING_NANOS);
    }
    due = Math.max(due, afterStrangers(now, ours));
    if (reason != RekeyReason.PACKET_NUMBER) {
      due = Math.max(due, afterAcquaintance(now));
    }
    // With every association number in use one more key would cut somebody off. Who does not say
    // that it moved on is waited for only so long.
    boolean crowded = port.choice().isCrowded(now);
    return crowded ? Math.max(due, since(ours) + context.lifeNanos) : due;
  }

  /** Since when the members could have moved on. */
  private long since(@Nullable Sak ours) {
    return ours == null ? neededSince : lastMade;
  }

  /**
   * Members that come with keys in use, and know others whom we do not know yet, wait for those:
   * without them the key would cut them off from each other. One that is only potential to them may
   * receive them all the same. A new key server's first key waits for live ones also when no key is
   * in use, but just a moment.
   *
   * @param ours our newest key; null when we have none in use
   */
  private long afterStrangers(long now, @Nullable Sak ours) {
    boolean live = false;
    boolean potential = false;
    boolean keysInUse = false;
    for (Peer peer : owner.peers().live()) {
      if (ours == null || !ours.isFor(peer.memberIdentifier())) {
        live |= hasStrangers(peer.acquaintances());
        potential |= hasStrangers(peer.hearsay());
        keysInUse |= peer.hasKeys();
      }
    }
    if (keysInUse && (live || potential)) {
      return neededSince + context.helloNanos * 3 / 2;
    }
    return live && ours == null ? neededSince + STRANGER_WAIT_NANOS : now;
  }

  /**
   * Members that do not know each other get no key before they do. Who does not say so is waited
   * for as long as a wpa_supplicant ignores who comes back under the SCI of a live peer, and speaks
   * after that.
   */
  private long afterAcquaintance(long now) {
    return areAcquainted() ? now : neededSince + context.lifeNanos + context.helloNanos;
  }

  private boolean hasStrangers(List<MemberIdentifier> listed) {
    return owner.peers().hasStrangers(listed, owner.identity().memberIdentifier());
  }

  // Making.

  private void make(long now, RekeyReason reason, SuiteChoice choice) {
    if (reason == RekeyReason.NOT_TAKEN && !isLesser(choice.suite())) {
      patience = Math.min(2 * patience, MAX_PATIENCE_NANOS);
    }
    boolean calm = lastMade == TimerTable.NEVER || now - lastMade > CALM_NANOS;
    spacing = calm ? FIRST_SPACING_NANOS : Math.min(2 * spacing, MAX_SPACING_NANOS);
    lastMade = now;
    missingSince = TimerTable.NEVER;
    neededSince = TimerTable.NEVER;
    requests.clear();
    context.event(new MkaEvent.RekeyStarted(reason));
    Sak sak = generate(now, choice);
    port.choice().handedOut(sak, now);
    watchAcquaintance(sak);
    if (reason == RekeyReason.NEW_MEMBER || reason == RekeyReason.NEW_KEY_SERVER) {
      sak.setUrgent();
    }
    context.counters.saksGenerated++;
    context.event(new MkaEvent.SakDistributed(sak.identifier(), sak.an(), sak.suite()));
    port.offer(sak);
    owner.news();
  }

  /** Whether a suite comes behind that of the newest key, so that a way down the list goes on. */
  private boolean isLesser(CipherSuite suite) {
    Sak newest = port.newest();
    List<CipherSuite> suites = context.config.cipherSuites();
    return newest != null && suites.indexOf(suite) > suites.indexOf(newest.suite());
  }

  private Sak generate(long now, SuiteChoice choice) {
    MemberIdentifier self = owner.identity().memberIdentifier();
    Map<MemberIdentifier, Sci> members = new LinkedHashMap<>();
    members.put(self, context.sci);
    owner.peers().live().forEach(peer -> members.put(peer.memberIdentifier(), peer.sci()));
    Map<MemberIdentifier, Ssci> sscis = SsciAssignment.byScis(members);
    MkaKeyIdentifier identifier = new MkaKeyIdentifier(self, ++keyNumber);
    AssociationNumber an = port.choice().next(now);
    Sak.AgreedKey agreed = new Sak.AgreedKey(identifier, an, choice.suite(), choice.offset());
    int length = choice.suite().keyLength();
    byte[] nonce = new byte[length];
    context.entropy.fill(nonce);
    byte[] octets =
        SakDerivation.derive(
            MkaCrypto.bouncyCastle(), cak, nonce, List.copyOf(members.keySet()), keyNumber, length);
    try {
      DistributedSak distribution =
          DistributedSak.of(
              an, choice.offset(), keyNumber, choice.suite(), OctetString.of(keys.wrap(octets)));
      return new Sak(owner, self, agreed, key(agreed, octets), sscis, distribution, now);
    } finally {
      Arrays.fill(octets, (byte) 0);
      Arrays.fill(nonce, (byte) 0);
    }
  }

  static SecureAssociationKey key(Sak.AgreedKey agreed, byte[] octets) {
    MkaKeyIdentifier identifier = agreed.identifier();
    return agreed.suite().isXpn()
        ? SecureAssociationKey.ofXpn(
            identifier.toKeyIdentifier(), octets, SakDerivation.xpnSalt(identifier))
        : SecureAssociationKey.of(identifier.toKeyIdentifier(), octets);
  }
}
