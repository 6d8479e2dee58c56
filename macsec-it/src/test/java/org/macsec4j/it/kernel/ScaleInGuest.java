package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.macsec4j.testkit.kernel.Kernel;
import org.macsec4j.testkit.kernel.OnLinuxKernel;

/**
 * Measures {@link Scale} in a guest; the figures are in {@code macsec-it/target/scale.txt} then.
 * Not among the tests that a build runs, as it measures and judges nothing.
 *
 * <pre>
 * taskset -c 1 mvn -Dmacsec.quick -pl macsec-it -am test -Dtest=ScaleInGuest -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
@OnLinuxKernel(
    kernel = Kernel.V6_12,
    programs = {WpaSupplicant.PROGRAM},
    memoryMegabytes = 3072,
    jvmArguments = "-XX:TieredStopAtLevel=4",
    timeoutSeconds = 5400)
class ScaleInGuest {
  private static final String PORTS = System.getProperty("scale.ports", "20,200,2000");

  @Test
  void measures() throws Exception {
    Path file = Path.of("target", "scale.txt");
    Files.createDirectories(file.getParent());
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8)) {
      Scale scale = new Scale(out);
      scale.theirs(20);
      for (int ports : Stream.of(PORTS.split(",", -1)).map(Integer::parseInt).toList()) {
        scale.ours(ports);
      }
    }
    assertThat(file).content().contains("sessions");
  }
}
