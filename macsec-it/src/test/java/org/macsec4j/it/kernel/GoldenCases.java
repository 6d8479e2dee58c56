package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.OffloadMode;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Sci;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.ValidateFrames;
import org.macsec4j.it.kernel.Bench.Given;

/**
 * Every setting of a SecY, both ways: what we set is what {@code ip} prints, in each of its four
 * forms, and what {@code ip} sets is what we read.
 */
abstract class GoldenCases extends BenchCases {
  private Path reports;

  /**
   * A setting.
   *
   * @param ip how {@code ip} sets it; empty where it cannot
   * @param ours how we do
   * @param printed what {@code ip} prints of it
   * @param canChange whether it can be changed later
   */
  record Setting(
      String ip,
      Function<SecyConfig.Builder, SecyConfig.Builder> ours,
      Map<String, String> printed,
      boolean canChange) {

    SecyConfig config() {
      return ours.apply(SecyConfig.on("eth0").name("m0")).build();
    }

    @Override
    public String toString() {
      return ip.isEmpty() ? printed.toString() : ip;
    }
  }

  private static Setting fixed(
      String ip, Function<SecyConfig.Builder, SecyConfig.Builder> ours, String... printed) {
    return setting(ip, false, ours, printed);
  }

  private static Setting free(
      String ip, Function<SecyConfig.Builder, SecyConfig.Builder> ours, String... printed) {
    return setting(ip, true, ours, printed);
  }

  private static Setting setting(
      String ip,
      boolean canChange,
      Function<SecyConfig.Builder, SecyConfig.Builder> ours,
      String... printed) {
    Map<String, String> differences = new HashMap<>();
    for (int i = 0; i < printed.length; i += 2) {
      differences.put(printed[i], printed[i + 1]);
    }
    return new Setting(ip, ours, differences, canChange);
  }

  static Stream<Setting> settings() {
    return Stream.of(fixedSettings(), suites(), icvLengths(), freeSettings())
        .flatMap(settings -> settings);
  }

  static Stream<Setting> thoseThatIpCanSet() {
    return settings().filter(setting -> !setting.ip.isEmpty());
  }

  static Stream<Setting> thoseThatCanChange() {
    return settings().filter(Setting::canChange);
  }

  private static Stream<Setting> fixedSettings() {
    return Stream.of(
        fixed("port 1", on -> on),
        fixed("port 4660", on -> on.port(0x1234), "sci", "020000000a011234"),
        fixed("port 65534", on -> on.port(65_534), "sci", "020000000a01fffe"),
        fixed(
            "address 02:00:00:00:0c:03 port 258",
            on -> on.sci(Sci.parse("02:00:00:00:0c:03/258")),
            "sci",
            "020000000c030102"),
        fixed(
            "sci aabacdde01020304",
            on -> on.sci(Sci.parse("aabacdde01020304")),
            "sci",
            "aabacdde01020304"));
  }

  private static Stream<Setting> suites() {
    return Stream.of(CipherSuite.values())
        .map(
            suite ->
                fixed(
                    "cipher " + suite.toString().toLowerCase(Locale.ROOT),
                    on -> on.cipherSuite(suite),
                    "cipher",
                    suite.toString()));
  }

  private static Stream<Setting> icvLengths() {
    return IntStream.of(8, 12, 13, 14, 15, 16)
        .mapToObj(
            length -> fixed("icvlen " + length, on -> on.icvLength(length), "icvlen", "" + length));
  }

  private static Stream<Setting> freeSettings() {
    return Stream.of(
        free("encrypt off", on -> on.encrypt(false), "encrypt", "off"),
        free("protect off", on -> on.protectFrames(false), "protect", "off"),
        free("send_sci off", on -> on.includeSci(false), "send_sci", "off"),
        free(
            "send_sci off end_station on",
            on -> on.includeSci(false).endStation(true),
            "send_sci",
            "off",
            "end_station",
            "on"),
        free(
            "send_sci off scb on",
            on -> on.includeSci(false).singleCopyBroadcast(true),
            "send_sci",
            "off",
            "scb",
            "on"),
        free(
            "validate disabled",
            on -> on.validateFrames(ValidateFrames.DISABLED),
            "validate",
            "disabled"),
        free("validate check", on -> on.validateFrames(ValidateFrames.CHECK), "validate", "check"),
        free("validate strict", on -> on.validateFrames(ValidateFrames.STRICT)),
        free("replay off", on -> on.replayProtection(ReplayProtection.OFF), "replay", "off"),
        free("replay on window 1", on -> on.replayWindow(1), "window", "1"),
        free("replay on window 16909060", on -> on.replayWindow(0x01020304), "window", "16909060"),
        // ip takes its own word for "no window" for it.
        free("", on -> on.replayWindow(0xFFFF_FFFFL), "window", "-1"));
  }

  @BeforeAll
  void writeReports() throws IOException {
    reports = Files.createTempFile("reports", ".ip");
    Files.writeString(reports, "link show dev m0\nmacsec show m0\n");
  }

  /** With the defaults of ours, which are not those of the kernel. */
  private void add(String settings) {
    String replay = settings.contains("replay") ? "" : " replay on window 0";
    String encrypt = settings.contains("encrypt") ? "" : " encrypt on";
    bench.space.ip("link add link eth0 name m0 type macsec " + settings + encrypt + replay);
  }

  private void assertPrinted(Map<String, String> differences) {
    Printed printed = Printed.with(differences);
    String text = shown("");
    assertThat(text).contains(printed.link()).contains(printed.show());
    String json = shown("-j ");
    assertThat(json).contains(printed.linkJson()).contains(printed.showJson());
  }

  /** Both reports from one process, as starting one takes longest. */
  private String shown(String form) {
    return Printed.withoutMadeUp(bench.space.ip("-d -s " + form + "-batch " + reports));
  }

  private SecySnapshot read() {
    return bench.backend.readAll().stream()
        .filter(secy -> secy.id().name().equals("m0"))
        .findFirst()
        .orElseThrow();
  }

  /** As it was asked for, with the SCI in full. */
  private static SecyConfig inFull(SecyConfig config) {
    Sci sci = config.sci().orElseGet(() -> new Sci(Bench.ADDRESS, config.port()));
    return config.toBuilder().sci(sci).observed();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void whatWeSetIsWhatIpPrints(Setting setting) {
    SecyId made = bench.backend.create(setting.config());
    assertPrinted(setting.printed());
    assertThat(bench.backend.read(made).config()).isEqualTo(inFull(setting.config()));
  }

  @ParameterizedTest
  @MethodSource("thoseThatIpCanSet")
  void whatIpSetsIsWhatWeRead(Setting setting) {
    add(setting.ip());
    assertPrinted(setting.printed());
    assertThat(read().config()).isEqualTo(inFull(setting.config()));
  }

  @ParameterizedTest
  @MethodSource("thoseThatCanChange")
  void whatWeChangeIsWhatIpPrints(Setting setting) {
    bench.given(Given.SECY);
    SecyConfig wanted = setting.config();
    SecyChange change =
        SecyChange.builder()
            .confidentialityOffset(wanted.confidentialityOffset())
            .protectFrames(wanted.protectFrames())
            .validateFrames(wanted.validateFrames())
            .replayProtection(wanted.replayProtection())
            .includeSci(wanted.includeSci())
            .endStation(wanted.endStation())
            .singleCopyBroadcast(wanted.singleCopyBroadcast())
            .build();
    bench.backend.apply(bench.secy(), new SecyCommand.Change(change)).orThrow();
    assertPrinted(setting.printed());
    if (!setting.ip().isEmpty()) {
      bench.clear();
      add("port 1");
      bench.space.ip("link set dev m0 type macsec " + setting.ip());
      assertPrinted(setting.printed());
    }
    assertThat(read().config()).isEqualTo(inFull(wanted));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void theEncodingSa(int number) {
    AssociationNumber an = AssociationNumber.of(number);
    Map<String, String> printed = Map.of("encodingsa", "" + number);
    add("encodingsa " + number);
    assertPrinted(printed);
    assertThat(read().transmitSc().encodingSa()).isEqualTo(an);
    bench.clear();

    bench.given(Given.SECY);
    bench
        .backend
        .apply(bench.secy(), new SecyCommand.InstallTransmitSa(bench.transmit(number, false)))
        .orThrow();
    bench.backend.apply(bench.secy(), new SecyCommand.SelectTransmitSa(an)).orThrow();
    assertPrinted(printed);
    assertThat(read().transmitSc().encodingSa()).isEqualTo(an);
  }

  @Test
  void offloadIsOffWhereNoHardwareIs() {
    bench.given(Given.SECY);
    bench.backend.setOffload(bench.secy(), OffloadMode.SOFTWARE);
    assertThat(bench.space.ip("macsec show m0")).contains("    offload: off");
    assertThat(bench.space.ip("-j macsec show m0")).contains("\"offload\":\"off\"");
    assertThat(read().offload()).isEqualTo(OffloadMode.SOFTWARE);
  }
}
