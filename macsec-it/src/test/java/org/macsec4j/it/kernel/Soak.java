package org.macsec4j.it.kernel;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.macsec4j.Macsec;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.testkit.kernel.Netns;

/**
 * Three hosts on a bridge live for days: two have sessions of ours, the third a wpa_supplicant. In
 * each hour there is a new SAK while pings go to and fro, and then maybe a restart of one of them;
 * once a day the CAK changes. The guest's clock jumps, so an hour takes some seconds.
 */
final class Soak implements AutoCloseable {
  private static final String PARENT = "eth0";
  private static final int PINGS = 350;
  private static final int PING_SECONDS = 10;
  private static final int ROLL_OVER_AT = 12;
  private static final int RESTART_ONE_HOUR_IN = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int FIRST_PRIORITY = 16;
  private static final int SECOND_PRIORITY = 32;
  private static final int THIRD_PRIORITY = 64;

  private final PrintStream out;
  private final Random random;
  private final Netns bridge = QuietNetns.create("bridge");
  private final Ours first = new Ours("first", "10.0.0.1", FIRST_PRIORITY);
  private final Ours second = new Ours("second", "10.0.0.2", SECOND_PRIORITY);
  private final Theirs third = new Theirs();
  private int key;

  /** What went wrong, which is more than one may have to know. */
  private final List<String> problems = new ArrayList<>();

  Soak(PrintStream out, long seed) {
    this.out = out;
    this.random = new Random(seed);
    for (Netns host : List.of(first.space, second.space, third.space)) {
      bridge.veth(host.name(), host, PARENT);
    }
    bridge.bridge("br0", "first", "second", "third");
  }

  /** Lives for some days, and tells of each. */
  List<String> days(int days) throws IOException, InterruptedException {
    first.start(psk());
    second.start(psk());
    third.start(key);
    awaitReached("start");
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
              .formatted(day, restarts, problems.size(), state()));
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

  private static Process ping(Host from, Host to) {
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
    third.terminate();
    third.start(key);
    Thread.sleep(Duration.ofSeconds(20).toMillis());
    first.session().keys().remove(old);
    second.session().keys().remove(old);
    requireNoneLost(when + ", CAK rolled over", ping);
    awaitReached(when + ", CAK rolled over");
  }

  private void restart(String when) throws InterruptedException {
    int which = random.nextInt(4);
    switch (which) {
      case 0 -> first.restart(psk());
      case 1 -> second.restart(psk());
      case 2 -> {
        third.terminate();
        third.start(key);
      }
      default -> {
        third.kill();
        third.start(key);
      }
    }
    awaitReached(when + ", restart " + which);
  }

  private void awaitReached(String when) {
    long begin = System.nanoTime();
    boolean reached =
        Pair.await(
            () ->
                first.space.pings(second.address)
                    && second.space.pings(third.address)
                    && third.space.pings(first.address),
            PATIENCE);
    if (!reached) {
      problem(when + ": not reached in " + PATIENCE);
      for (Host host : List.of(first, second, third)) {
        out.println(host);
        out.println(host.space.run("ip", "-s", "macsec", "show").output());
        for (Host other : List.of(first, second, third)) {
          out.println(
              host.address + " to " + other.address + ": " + host.space.pings(other.address));
        }
      }
    } else {
      out.println(when + ": reached in " + (System.nanoTime() - begin) / 1_000_000_000 + " s");
    }
  }

  private static String state() throws IOException {
    System.gc();
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return "heap %d KiB, %d threads, %d descriptors"
          .formatted(heap / 1024, Thread.getAllStackTraces().size(), descriptors.count());
    }
  }

  @Override
  public void close() {
    first.close();
    second.close();
    third.close();
    bridge.close();
  }

  /** A host with a secured address. */
  private abstract static class Host {
    final Netns space;
    final String address;

    Host(String name, String address) {
      this.space = QuietNetns.create(name);
      this.address = address;
    }

    final void giveAddress(String device) {
      space.ip("addr replace %s/24 dev %s".formatted(address, device));
    }
  }

  private static final class Ours extends Host {
    private final Macsec macsec;
    private final int priority;
    private @Nullable MkaSession session;

    Ours(String name, String address, int priority) {
      super(name, address);
      this.macsec = Macsec.using(LinuxBackend.builder().namespace(name).open());
      this.priority = priority;
    }

    void start(PreSharedKey key) {
      MkaConfig config =
          MkaConfig.preSharedKey(key.ckn(), key.cak()).toBuilder()
              .keyServerPriority(priority)
              .build();
      session = MkaSession.start(macsec, PARENT, config);
      giveAddress(session.secy().id().name());
    }

    void restart(PreSharedKey key) {
      session().close();
      start(key);
    }

    MkaSession session() {
      return Objects.requireNonNull(session);
    }

    void close() {
      if (session != null) {
        session.close();
      }
      macsec.close();
      space.close();
    }

    @Override
    public String toString() {
      return session().toString();
    }
  }

  private static final class Theirs extends Host {
    private @Nullable WpaSupplicant process;

    Theirs() {
      super("third", "10.0.0.3");
    }

    void start(int key) throws InterruptedException {
      WpaSupplicant running =
          WpaSupplicant.start(
              space, PARENT, WpaSettings.theirs(cak(key), ckn(key), THIRD_PRIORITY));
      process = running;
      while (!space.run("ip", "link", "show", "macsec0").isOk()) {
        Thread.sleep(200);
      }
      giveAddress("macsec0");
    }

    private WpaSupplicant process() {
      return Objects.requireNonNull(process);
    }

    void terminate() {
      process().terminate();
      process().close();
    }

    void kill() {
      process().kill();
      process().close();
      space.ip("link del macsec0");
    }

    void close() {
      if (process != null) {
        process.close();
      }
      space.close();
    }

    @Override
    public String toString() {
      return process().said();
    }
  }
}
