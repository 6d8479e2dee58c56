package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.macsec4j.testkit.kernel.Kernel;
import org.macsec4j.testkit.kernel.OnLinuxKernel;

/**
 * A {@link Soak} of many days; what happened is in {@code macsec-it/target/soak.txt}. Not among the
 * tests that a build runs, as it takes long.
 *
 * <pre>
 * mvn -Dmacsec.quick -pl macsec-it -am test -Dtest=SoakInGuest -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
@OnLinuxKernel(
    kernel = Kernel.V6_12,
    timeTravel = true,
    programs = {"ping", WpaSupplicant.PROGRAM},
    jvmArguments = "-XX:TieredStopAtLevel=4",
    timeoutSeconds = 14_400)
class SoakInGuest {
  private static final int DAYS = Integer.getInteger("soak.days", 30);
  private static final long SEED = Long.getLong("soak.seed", 1);

  @Test
  void livesForDays() throws Exception {
    Path file = Path.of("target", "soak.txt");
    Files.createDirectories(file.getParent());
    try (PrintStream out =
            new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
        Soak soak = new Soak(out, SEED)) {
      List<String> problems = soak.days(DAYS);
      assertThat(problems).isEmpty();
    }
  }
}
