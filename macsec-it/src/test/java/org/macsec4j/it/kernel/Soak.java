package org.macsec4j.it.kernel;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.PreSharedKey;

/**
 * Three hosts on a bridge live for days: two have sessions of ours, the third a wpa_supplicant. In
 * each hour there is a new SAK while pings go to and fro, and then maybe a restart of one of them;
 * once a day the CAK changes. The guest's clock jumps, so an hour takes some seconds.
 */
final class Soak implements AutoCloseable {
  private static final int PINGS = 350;
  private static final int PING_SECONDS = 10;
  private static final int ROLL_OVER_AT = 12;
  private static final int RESTART_ONE_HOUR_IN = 4;
  private static final int FIRST_PRIORITY = 16;
  private static final int SECOND_PRIORITY = 32;
  private static final int THIRD_PRIORITY = 64;

  private final PrintStream out;
  private final Random random;
  private final WpaGroup group = new WpaGroup(1);
  private final LinkEnd.Ours first = (LinkEnd.Ours) group.add(true, FIRST_PRIORITY);
  private final LinkEnd.Ours second = (LinkEnd.Ours) group.add(true, SECOND_PRIORITY);
  private final LinkEnd third = group.add(false, THIRD_PRIORITY);
  private final List<LinkEnd> members = List.of(first, second, third);
  private int key;

  /** What went wrong, which is more than one may have to know. */
  private final List<String> problems = new ArrayList<>();

  Soak(PrintStream out, long seed) {
    this.out = out;
    this.random = new Random(seed);
  }

  /** Lives for some days, and tells of each. */
  List<String> days(int days) throws IOException, InterruptedException {
    for (LinkEnd member : members) {
      member.use(cak(key), ckn(key));
      WpaGroup.begin(member);
    }
    awaitWhole("start");
    for (int day = 0; day < days; day++) {
      int restarts = 0;
      for (int hour = 0; hour < 24; hour++) {
        String when = "day %d, hour %d".formatted(day, hour);
        quietHour(when);
        if (hour == ROLL_OVER_AT) {
          rollOver(when);
        } else if (random.nextInt(RESTART_ONE_HOUR_IN) == 0) {
          restart(when);
          restarts++;
        }
      }
      out.println(
          "day %d: %d restarts, %d problems; %s"
              .formatted(day, restarts, problems.size(), Footprint.ofThisJvm()));
    }
    return problems;
  }

  private void problem(String text) {
    problems.add(text);
    out.println(text);
  }

  private PreSharedKey psk() {
    return PreSharedKey.of(Ckn.parse(ckn(key)), Cak.parse(cak(key)));
  }

  private static String ckn(int key) {
    return HexFormat.of().toHexDigits(key);
  }

  private static String cak(int key) {
    return "00112233445566778899aabb" + HexFormat.of().toHexDigits(key);
  }

  private void quietHour(String when) throws IOException, InterruptedException {
    List<Process> pings = List.of(ping(first, second), ping(second, third), ping(third, first));
    Thread.sleep(Duration.ofMinutes(29).toMillis());
    first.session().rekey();
    for (Process ping : pings) {
      requireNoneLost(when, ping);
    }
  }

  private static Process ping(LinkEnd from, LinkEnd to) {
    return from.space.start(
        "ping", "-n", "-q", "-i", "" + PING_SECONDS, "-c", "" + PINGS, "-W", "5", to.address);
  }

  private void requireNoneLost(String when, Process ping) throws IOException {
    String output = new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!output.contains(", 0% packet loss")) {
      problem(when + ": " + output.replaceAll("\\s+", " "));
    }
  }

  /** As an administrator does it whose wpa_supplicant knows one key at a time. */
  private void rollOver(String when) throws IOException, InterruptedException {
    Process ping =
        first.space.start("ping", "-n", "-q", "-i", "0.2", "-w", "60", "-W", "5", second.address);
    Ckn old = Ckn.parse(ckn(key));
    key++;
    first.session().keys().add(psk());
    second.session().keys().add(psk());
    third.leave();
    members.forEach(member -> member.use(cak(key), ckn(key)));
    WpaGroup.begin(third);
    Thread.sleep(Duration.ofSeconds(20).toMillis());
    first.session().keys().remove(old);
    second.session().keys().remove(old);
    requireNoneLost(when + ", CAK rolled over", ping);
    awaitWhole(when + ", CAK rolled over");
  }

  private void restart(String when) {
    int which = random.nextInt(members.size() + 1);
    if (which < members.size()) {
      LinkEnd member = members.get(which);
      member.leave();
      WpaGroup.begin(member);
    } else {
      third.kill();
      third.deleteDevice();
      WpaGroup.begin(third);
    }
    awaitWhole(when + ", restart " + which);
  }

  private void awaitWhole(String when) {
    long begin = System.nanoTime();
    try {
      WpaGroup.assertWhole(first, members);
      long took = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
      out.println(when + ": whole in " + took + " s");
    } catch (AssertionError e) {
      problem(when + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    group.close();
  }
}
