package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.macsec4j.testkit.kernel.Kernel;
import org.macsec4j.testkit.kernel.OnLinuxKernel;

/**
 * Measures {@link LinkTimes} in a guest; the table is in {@code macsec-it/target/link-times.txt}
 * then. Not among the tests that a build runs, as it measures and judges nothing. It is best pinned
 * to a processor:
 *
 * <pre>
 * taskset -c 1 mvn -Dmacsec.quick -pl macsec-it -am test -Dtest=LinkTimesInGuest -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
@OnLinuxKernel(
    kernel = Kernel.V6_12,
    programs = {"ping", WpaSupplicant.PROGRAM},
    memoryMegabytes = 1024,
    timeoutSeconds = 7200)
class LinkTimesInGuest {
  private static final int ROUNDS = Integer.getInteger("link.rounds", 10);

  /** Where a round takes a life time of MKA and the start of a JVM. */
  private static final int SLOW_ROUNDS = Math.min(ROUNDS, 4);

  /** Two wpa_supplicants make a new key every 6 s at most. */
  private static final Map<LinkTimes.Who, Integer> REKEYS =
      Map.of(
          LinkTimes.Who.OURS_OURS, 100,
          LinkTimes.Who.OURS_THEIRS, 100,
          LinkTimes.Who.THEIRS_THEIRS, 10);

  @Test
  void measures() throws Exception {
    Path file = Path.of("target", "link-times.txt");
    Files.createDirectories(file.getParent());
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8)) {
      LinkTimes times = new LinkTimes(out);
      try {
        measure(times);
      } finally {
        times.print();
      }
    }
    assertThat(file).content().contains("times)");
  }

  private static void measure(LinkTimes times) throws Exception {
    for (int round = 0; round < 2; round++) {
      times.crashes(LinkTimes.Who.OURS_OURS, round, ROUNDS / 2);
      times.crashes(LinkTimes.Who.OURS_THEIRS, round, ROUNDS / 2);
      times.crashes(LinkTimes.Who.THEIRS_OURS, round, SLOW_ROUNDS / 2);
      times.crashes(LinkTimes.Who.THEIRS_REMEMBERED, round, ROUNDS / 2);
      times.crashes(LinkTimes.Who.THEIRS_THEIRS, round, SLOW_ROUNDS / 2);
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (LinkTimes.Who who : LinkTimes.Who.values()) {
        if (who != LinkTimes.Who.THEIRS_REMEMBERED) {
          times.start(who, round);
        }
      }
    }
    try (AtOnce<LinkTimes.Who> rekeys = new AtOnce<>()) {
      REKEYS.forEach((who, number) -> rekeys.begin(who, () -> times.rekeys(who, number)));
      for (LinkTimes.Who who : REKEYS.keySet()) {
        rekeys.await(who);
      }
    }
  }
}
