package org.macsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Runs every template as its reader would, and looks at what it prints. */
@ResourceLock(Resources.SYSTEM_OUT)
class ExamplesTest {
  private interface Program {
    void run() throws Exception;
  }

  @Test
  void staticKeysDeliverAFrame() throws Exception {
    assertThat(outputOf(() -> StaticKeys.main(new String[0])))
        .contains("right received 1 frame")
        .contains("InPktsOK 1");
  }

  @Test
  void pskLinkIsSecuredAtBothEnds() throws Exception {
    assertThat(outputOf(() -> PskLink.main(new String[0])))
        .containsPattern("eth0: secured, key server .*, 1 peer, KN 1, .*GCM-AES-XPN-256")
        .containsPattern("eth1: secured, key server .*, 1 peer, KN 1, .*GCM-AES-XPN-256");
  }

  @Test
  void monitoringSeesTheCutAndTheRecovery() throws Exception {
    String output = outputOf(() -> Monitoring.main(new String[0]));
    assertThat(output)
        .contains("OutPktsEncrypted 100")
        .contains("packet numbers last")
        .contains("ALARM")
        .contains("not secured: ");
    assertThat(output.lines().reduce((first, second) -> second).orElseThrow())
        .contains(" secured, key server ");
  }

  private static String outputOf(Program program) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (PrintStream capturing = new PrintStream(octets, true, StandardCharsets.UTF_8)) {
      System.setOut(capturing);
      program.run();
    } finally {
      System.setOut(before);
    }
    return octets.toString(StandardCharsets.UTF_8);
  }
}
