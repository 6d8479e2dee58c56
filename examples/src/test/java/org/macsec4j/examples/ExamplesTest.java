package org.macsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.macsec4j.MacsecException;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.spi.Availability;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.MacsecBackendProvider;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;

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

  @Test
  void keyRollOverLosesNothing() throws Exception {
    assertThat(outputOf(() -> KeyRollOver.main(new String[0])))
        .contains("the left end has the new key, both use CKN 2025")
        .contains("both ends have the new key, and use CKN 2026")
        .contains("9000 frames sent, 0 lost");
  }

  @Test
  void hardwareThatFailsIsSaidAndDoneWithout() throws Exception {
    assertThat(outputOf(() -> PreferOffload.main(new String[0])))
        .contains(
            "right: software does the work: cannot offload macsec0: the driver refuses ADD_SECY")
        .contains("left: secured, by MAC")
        .contains("right: secured, by SOFTWARE")
        .doesNotContain("left: software");
  }

  @Test
  void aGatewayIsGivenItsBackend() throws Exception {
    assertThat(outputOf(() -> WithoutServiceLoader.main(new String[0])))
        .contains("Macsec on simulator: [secured, ");
  }

  @Test
  void aGatewayWhoseBackendIsNotAvailableSaysWhy() {
    MacsecBackendProvider none =
        new MacsecBackendProvider() {
          @Override
          public String name() {
            return "none";
          }

          @Override
          public int priority() {
            return 0;
          }

          @Override
          public Availability availability() {
            return Availability.no("there is no driver");
          }

          @Override
          public MacsecBackend open() {
            throw new AssertionError("it is not available");
          }
        };
    assertThatThrownBy(() -> new WithoutServiceLoader.Gateway(none, Map.of()))
        .isInstanceOf(MacsecException.class)
        .hasMessageContaining("none: there is no driver");
  }

  @Test
  void aLinkThatCannotStartLeavesNoOtherBehind() {
    MkaConfig config = MkaConfig.preSharedKey(Ckn.parse("01"), Cak.parse("00".repeat(16)));
    try (Lab lab = Lab.create(1)) {
      Host host = lab.host("gateway");
      lab.wire(host, lab.host("router"));
      MacsecBackendProvider given = new Given(host);
      Map<String, MkaConfig> links = new TreeMap<>(Map.of("eth0", config, "nowhere", config));
      assertThatThrownBy(() -> new WithoutServiceLoader.Gateway(given, links))
          .isInstanceOf(MacsecException.class);
      assertThat(host.macsec().secys()).isEmpty();
    }
  }

  /** The backend of a host in a laboratory. */
  private record Given(Host host) implements MacsecBackendProvider {
    @Override
    public String name() {
      return "given";
    }

    @Override
    public int priority() {
      return 0;
    }

    @Override
    public Availability availability() {
      return Availability.yes("of a laboratory");
    }

    @Override
    public MacsecBackend open() {
      return host.macsec().backend();
    }
  }

  @Test
  void failoverRigMeasuresAnOutageAndWritesACapture(@TempDir Path folder) throws Exception {
    Path capture = folder.resolve("failover.pcapng");
    assertThat(outputOf(() -> FailoverRig.main(new String[] {capture.toString()})))
        .contains("without a fault: 0 of 1000 frames lost")
        .contains("while it is cut: 2000 of 2000 frames lost")
        .contains("Unsecured")
        .containsPattern("secured again after [0-9]+ ms")
        .contains("afterwards: 0 of 1000 frames lost")
        .contains("frames in " + capture);
    assertThat(capture).isNotEmptyFile();
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
