package org.macsec4j.mka.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.FormerLife;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaEvent.KeyEnded.Cause;
import org.macsec4j.mka.PreSharedKey;

/**
 * The keys of a port, each with its participant: which of them are valid now, and in which order
 * they are preferred.
 *
 * <p>The times of keys are those of the world's clock, while the engine knows none; it is told now
 * and then what that clock shows. A step of it moves the moments at which keys begin and end, and
 * nothing else. Until it is told, keys with times wait.
 *
 * <p>A participant runs once: a key that ended and comes back gets a new one, with a new member
 * identifier, so that no message or key number is used twice.
 */
final class KeyRing {
  /** Makes the participant of a key, not started. */
  interface Maker {
    MkaParticipant participant(PreSharedKey key);
  }

  /** A key and the participant in its CA. */
  private record Place(
      PreSharedKey key, MkaParticipant participant, Instant since, @Nullable Ckn replaces) {
    boolean isBefore(Instant time) {
      return key.validFrom().map(from -> from.isAfter(time)).orElse(false);
    }

    boolean isOver(Instant time) {
      return key.validUntil().map(until -> !until.isAfter(time)).orElse(false);
    }

    boolean hasTimes() {
      return key.validFrom().isPresent() || key.validUntil().isPresent();
    }
  }

  /** A stable sort by it keeps the order in which keys were named. */
  private static final Comparator<Place> PREFERENCE =
      Comparator.comparing((Place place) -> place.key.isFallback())
          .thenComparing(Place::since, Comparator.reverseOrder());

  /** Farther away than any host runs; nanoseconds cannot count so far. */
  private static final Duration FAR = Duration.ofDays(36_500);

  private final PortContext context;
  private final Maker maker;
  private final List<Place> places = new ArrayList<>(1);
  private List<MkaParticipant> running = List.of();
  private @Nullable Instant clock;
  private long clockReadAt;
  private boolean replacing;
  private long nextChange = Long.MIN_VALUE;

  KeyRing(PortContext context, Maker maker) {
    this.context = context;
    this.maker = maker;
  }

  /** The participants whose keys are valid, the preferred one first. */
  List<MkaParticipant> running() {
    return running;
  }

  /** The participant of the preferred key, running or not; there is a key. */
  MkaParticipant first() {
    return places.get(0).participant;
  }

  /** Whether a key is here, valid or not. */
  boolean contains(Ckn ckn) {
    return find(ckn) != null;
  }

  /** The keys, valid or not, the preferred one first. */
  List<PreSharedKey> keys() {
    return places.stream().map(Place::key).toList();
  }

  /** The participant of a key that is here, running or not; null when there is none. */
  @Nullable MkaParticipant participant(Ckn ckn) {
    Place place = find(ckn);
    return place == null ? null : place.participant;
  }

  /** Whether the first participant is preferred to the second one. */
  boolean isPreferred(MkaParticipant first, MkaParticipant second) {
    return running.indexOf(first) < running.indexOf(second);
  }

  private @Nullable Place find(Ckn ckn) {
    for (Place place : places) {
      if (place.key.ckn().equals(ckn)) {
        return place;
      }
    }
    return null;
  }

  /**
   * Keeps what another ring with the same keys knows of them: their order, which replaces which.
   */
  void keep(KeyRing before) {
    for (Place was : before.places) {
      Place here = find(was.key.ckn());
      if (here != null) {
        places.set(
            places.indexOf(here), new Place(here.key, here.participant, was.since, was.replaces));
        replacing |= was.replaces != null;
      }
    }
    places.sort(PREFERENCE);
  }

  /** What is to be remembered of each participant that is at work. */
  List<FormerLife> lives() {
    return running.stream().map(participant -> participant.resumption().life()).toList();
  }

  /** Goes on with what was remembered so long ago of the same keys; before the start. */
  void goOn(List<FormerLife> lives, long age) {
    for (FormerLife life : lives) {
      MkaParticipant participant = participant(life.ckn());
      if (participant != null && life.sci().equals(context.sci)) {
        participant.resumption().goOn(life, age);
      }
    }
  }

  // What comes in.

  /**
   * Looks whether a key can be added.
   *
   * @throws InvalidConfigurationException when its name is taken or it was destroyed
   */
  void check(PreSharedKey key) {
    List<String> problems = new ArrayList<>();
    if (contains(key.ckn())) {
      problems.add("ckn: there is a key with the CKN " + key.ckn());
    }
    if (key.isDestroyed()) {
      problems.add(destroyed(key));
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException("key", problems);
    }
  }

  static String destroyed(PreSharedKey key) {
    return "cak: the key of the CKN " + key.ckn() + " was destroyed";
  }

  /** Adds a key, which is preferred to none of the same kind and begin. */
  void add(PreSharedKey key) {
    insert(places.size(), key, since(key), null);
  }

  /** Adds a key in the place of another one, which goes as soon as the new one is in use. */
  void replace(Ckn old, PreSharedKey key) {
    Place before = find(old);
    if (before == null) {
      add(key);
      return;
    }
    Instant since = since(key).isAfter(before.since) ? since(key) : before.since;
    insert(places.indexOf(before), key, since, old);
  }

  private static Instant since(PreSharedKey key) {
    return key.validFrom().orElse(Instant.MIN);
  }

  private void insert(int index, PreSharedKey key, Instant since, @Nullable Ckn old) {
    MkaParticipant participant = maker.participant(key);
    places.add(index, new Place(key, participant, since, old));
    places.sort(PREFERENCE);
    replacing |= old != null;
    nextChange = Long.MIN_VALUE;
  }

  /** Takes a key away; false when there is none of that name. */
  boolean remove(Ckn ckn, Cause cause) {
    Place place = find(ckn);
    if (place == null) {
      return false;
    }
    places.remove(place);
    nextChange = Long.MIN_VALUE;
    place.participant.stop();
    place.participant.destroy();
    context.event(new MkaEvent.KeyEnded(ckn, cause));
    return true;
  }

  /** A key replaces another one, which is not needed any more when the new one is in use. */
  void inUse(MkaParticipant participant) {
    if (!replacing) {
      return;
    }
    Ckn replaced = null;
    for (Place place : places) {
      if (place.participant == participant) {
        replaced = place.replaces;
      }
    }
    if (replaced != null) {
      remove(replaced, Cause.REPLACED);
    }
  }

  /** The world's clock shows a time now. */
  void handleClock(long now, Instant time) {
    clock = time;
    clockReadAt = now;
    nextChange = now;
  }

  /** Starts what became valid, ends what is valid no more. */
  void settle(long now) {
    if (now < nextChange) {
      return;
    }
    Instant time = time(now);
    for (Place place : List.copyOf(places)) {
      if (time != null && place.isOver(time)) {
        remove(place.key.ckn(), Cause.EXPIRED);
      } else if (!place.participant.isRunning() && isValid(place, time)) {
        place.participant.start(now);
        context.event(new MkaEvent.KeyStarted(place.key.ckn()));
      }
    }
    running = places.stream().map(Place::participant).filter(MkaParticipant::isRunning).toList();
    nextChange = nextChange(now, time);
  }

  private static boolean isValid(Place place, @Nullable Instant time) {
    return !place.hasTimes() || (time != null && !place.isBefore(time) && !place.isOver(time));
  }

  /** The time of day; null when the clock was never told. */
  @Nullable Instant time(long now) {
    return clock == null ? null : clock.plusNanos(now - clockReadAt);
  }

  private long nextChange(long now, @Nullable Instant time) {
    long next = TimerTable.NEVER;
    if (time != null) {
      for (Place place : places) {
        next = Math.min(next, timeOf(place.key.validFrom().orElse(null), time, now));
        next = Math.min(next, timeOf(place.key.validUntil().orElse(null), time, now));
      }
    }
    return next;
  }

  /** Until when settling would change nothing. */
  long restsUntil() {
    return nextChange;
  }

  /** When the next key begins or ends; {@link TimerTable#NEVER} when that is not known. */
  long nextDeadlineAfter(long now) {
    return nextChange > now ? nextChange : TimerTable.NEVER;
  }

  private static long timeOf(@Nullable Instant moment, Instant time, long now) {
    if (moment == null || !moment.isAfter(time)) {
      return TimerTable.NEVER;
    }
    Duration left = Duration.between(time, moment);
    boolean far = left.compareTo(FAR) > 0;
    return far ? TimerTable.NEVER : now + left.toNanos();
  }

  /** Ends all participants. */
  void stop() {
    places.forEach(place -> place.participant.stop());
  }

  /** Zeroes all keys. */
  void destroy() {
    places.forEach(place -> place.participant.destroy());
  }
}
