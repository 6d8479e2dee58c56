package org.macsec4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.macsec4j.testkit.kernel.Kernel;
import org.macsec4j.testkit.kernel.OnLinuxKernel;

/**
 * Runs {@link KernelCost} in a guest, whose table is in {@code benchmarks/target/kernel-cost.txt}
 * then. Not among the tests that a build runs, as nothing here can be right or wrong:
 *
 * <pre>
 * mvn -Dmacsec.quick -pl benchmarks -am test -Dtest=KernelCostInGuest -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
@OnLinuxKernel(
    kernel = Kernel.V6_12,
    programs = {"cc"},
    timeoutSeconds = 1800,
    jvmArguments = "-XX:TieredStopAtLevel=4")
class KernelCostInGuest {
  @Test
  void measures() throws IOException {
    Path table = Path.of("target", "kernel-cost.txt");
    Files.createDirectories(table.getParent());
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(table), true, StandardCharsets.UTF_8)) {
      KernelCost.print(out);
    }
    assertThat(table).content().contains("allocated");
  }
}
