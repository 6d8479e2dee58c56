package org.macsec4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.CipherSuite;

class DemoTest {
  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void everyChapterComesAsExpected(CipherSuite suite) {
    Cli.Result demo = Cli.run("demo", "--suite", suite.toString());

    assertThat(demo.code()).as(demo.out()).isZero();
    assertThat(demo.out())
        .contains("alice    SECURED", "bob      SECURED", "KN 2, AN 1, " + suite)
        .contains("4000 frames sent meanwhile, 0 lost")
        .contains("InPktsNotValid + 1", "InPktsLate + 1", "the CAK differs")
        .contains("cipher suite: " + suite + ", using ICV length 16")
        .contains("All as expected")
        .doesNotContain("FAILED");
  }

  @Test
  void aSeedRepeatsTheStoryWordForWord() {
    assertThat(Cli.run("demo", "--seed", "5").out())
        .isEqualTo(Cli.run("demo", "--seed", "5").out());
  }

  @Test
  void whatItWritesIsOpenedByInspect(@TempDir Path folder) throws Exception {
    Path pcap = folder.resolve("demo.pcapng");
    Path keys = folder.resolve("demo.keys");
    Path wireshark = folder.resolve("profile");
    Cli.Result demo =
        Cli.run(
            "demo",
            "--pcap",
            pcap.toString(),
            "--keys",
            keys.toString(),
            "--wireshark",
            wireshark.toString());
    assertThat(demo.code()).as(demo.out()).isZero();
    assertThat(Files.readString(wireshark.resolve("mka_ckn_info"))).contains("macsec demo");

    Cli.Result inspect = Cli.run("inspect", "--json", "--keys", keys.toString(), pcap.toString());
    assertThat(inspect.code()).isZero();
    String summary = inspect.out().lines().reduce((first, second) -> second).orElseThrow();
    assertThat(summary)
        .contains("\"malformed\":0", "\"icvUnchecked\":0", "\"saks\":2", "\"macsecNoKey\":0")
        .doesNotContain("\"icvBad\":0,")
        .doesNotContain("\"macsecBad\":0");
  }

  @Test
  void anUnknownSuiteIsRefusedWithTheChoices() {
    Cli.Result demo = Cli.run("demo", "--suite", "ROT13");
    assertThat(demo.code()).isEqualTo(2);
    assertThat(demo.err()).contains("'ROT13'", "GCM-AES-XPN-256");
  }
}
