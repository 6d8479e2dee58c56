package org.macsec4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GenkeyCommandTest {
  private static final Pattern TEXT =
      Pattern.compile("CAK ([0-9a-f]+)\nCKN ([0-9a-f]+)\n.*", Pattern.DOTALL);

  private static Matcher keys(String... args) {
    Cli.Result result = Cli.run(args);
    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    Matcher matcher = TEXT.matcher(result.out().replace(System.lineSeparator(), "\n"));
    assertThat(matcher.matches()).isTrue();
    return matcher;
  }

  @Test
  void makesKeysOfTheLengthAskedFor() {
    assertThat(keys("genkey").group(1)).hasSize(32);
    assertThat(keys("genkey").group(2)).hasSize(64);
    assertThat(keys("genkey", "--bits", "256").group(1)).hasSize(64);
    assertThat(keys("genkey", "--ckn-octets", "1", "--format", "text").group(2)).hasSize(2);
  }

  @Test
  void neverMakesTheSameTwice() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      Matcher keys = keys("genkey");
      assertThat(seen.add(keys.group(1))).isTrue();
      assertThat(seen.add(keys.group(2))).isTrue();
    }
  }

  @Test
  void writesTheSameKeyInEveryForm() {
    Cli.Result result = Cli.run("genkey", "--bits", "128");
    Matcher keys = TEXT.matcher(result.out().replace(System.lineSeparator(), "\n"));
    assertThat(keys.matches()).isTrue();
    assertThat(result.out())
        .contains("key_mgmt=NONE", "eapol_flags=0", "macsec_policy=1", "eapol_version=3")
        .contains("\tmka_cak=" + keys.group(1), "\tmka_ckn=" + keys.group(2))
        .contains("mka-cak=" + keys.group(1), "mka-ckn=" + keys.group(2))
        .contains("[macsec]", "mode=0");
  }

  @Test
  void saysWhatNetworkManagerCannotTake() {
    Cli.Result all = Cli.run("genkey", "--bits", "256");
    assertThat(all.code()).isZero();
    assertThat(all.out()).contains("mka_cak=").doesNotContain("mka-cak=").contains("128 bits only");

    Cli.Result alone = Cli.run("genkey", "--bits", "256", "--format", "networkmanager");
    assertThat(alone.code()).isEqualTo(2);
    assertThat(alone.err()).contains("NetworkManager takes a CAK of 128 bits only");
    assertThat(alone.out()).isEmpty();
  }

  @Test
  void listsEveryMistakeAtOnce() {
    Cli.Result result = Cli.run("genkey", "--bits", "192", "--ckn-octets", "33");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("128 or 256 bits, not 192", "1 to 32 octets, not 33");
    assertThat(Cli.run("genkey", "--bits", "many").code()).isEqualTo(2);
    assertThat(Cli.run("genkey", "--format", "morse").code()).isEqualTo(2);
  }
}
