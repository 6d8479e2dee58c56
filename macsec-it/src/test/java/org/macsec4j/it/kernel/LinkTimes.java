package org.macsec4j.it.kernel;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.macsec4j.testkit.kernel.Netns;

/**
 * How long links take to come up, and to come back after a crash, until a ping is answered: between
 * two of ours, between one of ours and a wpa_supplicant, between two of those; in turns within one
 * run. One end survives, the other one starts, or is killed and starts again, as key server in
 * every second round.
 *
 * <p>What of ours is killed is a process that was ready and waited, so the start of its JVM does
 * not count; it has a row of its own. What only starts is in the JVM of the test.
 */
final class LinkTimes {
  /** Who survives, and who starts and is killed. */
  enum Who {
    OURS_OURS("ours, ours", true, true, false),
    THEIRS_OURS("wpa, ours", false, true, false),
    THEIRS_REMEMBERED("wpa, ours with a memory", false, true, true),
    OURS_THEIRS("ours, wpa", true, false, false),
    THEIRS_THEIRS("wpa, wpa", false, false, false);

    private final String text;
    private final boolean firstIsOurs;
    private final boolean secondIsOurs;
    private final boolean remembers;

    Who(String text, boolean firstIsOurs, boolean secondIsOurs, boolean remembers) {
      this.text = text;
      this.firstIsOurs = firstIsOurs;
      this.secondIsOurs = secondIsOurs;
      this.remembers = remembers;
    }
  }

  private enum What {
    START("start of the second"),
    RESTART("kill -9, device deleted, start"),
    STALE("kill -9, start over the stale device"),
    REKEYS("frames lost in rekeys"),
    JVM("JVM until main"),
    READY("JVM until a session was up in it");

    private final String text;

    What(String text) {
      this.text = text;
    }
  }

  private record Cell(What what, String who) {}

  private static final String FIRST_ADDRESS = "10.0.0.1";
  private static final String SECOND_ADDRESS = "10.0.0.2";
  private static final int FIRST_PRIORITY = 100;

  /** Longer than the life time, before which a wpa_supplicant makes no other key. */
  private static final long SETTLED_MILLIS = 7_000;

  /** SAs of before carry frames until the survivor forgets who had them. */
  private static final long STALE_MILLIS = 8_000;

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final PrintStream out;
  private final Map<Cell, List<Double>> seconds = new ConcurrentHashMap<>();

  LinkTimes(PrintStream out) {
    this.out = out;
  }

  /** The second one starts while the first one has been there for some seconds. */
  void start(Who who, int round) throws InterruptedException {
    try (Netns left = space("left");
        Netns right = space("right")) {
      join(left, right);
      try (LinkEnd first = lasting(left, FIRST_ADDRESS, FIRST_PRIORITY, who.firstIsOurs);
          LinkEnd second = lasting(right, SECOND_ADDRESS, priority(round), who.secondIsOurs)) {
        begin(first);
        // Those who speak every 2 s are met at any moment of that.
        Thread.sleep(2_000 + 200 * round);
        second.prepare();
        try (FirstPing ping = FirstPing.start(first, second)) {
          ping.mark();
          Instant begin = Instant.now();
          second.begin();
          second.address();
          end(What.START, who, first, second, begin, ping);
        }
      }
    }
  }

  /** The second one is killed again and again. */
  void crashes(Who who, int round, int times) throws InterruptedException, IOException {
    try (Netns left = space("left");
        Netns right = space("right")) {
      join(left, right);
      try (LinkEnd first = lasting(left, FIRST_ADDRESS, FIRST_PRIORITY, who.firstIsOurs);
          LinkEnd second = dying(right, priority(round), who)) {
        begin(first);
        begin(second);
        awaitUp(first, second);
        try (FirstPing ping = FirstPing.start(first, second)) {
          for (int i = 0; i < times; i++) {
            settle(second);
            restart(who, first, second, ping);
            // Where it does not end, once is enough.
            if (who.secondIsOurs || i == times - 1) {
              settle(second);
              stale(who, first, second, ping);
            }
          }
        }
      }
    }
  }

  /** The second one leads in every second round. */
  private static int priority(int round) {
    return round % 2 == 0 ? FIRST_PRIORITY + 1 : FIRST_PRIORITY - 1;
  }

  private static void begin(LinkEnd end) {
    end.prepare();
    end.begin();
    end.address();
  }

  private static void awaitUp(LinkEnd first, LinkEnd second) throws InterruptedException {
    try (FirstPing ping = FirstPing.start(first, second)) {
      ping.mark();
      if (ping.await(Instant.now(), LIMIT).isEmpty()) {
        throw new IllegalStateException("not up: " + first.said() + second.said());
      }
    }
  }

  /** Who does not wait for a second for an answer to ARP finds the end of an outage. */
  private static Netns space(String name) {
    Netns made = QuietNetns.create(name);
    made.run("sh", "-c", "echo 20 >/proc/sys/net/ipv4/neigh/default/retrans_time_ms");
    made.ip(
        "link add name %s up type veth peer name %s"
            .formatted(StandbySession.WARM, StandbySession.WARM_PEER));
    made.ip("link set dev %s up".formatted(StandbySession.WARM_PEER));
    return made;
  }

  private static void join(Netns left, Netns right) {
    String parent = LinkEnd.PARENT;
    left.veth(parent, right, parent);
    left.ip("link set dev %s address %s".formatted(parent, Pair.LEFT_ADDRESS));
    right.ip("link set dev %s address %s".formatted(parent, Pair.RIGHT_ADDRESS));
  }

  private static LinkEnd lasting(Netns space, String address, int priority, boolean ours) {
    return ours
        ? new LinkEnd.Ours(space, address, priority)
        : new LinkEnd.Theirs(space, address, priority);
  }

  private LinkEnd dying(Netns space, int priority, Who who) throws IOException {
    return who.secondIsOurs
        ? new DyingEnd(
            space,
            SECOND_ADDRESS,
            priority,
            who.remembers
                ? Optional.of(Files.createTempDirectory("memory").resolve("second"))
                : Optional.empty(),
            nanos -> add(What.JVM, "ours", nanos / 1e9),
            nanos -> add(What.READY, "ours", nanos / 1e9))
        : new LinkEnd.Theirs(space, SECOND_ADDRESS, priority);
  }

  private static void settle(LinkEnd second) throws InterruptedException {
    long begin = System.nanoTime();
    second.prepare();
    long spent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    Thread.sleep(Math.max(0, SETTLED_MILLIS - spent));
  }

  private void restart(Who who, LinkEnd first, LinkEnd second, FirstPing ping)
      throws InterruptedException {
    Instant begin = Instant.now();
    second.kill();
    second.deleteDevice();
    ping.mark();
    second.begin();
    second.address();
    end(What.RESTART, who, first, second, begin, ping);
  }

  /**
   * The SAs of before go on carrying frames. Ours takes them away before it says that it has
   * started; a wpa_supplicant does not.
   */
  private void stale(Who who, LinkEnd first, LinkEnd second, FirstPing ping)
      throws InterruptedException {
    Instant begin = Instant.now();
    second.kill();
    second.begin();
    if (!who.secondIsOurs) {
      Thread.sleep(STALE_MILLIS);
    }
    ping.mark();
    end(What.STALE, who, first, second, begin, ping);
  }

  private void end(What what, Who who, LinkEnd first, LinkEnd second, Instant begin, FirstPing ping)
      throws InterruptedException {
    Optional<Duration> spent = ping.await(begin, LIMIT);
    String leader = second.priority < first.priority ? "second leads" : "first leads";
    add(
        what,
        who.text + ", " + leader,
        spent.map(time -> time.toNanos() / 1e9).orElse(Double.POSITIVE_INFINITY));
    boolean expected = what == What.STALE && !who.secondIsOurs;
    if (spent.isEmpty() && !expected) {
      out.println(first.said());
      out.println(second.said());
    }
  }

  /** How many pings of a flood are lost while the first one, which leads, makes new keys. */
  void rekeys(Who who, int times) throws InterruptedException, IOException {
    try (Netns left = space("left-" + who);
        Netns right = space("right-" + who)) {
      join(left, right);
      // The first one leads.
      try (LinkEnd first = lasting(left, FIRST_ADDRESS, FIRST_PRIORITY, who.firstIsOurs);
          LinkEnd second = lasting(right, SECOND_ADDRESS, FIRST_PRIORITY + 1, who.secondIsOurs)) {
        begin(first);
        begin(second);
        awaitUp(first, second);
        Thread.sleep(SETTLED_MILLIS);
        Process flood = Floods.start(left, second.address);
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
          first.rekey();
        }
        double spent = (System.nanoTime() - begin) / 1e9;
        Floods.Sums sums = Floods.end(left, flood);
        add(What.REKEYS, who.text, sums.sent() - sums.received());
        out.printf(
            Locale.ROOT,
            "%s: %d rekeys in %.1f s, %d of %d lost%n",
            who.text,
            times,
            spent,
            sums.sent() - sums.received(),
            sums.sent());
      }
    }
  }

  /** Medians, in brackets the least and the greatest, and how many there were. */
  void print() {
    for (What what : What.values()) {
      for (Map.Entry<Cell, List<Double>> cell : seconds.entrySet()) {
        if (cell.getKey().what == what) {
          double[] sorted = cell.getValue().stream().mapToDouble(d -> d).sorted().toArray();
          int n = sorted.length;
          double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
          out.printf(
              Locale.ROOT,
              "%-40s %-26s %6.2f (%.2f to %.2f, %d times)%n",
              what.text,
              cell.getKey().who,
              median,
              sorted[0],
              sorted[n - 1],
              n);
        }
      }
    }
  }

  private void add(What what, String who, double value) {
    out.printf(Locale.ROOT, "%s: %s: %.2f%n", who, what.text, value);
    seconds.computeIfAbsent(new Cell(what, who), cell -> new ArrayList<>()).add(value);
  }
}
