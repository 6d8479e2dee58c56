package org.macsec4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.mka.runtime.SakLog;
import org.macsec4j.mka.runtime.SessionOptions;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;

/** What a session exported opens all frames that were recorded, without the CAK. */
class ExportedKeysTest {
  private static final int FRAMES = 6;

  @TempDir private Path folder;

  private Path record(CipherSuite suite, Path saks) throws IOException {
    MkaConfig config =
        MkaConfig.preSharedKey(Ckn.parse("01"), Cak.parse("000102030405060708090a0b0c0d0e0f"))
            .toBuilder()
            .cipherSuites(suite)
            .build();
    Path pcap = folder.resolve("run.pcapng");
    try (Lab lab = Lab.create(1)) {
      Host near = lab.host("near");
      Host far = lab.host("far");
      lab.wire(near, far);
      MkaSession left =
          MkaSession.start(
              near.macsec(), "eth0", config, SessionOptions.DEFAULT.withSakLog(SakLog.to(saks)));
      MkaSession right = MkaSession.start(far.macsec(), "eth0", config);
      lab.runUntil(() -> left.isSecured() && right.isSecured(), Duration.ofSeconds(5));
      for (int i = 0; i < FRAMES; i++) {
        near.send("macsec0", far.mac("eth0"), 0x0800, new byte[80]);
        far.send("macsec0", near.mac("eth0"), 0x0800, new byte[80]);
        if (i == FRAMES / 2) {
          left.rekey();
          right.rekey();
        }
        lab.run(Duration.ofSeconds(1));
      }
      lab.capture().writeTo(pcap);
    }
    return pcap;
  }

  private static List<String> verdicts(Cli.Result inspected) {
    return inspected.json().stream()
        .map(line -> line.path("verdict"))
        .filter(verdict -> !verdict.isMissingNode())
        .map(JsonNode::asText)
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void inspectOpensEveryFrameWithThem(CipherSuite suite) throws IOException {
    Path saks = folder.resolve("saks");
    Path pcap = record(suite, saks);
    Cli.Result with = Cli.run("inspect", pcap.toString(), "--json", "--saks", saks.toString());
    assertThat(with.err()).isEmpty();
    assertThat(verdicts(with)).hasSizeGreaterThanOrEqualTo(2 * FRAMES).containsOnly("ok");
    assertThat(verdicts(Cli.run("inspect", pcap.toString(), "--json")))
        .hasSizeGreaterThanOrEqualTo(2 * FRAMES)
        .containsOnly("no-key");
  }

  @Test
  void aFileOfSomethingElseIsSaidWithItsLineAndNotRepeated() throws IOException {
    Path file = Files.writeString(folder.resolve("saks"), "# a comment\n\n00112233,\"secret\"\n");
    Cli.Result result = Cli.run("inspect", "nothing.pcap", "--saks", file.toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--saks: " + file + ", line 3: ").doesNotContain("00112233");
    assertThat(Cli.run("inspect", "nothing.pcap", "--saks", folder + "/none").err())
        .contains("--saks: " + folder + "/none: no such file");
  }
}
