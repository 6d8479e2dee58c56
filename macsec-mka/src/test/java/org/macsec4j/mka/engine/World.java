package org.macsec4j.mka.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacAddress;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.Ssci;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaKeyIdentifier;

/**
 * A deterministic bus with virtual time that joins ports with stub SecYs, and checks after each
 * step what must hold always. Everything follows from one seed.
 */
final class World {
  static final long MILLIS = 1_000_000L;
  static final long SECONDS = 1_000_000_000L;

  private record Task(long at, long order, Runnable action) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  final long seed;
  final List<Member> members = new ArrayList<>();
  final List<KayPeer> kayPeers = new ArrayList<>();
  final List<String> trace = new ArrayList<>();

  /** Who has ever transmitted with which key: must not begin anew. */
  final Map<String, Integer> transmitInstalls = new HashMap<>();

  final Map<MkaKeyIdentifier, String> keysByIdentifier = new HashMap<>();
  final Map<String, Map<Sci, Ssci>> sscisByKey = new HashMap<>();

  double loss;
  double duplication;
  long minDelay = MILLIS;
  long maxDelay = MILLIS;
  BiPredicate<Member, Member> cut = (from, to) -> false;
  boolean tracing;
  int frames;

  private final SplittableRandom random;
  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long now;
  private long order;

  World(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  long now() {
    return now;
  }

  SplittableRandom random() {
    return random;
  }

  static Sci sci(int number) {
    return new Sci(MacAddress.parse(String.format("02:00:00:00:%02x:01", number)), 1);
  }

  /** Adds a member, not started. */
  Member add(String name, int number, MkaConfig config) {
    Member member = new Member(this, name, sci(number), config);
    members.add(member);
    return member;
  }

  Member join(String name, int number, MkaConfig config) {
    Member member = add(name, number, config);
    member.start();
    return member;
  }

  void at(long time, Runnable action) {
    tasks.add(new Task(Math.max(time, now), order++, action));
  }

  void transmit(Member from, byte[] frame) {
    frames++;
    for (Member to : members) {
      if (to == from || cut.test(from, to) || random.nextDouble() < loss) {
        continue;
      }
      deliver(to, frame);
      if (random.nextDouble() < duplication) {
        deliver(to, frame);
      }
    }
    deliverToKayPeers(null, frame);
  }

  /** What a peer says that is not ours. */
  void transmit(KayPeer from, byte[] frame) {
    members.forEach(to -> deliver(to, frame));
    deliverToKayPeers(from, frame);
  }

  private void deliverToKayPeers(@Nullable KayPeer from, byte[] frame) {
    for (KayPeer to : kayPeers) {
      if (to == from) {
        continue;
      }
      int life = to.life();
      at(
          now + delay(),
          () -> {
            if (to.life() == life) {
              to.frame(frame);
            }
          });
    }
  }

  private long delay() {
    return minDelay == maxDelay ? minDelay : random.nextLong(minDelay, maxDelay + 1);
  }

  void deliver(Member to, byte[] frame) {
    int life = to.life();
    at(
        now + delay(),
        () -> {
          if (to.life() == life) {
            to.frame(frame);
          }
        });
  }

  /** Runs until a time. */
  void runTo(long time) {
    while (!tasks.isEmpty() && tasks.peek().at <= time) {
      runOne();
    }
    now = Math.max(now, time);
  }

  void run(long nanos) {
    runTo(now + nanos);
  }

  /** Runs until something holds; the time it took, or an error that names the seed. */
  long runUntil(BooleanSupplier condition, long limitNanos) {
    long begin = now;
    while (!condition.getAsBoolean()) {
      if (tasks.isEmpty() || tasks.peek().at > begin + limitNanos) {
        throw failure("not reached within " + limitNanos / MILLIS + " ms");
      }
      runOne();
    }
    return now - begin;
  }

  private void runOne() {
    Task task = tasks.poll();
    now = Math.max(now, task.at);
    task.action.run();
  }

  /** Everybody stands still for some time, as on a machine that has too much to do. */
  void standStill(long nanos) {
    log("all stand still");
    now += nanos;
  }

  boolean allSecured() {
    return members.stream().filter(Member::isUp).allMatch(Member::isSecured);
  }

  /** Whether all members that are up transmit with one key and receive each other with it. */
  boolean allAgree() {
    List<Member> up = members.stream().filter(Member::isUp).toList();
    if (up.isEmpty() || !allSecured()) {
      return false;
    }
    SecureAssociationKey key = up.get(0).secy.transmitKey();
    for (Member member : up) {
      if (key == null
          || !key.equals(member.secy.transmitKey())
          || member.port.status().livePeers().size() != up.size() - 1) {
        return false;
      }
      for (Member other : up) {
        if (member != other && !other.secy.receives(member.sci, member.secy)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Every member sends a data frame to every other now and then. What is not accepted is lost, from
   * the first one on that was accepted in the lives of both.
   */
  void traffic(long everyNanos, Map<String, Integer> lost) {
    traffic(everyNanos, lost, new HashSet<>());
  }

  private void traffic(long everyNanos, Map<String, Integer> lost, Set<String> established) {
    for (Member from : members) {
      for (Member to : members) {
        if (from == to || !from.isUp() || !to.isUp()) {
          continue;
        }
        String pair = from.name + from.life() + ">" + to.name + to.life();
        if (to.secy.receives(from.sci, from.secy)) {
          established.add(pair);
        } else if (established.contains(pair)) {
          lost.merge(pair, 1, Integer::sum);
          log("lost " + pair);
        }
      }
    }
    at(now + everyNanos, () -> traffic(everyNanos, lost, established));
  }

  static String hex(SecureAssociationKey key) {
    return HexFormat.of().formatHex(key.toByteArray());
  }

  void log(String line) {
    if (tracing) {
      trace.add(String.format("%10.3f ms  %s", now / 1e6, line));
    }
  }

  AssertionError failure(String what) {
    StringBuilder text =
        new StringBuilder(what + " (seed " + seed + ", at " + now / MILLIS + " ms)");
    for (Member member : members) {
      text.append("\n  ").append(member.describe());
    }
    kayPeers.forEach(peer -> text.append("\n  ").append(peer));
    trace.stream()
        .skip(Math.max(0, trace.size() - Integer.getInteger("mka.trace", 200)))
        .forEach(l -> text.append("\n").append(l));
    return new AssertionError(text.toString());
  }

  static Map<String, Integer> counter() {
    return new LinkedHashMap<>();
  }
}
