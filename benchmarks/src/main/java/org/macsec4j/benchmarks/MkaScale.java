package org.macsec4j.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.macsec4j.CipherSuite;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;

/**
 * Measures what many members cost: processor time for each second of a member's life, and heap.
 *
 * <p>Time is virtual, so the members' seconds pass as fast as the engine can work. Only the
 * thread's CPU time counts, which other users of the machine disturb less than the clock; what
 * delivers the frames and counts the deadlines is in it. Members come in pairs, each pair with a
 * link of 1 ms, or all in one group; they agree on keys first, and then live for a while with
 * hellos alone.
 *
 * <p>Arguments: crowds, each as members and size of a group; default 1000/2 10000/2 100000/2
 * 100/100.
 */
public final class MkaScale {
  private static final String[] CROWDS = {"1000/2", "10000/2", "100000/2", "100/100"};
  private static final int SETTLE_SECONDS = 8;
  private static final int MEMBER_SECONDS = 1_000_000;
  private static final int LEAST_SECONDS = 10;
  private static final double CPU_GOAL_MICROS = 2.5;
  private static final double HEAP_GOAL_KIB = 4;

  private MkaScale() {}

  /**
   * Measures and prints a table.
   *
   * @param args crowds to be measured, each as members and size of a group, such as 1000/2
   */
  public static void main(String... args) {
    String[] crowds = args.length > 0 ? args : CROWDS;
    // The first run is for the compiler.
    measure(1000, 2);
    System.out.println("members  group  CPU us per member-second  heap KiB per member");
    for (String crowd : crowds) {
      String[] numbers = crowd.split("/", -1);
      int members = Integer.parseInt(numbers[0]);
      int group = Integer.parseInt(numbers[1]);
      Cost cost = measure(members, group);
      System.out.printf(
          Locale.ROOT, "%7d  %5d  %24.2f  %19.2f%n", members, group, cost.micros, cost.kib);
    }
    System.out.printf(
        Locale.ROOT, "goals for pairs: %.1f us, %.0f KiB%n", CPU_GOAL_MICROS, HEAP_GOAL_KIB);
  }

  private static MkaConfig config() {
    return MkaConfig.preSharedKey(
            Ckn.parse("6d6b61"), Cak.parse("000102030405060708090a0b0c0d0e0f"))
        .toBuilder()
        .cipherSuites(CipherSuite.GCM_AES_128)
        .build();
  }

  private record Cost(double micros, double kib) {}

  private static Cost measure(int members, int groupSize) {
    long before = usedHeap();
    MkaCrowd crowd = new MkaCrowd(config(), members, groupSize);
    crowd.start();
    crowd.run(SETTLE_SECONDS);
    if (!crowd.allSecured()) {
      throw new IllegalStateException("not all members are secured");
    }
    int seconds = Math.max(LEAST_SECONDS, MEMBER_SECONDS / members / (groupSize - 1));
    long begin = cpuNanos();
    crowd.run(seconds);
    long spent = cpuNanos() - begin;
    double kib = (usedHeap() - before) / 1024.0 / members;
    return new Cost(spent / 1e3 / seconds / members, kib);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
