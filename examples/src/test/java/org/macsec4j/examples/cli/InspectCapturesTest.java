package org.macsec4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.macsec4j.examples.inspect.CaptureBytes;

/** Real recordings of other implementations, each with the keys of the manifest. */
class InspectCapturesTest {
  @TempDir Path folder;

  static Stream<Captures.Entry> captures() {
    return Captures.all();
  }

  @ParameterizedTest
  @MethodSource("captures")
  void findsWhatIsInTheCapture(Captures.Entry capture) {
    Cli.Result result = Cli.run(capture.inspect(capture.file(), "--json"));

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.out().lines().reduce((first, last) -> last)).contains(capture.summary());
    List<JsonNode> lines = result.json();
    long mkpdus = lines.stream().filter(line -> line.get("type").asText().equals("mkpdu")).count();
    long data = lines.stream().filter(line -> line.get("type").asText().equals("macsec")).count();
    assertThat(mkpdus).isEqualTo(result.summary().get("mkpdu").asLong());
    assertThat(data).isEqualTo(result.summary().get("macsec").asLong());
    assertThat(lines).hasSize((int) (mkpdus + data + 1));
  }

  @ParameterizedTest
  @MethodSource("captures")
  void tellsPeopleWithoutKeysInSight(Captures.Entry capture) {
    Cli.Result result = Cli.run(capture.inspect(capture.file()));

    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("Summary");
    for (int i = 0; i < capture.options().size(); i += 2) {
      String value = capture.options().get(i + 1);
      if (capture.options().get(i).equals("--cak")) {
        assertThat(result.out().replace(capture.options().get(i - 1), "")).doesNotContain(value);
      }
    }
  }

  @Test
  void everyCaptureIsInTheManifest() {
    assertThat(Captures.files())
        .allMatch(file -> Captures.all().anyMatch(entry -> entry.file().equals(file)));
  }

  @Test
  void readsThroughGzip() throws IOException {
    Captures.Entry capture = Captures.named("psk-cak256");
    Path packed = folder.resolve("packed");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(capture.file(), out);
    }

    Cli.Result result = Cli.run(capture.inspect(packed, "--json"));

    assertThat(result.code()).isZero();
    assertThat(result.out()).endsWith(capture.summary() + "\n");
  }

  @ParameterizedTest
  @MethodSource("forms")
  void findsTheSameInEveryFormOfCapture(CaptureBytes.Form form) throws Exception {
    Captures.Entry capture = Captures.named("eap-c3");
    byte[] octets = CaptureBytes.write(form, CaptureBytes.read(capture.file()));
    Path converted = Files.write(folder.resolve("converted"), octets);

    Cli.Result result = Cli.run(capture.inspect(converted, "--json"));

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).endsWith(capture.summary() + "\n");
  }

  static Stream<CaptureBytes.Form> forms() {
    return Stream.of(CaptureBytes.Form.values());
  }

  @Test
  void aWrongKeyIsToldApartFromAnUnknownName() {
    Captures.Entry capture = Captures.named("psk-cak256");
    String ckn = capture.options().get(1);
    String wrong = "00".repeat(32);

    JsonNode bad =
        Cli.run("inspect", capture.file().toString(), "--ckn", ckn, "--cak", wrong, "--json")
            .summary();
    JsonNode unchecked = Cli.run("inspect", capture.file().toString(), "--json").summary();
    JsonNode prefix =
        Cli.run(
                "inspect",
                capture.file().toString(),
                "--ckn",
                ckn.substring(2),
                "--cak",
                capture.options().get(3),
                "--json")
            .summary();

    assertThat(bad.get("icvBad").asInt()).isEqualTo(14);
    assertThat(bad.get("macsecNoKey").asInt()).isEqualTo(24);
    assertThat(unchecked.get("icvUnchecked").asInt()).isEqualTo(14);
    assertThat(prefix.get("icvUnchecked").asInt()).isEqualTo(14);
  }

  @Test
  void anyOfSeveralKeysForOneSaIsFound() {
    Captures.Entry capture = Captures.named("static-gcm-aes-128");
    String wrong = "02:00:00:00:0a:01/1:0:" + "ff".repeat(16);

    JsonNode both = Cli.run(capture.inspect(capture.file(), "--sak", wrong, "--json")).summary();
    JsonNode onlyWrong =
        Cli.run("inspect", capture.file().toString(), "--sak", wrong, "--json").summary();

    assertThat(both.toString()).isEqualTo(capture.summary());
    assertThat(onlyWrong.get("macsecOk").asInt()).isZero();
    assertThat(onlyWrong.get("macsecBad").asInt()).isPositive();
    assertThat(onlyWrong.get("macsecNoKey").asInt()).isPositive();
    assertThat(onlyWrong.get("macsecBad").asInt() + onlyWrong.get("macsecNoKey").asInt())
        .isEqualTo(18);
  }

  @Test
  void showsUnwrappedKeysOnlyWhenAsked() {
    Captures.Entry capture = Captures.named("mkadaemon-mkad_xpn128");
    // As MKAdaemon's own log has it.
    String sak = "a5d787c311172bef253b4713c8dd1bee";

    assertThat(Cli.run(capture.inspect(capture.file(), "--json")).out()).doesNotContain(sak);
    assertThat(Cli.run(capture.inspect(capture.file())).out()).doesNotContain(sak);
    assertThat(Cli.run(capture.inspect(capture.file(), "--json", "--show-keys")).out())
        .contains("\"key\":\"" + sak + "\"");
    assertThat(Cli.run(capture.inspect(capture.file(), "--show-keys")).out()).contains(sak);
  }

  @Test
  void theLinesHoldWhatScriptsAskFor() {
    Captures.Entry capture = Captures.named("mkadaemon-mkad_xpn128");
    List<JsonNode> lines = Cli.run(capture.inspect(capture.file(), "--json")).json();

    JsonNode mkpdu = lines.get(6);
    assertThat(mkpdu.get("type").asText()).isEqualTo("mkpdu");
    assertThat(mkpdu.get("src").asText()).isEqualTo("02:00:00:00:00:0b");
    assertThat(mkpdu.get("sci").asText()).isEqualTo("02000000000b0001");
    assertThat(mkpdu.get("version").asInt()).isEqualTo(3);
    assertThat(mkpdu.get("mi").asText()).isEqualTo("aff9b6990c030594423c3d8f");
    assertThat(mkpdu.get("mn").asInt()).isEqualTo(2);
    assertThat(mkpdu.get("priority").asInt()).isEqualTo(10);
    assertThat(mkpdu.get("keyServer").asBoolean()).isTrue();
    assertThat(mkpdu.get("ckn").asText()).isEqualTo("aabbcc");
    assertThat(mkpdu.get("icv").asText()).isEqualTo("ok");
    assertThat(mkpdu.get("live").get(0).get("mn").asInt()).isEqualTo(5);
    assertThat(mkpdu.get("potential")).isEmpty();
    assertThat(mkpdu.get("keyServerSsci").asInt()).isEqualTo(1);
    JsonNode sak = mkpdu.get("distributedSak");
    assertThat(sak.get("an").asInt()).isEqualTo(1);
    assertThat(sak.get("kn").asInt()).isEqualTo(1);
    assertThat(sak.get("suite").asText()).isEqualTo("GCM-AES-XPN-128");
    assertThat(sak.get("confidentialityOffset").asInt()).isZero();
    assertThat(sak.get("unwrapped").asBoolean()).isTrue();
    JsonNode data = lines.get(17);
    assertThat(data.get("type").asText()).isEqualTo("macsec");
    assertThat(data.get("verdict").asText()).isEqualTo("ok");
    assertThat(data.get("ssci").asInt()).isEqualTo(1);
    assertThat(data.get("inner").get("etherType").asText()).isEqualTo("0806");
  }
}
