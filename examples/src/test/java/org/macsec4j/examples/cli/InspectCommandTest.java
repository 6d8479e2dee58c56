package org.macsec4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong use and broken files: a sentence that helps, exit code 2, and no key in sight. */
class InspectCommandTest {
  private static final String KEY = "000102030405060708090a0b0c0d0e0f";
  private static final String FILE = Captures.file("psk-cak256").toString();

  @TempDir Path folder;

  private static Cli.Result refused(String... args) {
    Cli.Result result = Cli.run(args);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).isNotBlank().doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(result.out()).isEmpty();
    return result;
  }

  @Test
  void everyMistakeIsListedAtOnce() {
    Cli.Result result =
        refused(
            "inspect",
            FILE,
            "--cak",
            "0011",
            "--cak",
            KEY,
            "--ckn",
            "abc",
            "--sak",
            "x:9:" + KEY,
            "--salt",
            "00",
            "--ssci",
            "0200000000010001=0");

    assertThat(result.err().lines())
        .containsExactly(
            "macsec inspect: --cak is given 2 times and --ckn once: they go in pairs, in the same"
                + " order",
            "macsec inspect: --cak number 1: a CAK is 32 or 64 hexadecimal digits, not 4",
            "macsec inspect: --ckn: a CKN is 2 to 64 hexadecimal digits, not 3, an odd number",
            "macsec inspect: --sak: an SCI is 16 hexadecimal digits, or an address with its port as"
                + " in 02:00:00:00:0a:01/1",
            "macsec inspect: --sak: want SCI:AN:HEX with an AN of 0..3",
            "macsec inspect: --salt: a salt is 24 hexadecimal digits, not 2",
            "macsec inspect: --ssci: an SSCI is 1..4294967295, or 0x and hexadecimal digits");
  }

  @Test
  void noMistakeBringsAKeyIntoTheMessage() {
    String odd = KEY.substring(1);
    String bad = KEY.replace("0f", "0g");
    String[][] mistakes = {
      {"inspect", FILE, "--cak", odd, "--ckn", "00"},
      {"inspect", FILE, "--cak", bad, "--ckn", "00"},
      {"inspect", FILE, "--cak", KEY},
      {"inspect", FILE, "--ckn", KEY + KEY + KEY, "--cak", KEY},
      {"inspect", FILE, KEY},
      {"inspect", FILE, "--kay", KEY},
      {"inspect", FILE, "--json=" + KEY},
      {"inspect", FILE, "--sak", KEY},
      {"inspect", FILE, "--sak", KEY + ":0:0200000000010001"},
      {"inspect", FILE, "--sak", "0200000000010001:0:" + odd},
      {"inspect", FILE, "--ssci", KEY + "=" + KEY},
      {"inspect", FILE, "--salt", KEY},
      {KEY},
      {"genkey", "--bits", KEY},
    };
    for (String[] mistake : mistakes) {
      Cli.Result result = refused(mistake);
      assertThat(result.err()).as(Arrays.toString(mistake)).doesNotContain(KEY.substring(4, 20));
    }
  }

  @Test
  void optionsThatNeedEachOtherSaySo() {
    assertThat(refused("inspect", FILE, "--salt", KEY.substring(8)).err())
        .contains("--salt belongs to --sak");
    assertThat(
            refused(
                    "inspect",
                    FILE,
                    "--sak",
                    "0200000000010001:0:" + KEY,
                    "--ssci",
                    "0200000000010001=1")
                .err())
        .contains("--ssci with --sak needs --salt");
  }

  @Test
  void keysCanStayOutOfTheProcessList() throws IOException {
    Captures.Entry capture = Captures.named("eap-c3");
    Path keys =
        Files.writeString(
            folder.resolve("keys"),
            "# session 1\n\n"
                + capture.options().get(1)
                + " "
                + capture.options().get(3)
                + "\n  "
                + capture.options().get(5)
                + "\t"
                + capture.options().get(7)
                + "\r\n");

    Cli.Result result =
        Cli.run("inspect", capture.file().toString(), "--json", "--keys", keys.toString());

    assertThat(result.out()).endsWith(capture.summary() + "\n");
  }

  @Test
  void aBadListOfKeysIsToldByLine() throws IOException {
    Path keys = Files.writeString(folder.resolve("keys"), "31 " + KEY + "\n31\n31 00\n");
    Cli.Result result = refused("inspect", FILE, "--keys", keys.toString());
    assertThat(result.err()).contains("line 2: want a CKN and a CAK", "line 3: a CAK is 32 or 64");

    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});
    assertThat(refused("inspect", FILE, "--keys", binary.toString()).err())
        .contains("not a text file");
    assertThat(refused("inspect", FILE, "--keys", folder.resolve("none").toString()).err())
        .contains("no such file");
    assertThat(refused("inspect", FILE, "--keys", folder.toString()).err())
        .contains("cannot be read");
  }

  @Test
  void filesThatAreNoCapturesAreRefused() throws IOException {
    assertThat(refused("inspect").err()).contains("Missing required parameter: 'FILE'");
    assertThat(refused("inspect", folder.resolve("none").toString()).err())
        .contains("no such file");
    assertThat(refused("inspect", folder.toString()).err()).contains("is a directory");
    assertThat(refused("inspect", write(new byte[0])).err()).contains("is empty");
    assertThat(refused("inspect", write(new byte[] {1})).err()).contains("too short");
    assertThat(refused("inspect", "pom.xml").err()).contains("looks like text");
    assertThat(refused("inspect", "no\0name").err()).contains("no name of a file");
  }

  private String write(byte[] octets) throws IOException {
    return Files.write(folder.resolve("file"), octets).toString();
  }

  @Test
  void whatLiesBeforeABreakIsReported() throws IOException {
    Captures.Entry capture = Captures.named("psk-cak256");
    byte[] whole = Files.readAllBytes(capture.file());
    String broken = write(Arrays.copyOf(whole, whole.length - 30));

    Cli.Result result = Cli.run(capture.inspect(Path.of(broken), "--json"));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.summary().get("frames").asInt()).isEqualTo(37);
    assertThat(result.summary().get("icvOk").asInt()).isEqualTo(13);
    assertThat(result.err()).contains("truncated", "within frame 38");
  }

  @Test
  void noTruncationThrows() throws IOException {
    Captures.Entry capture = Captures.named("psk-wrong-cak");
    byte[] whole = Files.readAllBytes(capture.file());
    for (int length = 0; length < whole.length; length += 23) {
      Path part = Path.of(write(Arrays.copyOf(whole, length)));
      Cli.Result result = Cli.run(capture.inspect(part, "--json"));
      assertThat(result.err()).doesNotContain("internal error");
      assertThat(result.code()).isIn(0, 2);
      assertThat(result.code() == 0).isEqualTo(result.err().isEmpty());
    }
  }

  @Test
  void noDamageThrows() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (String name : new String[] {"mkadaemon-mkad_xpn128", "psk-cak256", "static-gcm-aes-256"}) {
      Captures.Entry capture = Captures.named(name);
      byte[] whole = Files.readAllBytes(capture.file());
      for (int i = 0; i < 40; i++) {
        byte[] damaged = whole.clone();
        for (int flips = random.nextInt(4); flips >= 0; flips--) {
          damaged[24 + random.nextInt(whole.length - 24)] ^= (byte) (1 << random.nextInt(8));
        }
        Path file = Path.of(write(damaged));
        String[] args =
            i % 2 == 0 ? capture.inspect(file, "--json") : capture.inspect(file, "--show-keys");
        Cli.Result result = Cli.run(args);
        assertThat(result.err()).as("seed " + seed).doesNotContain("internal error");
        if (i % 2 == 0 && result.code() == 0) {
          assertThat(result.json()).as("seed " + seed).isNotEmpty();
        }
      }
    }
  }

  @Test
  void helpAndVersionAreThere() {
    assertThat(Cli.run("--help").out()).contains("inspect", "genkey");
    assertThat(Cli.run("inspect", "--help").out()).contains("--sak=SCI:AN:HEX", "--show-keys");
    assertThat(Cli.run("--version").out()).startsWith("macsec ");
    assertThat(Cli.run().code()).isEqualTo(2);
  }
}
