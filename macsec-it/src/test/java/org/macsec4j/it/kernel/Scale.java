package org.macsec4j.it.kernel;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.macsec4j.Macsec;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.testkit.kernel.CommandResult;
import org.macsec4j.testkit.kernel.Netns;

/**
 * What many links cost in the steady state: sessions of ours in this JVM, or a wpa_supplicant for
 * each port. Both ends of each link are here.
 */
final class Scale {
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final int SETTLE_SECONDS = 15;
  private static final int MEASURED_SECONDS = 60;

  /** Of the clock that Linux counts a process's time in. */
  private static final double TICKS_A_SECOND = 100;

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final PrintStream out;

  Scale(PrintStream out) {
    this.out = out;
  }

  /** Sessions of ours, two for each link, one after the other. */
  void ours(int ports) throws IOException, InterruptedException {
    try (Netns space = links(ports);
        Macsec macsec = Macsec.using(LinuxBackend.builder().namespace(space.name()).open())) {
      String before = Footprint.ofThisJvm();
      List<MkaSession> sessions = new ArrayList<>();
      long begin = System.nanoTime();
      long cpu = PROCESS.getProcessCpuTime();
      for (int i = 0; i < ports; i++) {
        int priority = i % 2 == 0 ? 16 : 32;
        sessions.add(MkaSession.start(macsec, port(i), WpaSettings.ours(priority)));
      }
      double started = secondsSince(begin);
      boolean secured =
          Pair.await(() -> sessions.stream().allMatch(MkaSession::isSecured), PATIENCE);
      double all = secondsSince(begin);
      double startCpu = (PROCESS.getProcessCpuTime() - cpu) / 1e9;
      tell(
          "%d sessions started in %.1f s, secured %s in %.1f s, CPU %.1f s",
          ports, started, secured, all, startCpu);
      Thread.sleep(Duration.ofSeconds(SETTLE_SECONDS).toMillis());
      begin = System.nanoTime();
      cpu = PROCESS.getProcessCpuTime();
      Thread.sleep(Duration.ofSeconds(MEASURED_SECONDS).toMillis());
      double used = (PROCESS.getProcessCpuTime() - cpu) / 1e9 / secondsSince(begin);
      long live = sessions.stream().filter(MkaSession::isSecured).count();
      tell(
          "%d sessions, %d secured: %.2f %% of a processor, %.3f ms a session and second; before %s; now %s",
          ports, live, 100 * used, 1000 * used / ports, before, Footprint.ofThisJvm());
      begin = System.nanoTime();
      sessions.forEach(MkaSession::close);
      tell("closed in %.1f s", secondsSince(begin));
    }
  }

  /** A wpa_supplicant for each port. */
  void theirs(int ports) throws IOException, InterruptedException {
    try (Netns space = links(ports)) {
      List<WpaSupplicant> processes = new ArrayList<>();
      try {
        for (int i = 0; i < ports; i++) {
          processes.add(
              WpaSupplicant.start(space, port(i), WpaSettings.theirs(i % 2 == 0 ? 16 : 32)));
        }
        Thread.sleep(Duration.ofSeconds(SETTLE_SECONDS).toMillis());
        List<Long> pids = processes.stream().map(WpaSupplicant::pid).toList();
        long begin = System.nanoTime();
        double cpu = cpuSeconds(pids);
        Thread.sleep(Duration.ofSeconds(MEASURED_SECONDS).toMillis());
        double used = (cpuSeconds(pids) - cpu) / secondsSince(begin);
        long resident = 0;
        long shared = 0;
        for (long pid : pids) {
          resident += Footprint.kilobytes(Path.of("/proc/" + pid + "/status"), "VmRSS:");
          shared += Footprint.kilobytes(Path.of("/proc/" + pid + "/smaps_rollup"), "Pss:");
        }
        tell(
            "%d wpa_supplicants: %.2f %% of a processor, %.3f ms a port and second; resident %.1f MiB a port, proportional %.1f MiB a port",
            ports,
            100 * used,
            1000 * used / ports,
            resident / 1024.0 / ports,
            shared / 1024.0 / ports);
      } finally {
        processes.forEach(WpaSupplicant::close);
      }
    }
  }

  private static Netns links(int ports) throws IOException {
    Netns space = Netns.create("scale");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < ports; i += 2) {
      lines.add("link add %s type veth peer name %s".formatted(port(i), port(i + 1)));
      lines.add("link set %s up".formatted(port(i)));
      lines.add("link set %s up".formatted(port(i + 1)));
    }
    space.run(
        "sh",
        "-c",
        "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6; echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6");
    Path batch = Files.createTempFile("links", "");
    Files.write(batch, lines);
    CommandResult result = space.run("ip", "-batch", batch.toString());
    if (!result.isOk()) {
      throw new IllegalStateException(result.error());
    }
    Files.delete(batch);
    return space;
  }

  private static String port(int number) {
    return "e" + number;
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }

  private void tell(String text, Object... values) {
    out.printf(Locale.ROOT, text + "%n", values);
  }

  private static double cpuSeconds(List<Long> pids) throws IOException {
    double sum = 0;
    for (long pid : pids) {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      sum += (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }
    return sum;
  }
}
