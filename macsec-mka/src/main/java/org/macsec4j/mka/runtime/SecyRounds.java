package org.macsec4j.mka.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacsecException;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.spi.EventLoop;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the SecYs of all sessions of a backend in rounds, each with one reading for all: a
 * kernel gives the packet numbers of one SecY only together with those of all others.
 *
 * <p>To read thousands of them takes longer than a second may last for a protocol on the same
 * thread. So the rounds come as often as asked only while they cost little, and never take more
 * than a tenth of the time.
 */
final class SecyRounds {
  private static final Logger LOG = LoggerFactory.getLogger(SecyRounds.class);

  /** How many times as long as a round took the next one is put off at least. */
  private static final long REST = 9;

  /** A process that was stopped in a round took no time for it. */
  private static final long LONGEST_REST = Duration.ofSeconds(30).toNanos();

  // Guarded by ALL.
  private static final Map<Key, SecyRounds> ALL = new HashMap<>();

  private final Key key;
  // Guarded by ALL.
  private final List<Member> members = new ArrayList<>();
  private @Nullable Registration timer;
  // On the loop alone.
  private boolean failing;

  private record Key(MacsecBackend backend, EventLoop loop, long interval) {}

  /** A session as these rounds see it. */
  interface Member {
    SecyId secy();

    /** A number that is another one after each change of the SecY by this member. */
    long version();

    /**
     * Takes what was read.
     *
     * @param version what {@link #version} was before the reading
     * @param now the SecY; empty when it is gone
     */
    void look(long version, Optional<SecySnapshot> now);

    /** Hears that its SecY cannot be read, and may be there or not. */
    void unreadable(MacsecException cause);
  }

  private SecyRounds(Key key) {
    this.key = key;
  }

  /**
   * Begins to look at a member's SecY.
   *
   * @param interval nanoseconds from one look to the next, if looking is quick
   * @return ends it when closed
   */
  static Registration join(MacsecBackend backend, EventLoop loop, long interval, Member member) {
    synchronized (ALL) {
      SecyRounds rounds = ALL.computeIfAbsent(new Key(backend, loop, interval), SecyRounds::new);
      rounds.members.add(member);
      if (rounds.members.size() == 1) {
        rounds.schedule(interval);
      }
      return () -> rounds.leave(member);
    }
  }

  private void leave(Member member) {
    synchronized (ALL) {
      if (members.remove(member) && members.isEmpty()) {
        ALL.remove(key);
        if (timer != null) {
          timer.close();
        }
      }
    }
  }

  /** Guarded by ALL. */
  private void schedule(long delay) {
    timer = key.loop.schedule(key.loop.nanoTime() + delay, this::round);
  }

  private void round() {
    List<Member> present;
    synchronized (ALL) {
      if (members.isEmpty()) {
        return;
      }
      present = List.copyOf(members);
    }
    long begin = key.loop.nanoTime();
    try {
      if (present.size() == 1) {
        look(key.backend, present.get(0));
      } else {
        lookAtAll(present);
      }
    } finally {
      long took = key.loop.nanoTime() - begin;
      synchronized (ALL) {
        if (!members.isEmpty()) {
          schedule(Math.max(key.interval - took, Math.min(REST * took, LONGEST_REST)));
        }
      }
    }
  }

  /** Reads a member's SecY alone, and tells the member. */
  static void look(MacsecBackend backend, Member member) {
    long version = member.version();
    SecyId secy = member.secy();
    try {
      member.look(version, Optional.of(backend.read(secy)));
    } catch (MacsecException e) {
      if (e.kind() == MacsecException.Kind.NOT_FOUND) {
        member.look(version, Optional.empty());
      } else {
        member.unreadable(e);
      }
    }
  }

  private void lookAtAll(List<Member> present) {
    long[] versions = present.stream().mapToLong(Member::version).toArray();
    Map<Integer, SecySnapshot> all;
    try {
      all =
          key.backend.readAll().stream()
              .collect(Collectors.toMap(secy -> secy.id().index(), secy -> secy));
      failing = false;
    } catch (MacsecException e) {
      if (!failing) {
        LOG.warn("the SecYs cannot be read at once, and are one by one: {}", e.getMessage());
      }
      failing = true;
      present.forEach(member -> look(key.backend, member));
      return;
    }
    for (int i = 0; i < present.size(); i++) {
      Member member = present.get(i);
      SecySnapshot now = all.get(member.secy().index());
      if (now == null) {
        // It may have been missed because of a change meanwhile.
        look(key.backend, member);
      } else {
        member.look(versions[i], Optional.of(now));
      }
    }
  }
}
