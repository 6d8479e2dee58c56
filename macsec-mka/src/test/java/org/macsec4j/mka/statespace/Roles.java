package org.macsec4j.mka.statespace;

import java.util.Map;
import java.util.Set;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.crypto.MkaKeys;

/**
 * What is known of the engine's fields beyond their values: the only place that names them.
 *
 * <p>A field that stands in no list here is plain, and counts with its value. So a field that the
 * engine gains is part of the state from its first day; what can go wrong is that two states are
 * told apart that need not be, never that two are taken for one.
 */
final class Roles {
  /** Virtual time begins here, so that times are known by their size, in whatever field. */
  static final long ORIGIN = 1_000_000_000_000_000L;

  private static final long SECOND = 1_000_000_000L;
  private static final long BEFORE_ORIGIN = ORIGIN - 1_000_000_000_000L;
  private static final long END = 2 * ORIGIN;

  /** A deadline that is further away, as of a rekey interval of never, is all the same. */
  private static final long FAR = 1_000 * SECOND;

  /** What the engine adds to a time for never. */
  private static final long NEVER = Long.MAX_VALUE / 4;

  /** A deadline: what has passed before its owner was last called is a mark that it has passed. */
  static final int DEADLINE = 0;

  /** A moment in the past, told apart however long ago it was. */
  static final int MOMENT = 1;

  /** The first of the kinds of moments that stop to matter; see {@link #FADING}. */
  private static final int FIRST_FADING = 2;

  private static final Set<String> DEADLINES =
      Set.of("TimerTable.deadlines", "Lingering.until", "Refusal.retryAt", "Peer.expiry");

  /** Moments that the engine compares with less than this time; longer ago is all the same. */
  private static final Map<String, Long> FADING =
      Map.of(
          // With the time within which two hellos of a new version 1 peer must come.
          "Peer.firstHeard", 5 * SECOND,
          // With a hello time.
          "MkpduComposer.silentSince", 3 * SECOND,
          // With what makes the next key one of a row, the spacing of keys, and the life time.
          "SakLifecycle.lastMade", 7 * SECOND,
          // With the MKA Life Time.
          "HandedOut.at", 7 * SECOND,
          // With the rekey interval alone, and there is none here.
          "Sak.createdAt", 0L,
          // With the life time, when frames may pass in clear after that.
          "ClearAccess.since", 7 * SECOND,
          // With the times at which keys begin and end, and there are none here.
          "KeyRing.clockReadAt", 0L,
          // With the time of a crossing answer.
          "SendPacer.lastSent", SECOND / 10,
          // With the MKA Life Time.
          "ActorIdentity.checkpoints", 7 * SECOND);

  private static final String[] FADING_NAMES = FADING.keySet().toArray(String[]::new);

  /** Message numbers of our own; what counts of them is said in {@link Numbering}. */
  private static final Set<String> OWN_NUMBERS =
      Set.of(
          "ActorIdentity.messageNumber",
          "ActorIdentity.oldestRecent",
          "ActorIdentity.checkpoints",
          "MkpduSender.newsNumber",
          "HandedOut.messageNumber",
          "Peer.acknowledged");

  /** Message numbers of the member that another field of the same object names. */
  private static final Map<String, String> NUMBERS =
      Map.of(
          "BasicParameterSet.actorMessageNumber", "actorMemberIdentifier",
          "Peer.messageNumber", "memberIdentifier",
          "PeerEntry.messageNumber", "memberIdentifier");

  /** Maps from a member to one of its message numbers. */
  private static final Set<String> NUMBERS_BY_MEMBER = Set.of("PeerTable.departed");

  /** Arrays of which only the beginning counts, and the field that says how much of it. */
  private static final Map<String, String> COUNTS = Map.of("ActorIdentity.checkpoints", "used");

  /** What is no part of the state, and why. */
  private static final Set<String> IGNORED =
      Set.of(
          // Never change, and are the same in all states of a search.
          "PortContext.config",
          "MkaParticipant.keys",
          "MkaParticipant.cak",
          "SakLifecycle.keys",
          "SakLifecycle.cak",
          "SakReception.keys",
          "MkpduComposer.header",
          "MkpduComposer.encoder",
          "MkpduReceiver.decoder",
          // Only count, and nothing is decided by them.
          "PortContext.counters",
          "SecyDriver.underWayId",
          "SmallMember.lateId",
          // Each tells what an identifier of a key tells here.
          "PortContext.keysTaken",
          // Says which deadlines were acted on; is taken in with these.
          "MkaPort.lastNow",
          // Only save work that would change nothing.
          "MkaPort.calm",
          "SakLifecycle.restsAs",
          // Made of the peers when it is asked for.
          "PeerTable.live");

  /** Neither copied nor looked into: never changed as long as a port is not stopped. */
  private static final Set<Class<?>> OPAQUE = Set.of(MkaConfig.class, MkaKeys.class, Cak.class);

  private Roles() {}

  static boolean isTime(long value) {
    return (value >= BEFORE_ORIGIN && value < END)
        || (value >= NEVER + BEFORE_ORIGIN && value < NEVER + END);
  }

  /** Which kind of time a field holds, if it holds one. */
  static int timeKind(String field) {
    if (DEADLINES.contains(field)) {
      return DEADLINE;
    }
    for (int i = 0; i < FADING_NAMES.length; i++) {
      if (FADING_NAMES[i].equals(field)) {
        return FIRST_FADING + i;
      }
    }
    return MOMENT;
  }

  /** What a time means now to an owner who was last called at a given time. */
  static long meaning(int kind, long time, long now, long lastCalled) {
    if (kind == DEADLINE) {
      return time <= lastCalled ? Long.MIN_VALUE : Math.min(time - now, FAR);
    }
    if (kind == MOMENT) {
      return time - now;
    }
    return Math.max(time - now, -FADING.get(FADING_NAMES[kind - FIRST_FADING]));
  }

  static boolean isOwnNumber(String field) {
    return OWN_NUMBERS.contains(field);
  }

  /** The field that names the member whose message number a field holds; null when it is none. */
  static String numberOf(String field) {
    return NUMBERS.get(field);
  }

  /** The field that says how many elements of an array count; null when all do. */
  static String countOf(String field) {
    return COUNTS.get(field);
  }

  static boolean isNumbersByMember(String field) {
    return NUMBERS_BY_MEMBER.contains(field);
  }

  static boolean isIgnored(String field) {
    return IGNORED.contains(field);
  }

  static boolean isOpaque(Class<?> type) {
    return OPAQUE.contains(type);
  }

  /** All names in the lists, for the test that each is the name of a field. */
  static Set<String> names() {
    Set<String> names = new java.util.TreeSet<>(DEADLINES);
    names.addAll(FADING.keySet());
    names.addAll(OWN_NUMBERS);
    names.addAll(NUMBERS.keySet());
    names.addAll(NUMBERS_BY_MEMBER);
    names.addAll(IGNORED);
    return names;
  }
}
