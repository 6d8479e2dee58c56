package org.macsec4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.macsec4j.netlink.fake.FakeLibc;
import org.macsec4j.netlink.libc.Errno;

/** {@code macsec show} over a kernel that refuses every change, as to an unprivileged user. */
class ShowCommandTest {
  private final FakeKernel kernel = new FakeKernel();

  @Test
  void showsWhatThereIs() {
    kernel.add(5, "m0");
    Cli.Result show = Cli.on(kernel, "show");
    assertThat(show.code()).as(show.err()).isZero();
    assertThat(show.err()).isEmpty();
    assertThat(show.out())
        .isEqualTo(
            """
            5: m0: protect on validate strict encrypt on send_sci on end_station off scb off replay on window 32
                cipher suite: GCM-AES-XPN-256, using ICV length 16
                on eth0, up, operational
                TXSC: 020000000a010005 on SA 0
                    0: PN 7, state on, key 01000000000000000000000000000000, SSCI 1
                RXSC: 000000000b020001, state on
                    0: PN 100, lowest 68, state on, key 02000000000000000000000000000000, SSCI 1
                offload: off
            """);
  }

  @Test
  void countersAreShownWhenAskedForAndADashWhereTheKernelTellsNone() {
    kernel.add(5, "m0");
    String out = Cli.on(kernel, "show", "-s").out();
    assertThat(out)
        .contains("OutPktsProtected OutPktsEncrypted OutOctetsProtected OutOctetsEncrypted")
        .containsPattern(" 3 +5 +- +-\n");
  }

  @Test
  void showsTheStateOfAllAsOpenConfigHasIt(@TempDir Path folder) throws IOException {
    kernel.add(5, "m0");
    kernel.add(6, "m1");
    Files.writeString(
        folder.resolve("020000000a010005.mka"), "{}\nin-mkpdu=3 out-mkpdu-errors=1\n    MKA: \n");
    Cli.Result show = Cli.on(kernel, "show", "--openconfig", "--status", folder.toString());
    assertThat(show.code()).as(show.err()).isZero();
    JsonNode macsec = show.json().get(0).get("openconfig-macsec:macsec");
    assertThat(macsec.at("/mka/state/counters/out-mkpdu-errors").asText()).isEqualTo("1");
    JsonNode eth0 = macsec.at("/interfaces/interface/0");
    assertThat(eth0.at("/name").asText()).isEqualTo("eth0");
    assertThat(eth0.at("/scsa-tx/scsa-tx")).hasSize(2);
    assertThat(eth0.at("/mka/state/counters/in-mkpdu").asText()).isEqualTo("3");
    assertThat(Cli.on(kernel, "show", "--openconfig", "m1").out()).doesNotContain("in-mkpdu");
  }

  @Test
  void theJsonHasOneNameForEachThingAndScisOf16Digits() {
    kernel.add(5, "m0").nextPn(0xFFFF_FFFF_FFFF_FFFEL);
    Cli.Result show = Cli.on(kernel, "show", "--json", "--statistics");
    assertThat(show.code()).isZero();
    JsonNode secy = show.json().get(0);
    assertThat(secy.get("name").asText()).isEqualTo("m0");
    assertThat(secy.get("parent").asText()).isEqualTo("eth0");
    assertThat(secy.get("offload").asText()).isEqualTo("off");
    assertThat(secy.get("operational").asBoolean()).isTrue();
    assertThat(secy.get("replayWindow").asLong()).isEqualTo(32);
    assertThat(secy.get("confidentialityOffset").asInt()).isZero();
    assertThat(secy.has("namespace")).isFalse();
    JsonNode transmit = secy.get("transmitSc");
    assertThat(transmit.get("sci").asText()).isEqualTo("020000000a010005");
    assertThat(transmit.get("sas").get(0).get("nextPn").bigIntegerValue())
        .isEqualTo(new BigInteger("18446744073709551614"));
    assertThat(transmit.get("counters").get("OutPktsProtected").asLong()).isEqualTo(3);
    assertThat(transmit.get("counters").has("OutOctetsEncrypted")).isFalse();
    JsonNode receive = secy.get("receiveScs").get(0);
    assertThat(receive.get("sci").asText()).isEqualTo("000000000b020001");
    assertThat(receive.get("sas").get(0).get("lowestPn").asLong()).isEqualTo(68);
    assertThat(receive.get("sas").get(0).get("keyId").asText()).startsWith("0200");

    assertThat(Cli.on(kernel, "show", "--json").out()).doesNotContain("counters");
  }

  @Test
  void oneOfSeveralIsShownAlone() {
    kernel.add(5, "m0");
    kernel.add(6, "m1").nextPn(0).operational(false);
    assertThat(Cli.on(kernel, "show").out()).contains("5: m0:", "6: m1:");
    assertThat(Cli.on(kernel, "show", "m1").out())
        .startsWith("6: m1:")
        .contains("0: PN 0 (used up), state on", "up, not operational")
        .doesNotContain("m0");
    Cli.Result none = Cli.on(kernel, "show", "m7");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err())
        .isEqualTo("macsec show: there is no SecY m7; there is m0, m1" + System.lineSeparator());
  }

  @Test
  void whatMkaKnowsStandsBelowItsSecy(@TempDir Path folder) throws IOException {
    kernel.add(5, "m0");
    kernel.add(6, "m1");
    Path file = folder.resolve("020000000a010005.mka");
    Files.writeString(
        file, "{\"secured\":true}\nin-mkpdu=3 out-mkpdu-errors=1\n    MKA: secured, and so on\n");
    String[] show = {"show", "--status", folder.toString()};
    assertThat(Cli.on(kernel, show).out())
        .containsPattern("offload: off\n    MKA: secured, and so on\n6: m1:")
        .doesNotContain("s ago");
    JsonNode json = Cli.on(kernel, "show", "--json", "--status", folder.toString()).json().get(0);
    assertThat(json.get("mka").get("secured").asBoolean()).isTrue();
    assertThat(json.get("mkaAgeSeconds").asLong()).isBetween(0L, 20L);

    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(100)));
    assertThat(Cli.on(kernel, show).out())
        .containsPattern("as of 1\\d\\d s ago: macsec run has not said anything since");
  }

  @Test
  void noSecyIsSaid() {
    assertThat(Cli.on(kernel, "show").out()).startsWith("there is no SecY");
    assertThat(Cli.on(kernel, "show", "--json").out()).isEmpty();
  }

  @Test
  void whatTheKernelHidesIsAnErrorOfItsOwnAndTheRestIsShown() {
    kernel.add(5, "m0");
    kernel.add(6, "m1").hidden();
    kernel.add(7, "m2");
    Cli.Result show = Cli.on(kernel, "show");
    assertThat(show.code()).isEqualTo(3);
    assertThat(show.out()).contains("5: m0").doesNotContain("m1").doesNotContain("no SecY");
    assertThat(show.err()).contains("the kernel's report ends before m1, which exists");
    assertThat(Cli.on(kernel, "show", "m0").code()).isZero();
    assertThat(Cli.on(kernel, "show", "m2", "--json").code()).isEqualTo(3);
  }

  @Test
  void aKernelWithoutTheDriverIsSaidInOneSentence() {
    Cli.Result show = Cli.on(kernel.withoutDriver(), "show");
    assertThat(show.code()).isEqualTo(2);
    assertThat(show.out()).isEmpty();
    assertThat(show.err().lines()).hasSize(1);
    assertThat(show.err()).contains("load the module macsec");
  }

  @Test
  void anotherNamespaceIsEnteredAndNamed() {
    kernel.add(5, "m0");
    FakeLibc libc = new FakeLibc(kernel);
    assertThat(Cli.run(libc, "show", "-n", "blue").out()).contains("in blue, on eth0, up");
    assertThat(libc.calls()).contains("open /run/netns/blue");
    assertThat(libc.openDescriptors()).isZero();
    Cli.Result json = Cli.run(libc, "show", "--json", "--netns", "/proc/7/ns/net");
    assertThat(json.json().get(0).get("namespace").asText()).isEqualTo("/proc/7/ns/net");

    libc.failNext("setns", Errno.EPERM);
    Cli.Result refused = Cli.run(libc, "show", "-n", "blue");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("blue: EPERM", "it needs CAP_SYS_ADMIN");
  }
}
