package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.Sci;
import org.macsec4j.Secy;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyEvent;
import org.macsec4j.examples.cli.MacsecCommand;
import org.macsec4j.testkit.kernel.Netns;

/** {@code macsec show} and {@code macsec watch}, beside {@code ip macsec} and without privilege. */
abstract class CommandCases extends Pair {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 180;
  private static final String SALT = "0".repeat(24);

  /** What came of a command that ran within this JVM. */
  private record Ran(int code, String out, String err) {
    List<JsonNode> json() {
      return out.lines().map(CommandCases::json).toList();
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Ran macsec(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = MacsecCommand.run(new PrintWriter(out), new PrintWriter(err), args);
    return new Ran(code, out.toString(), err.toString());
  }

  private static String hex(CipherSuite suite, int key) {
    return "%02x".formatted(key).repeat(suite.keyLength());
  }

  private static String numbers(CipherSuite suite, int pn, int ssci) {
    return suite.isXpn() ? "xpn " + pn + " ssci " + ssci + " salt " + SALT : "pn " + pn;
  }

  /** All by {@code ip}, as people do it. */
  private void configureByIp(CipherSuite suite) {
    leftSpace.ip(
        "link add link eth0 name m0 type macsec encrypt on replay on window 32 cipher "
            + suite.toString().toLowerCase(java.util.Locale.ROOT));
    leftSpace.ip("macsec add m0 tx sa 0 " + numbers(suite, 9, 1) + " on key 01 " + hex(suite, 1));
    leftSpace.ip("macsec add m0 tx sa 3 " + numbers(suite, 5, 1) + " off key 03 " + hex(suite, 3));
    String channel = "macsec add m0 rx port 1 address " + RIGHT_ADDRESS;
    leftSpace.ip(channel);
    leftSpace.ip(channel + " sa 0 " + numbers(suite, 1, 2) + " on key 02 " + hex(suite, 2));
    leftSpace.ip("link set dev m0 up");
  }

  private void joinRight(CipherSuite suite) {
    Secy there = right.create(SecyConfig.on("eth0").name("m0").cipherSuite(suite).build());
    there.addReceiveSc(LEFT_SCI).install(receiveSa(suite, AN_0, 1, 1));
    there.transmitSc().install(transmitSa(suite, AN_0, 2, 1));
    there.up();
    leftSpace.ip("addr add 10.0.0.1/24 dev m0");
    rightSpace.ip("addr add 10.0.0.2/24 dev m0");
    assertThat(leftSpace.pings("10.0.0.2")).isTrue();
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void showAgreesWithIp(CipherSuite suite) {
    configureByIp(suite);
    joinRight(suite);
    // Nothing comes or goes between the two looks, not even of the interface below.
    leftSpace.ip("link set dev eth0 down");
    JsonNode ip = json(leftSpace.ip("-s -j macsec show")).get(0);
    Ran show = macsec("show", "-n", "left", "--json", "-s");
    assertThat(show.code()).as(show.err()).isZero();
    JsonNode ours = show.json().get(0);

    agree(ip, ours, "ifname", "name", "ifindex", "index", "protect", "protectFrames");
    agree(ip, ours, "validate", "validateFrames", "send_sci", "includeSci");
    agree(ip, ours, "end_station", "endStation", "scb", "singleCopyBroadcast");
    agree(ip, ours, "replay", "replayProtect", "window", "replayWindow");
    agree(ip, ours, "cipher_suite", "cipherSuite", "icv_length", "icvLength");
    agree(ip, ours, "offload", "offload");
    assertThat(ours.get("confidentialityOffset").isNull())
        .isNotEqualTo(ip.get("encrypt").asBoolean());
    assertThat(ours.get("parent").asText()).isEqualTo("eth0");
    assertThat(ours.get("namespace").asText()).isEqualTo("left");
    JsonNode transmit = ours.get("transmitSc");
    assertThat(transmit.get("encodingSa")).isEqualTo(ip.get("encoding_sa"));
    agreeOnSci(ip, transmit);
    agreeOnCounters(ip, ours.get("counters"), transmit.get("counters"));
    assertThat(transmit.get("counters").get("OutPktsEncrypted").asLong()).isPositive();
    agreeOnSas(ip, transmit);
    JsonNode channel = ours.get("receiveScs").get(0);
    agreeOnSci(ip.get("rx_sc").get(0), channel);
    agree(ip.get("rx_sc").get(0), channel, "active", "enabled");
    agreeOnCounters(ip.get("rx_sc").get(0), channel.get("counters"));
    agreeOnSas(ip.get("rx_sc").get(0), channel);
  }

  private static void agree(JsonNode ip, JsonNode ours, String... names) {
    for (int i = 0; i < names.length; i += 2) {
      assertThat(ours.get(names[i + 1])).as(names[i + 1]).isNotNull().isEqualTo(ip.get(names[i]));
    }
  }

  private static void agreeOnSci(JsonNode ip, JsonNode ours) {
    assertThat(ours.get("sci").asText())
        .hasSize(16)
        .isEqualTo(
            "%016x".formatted(Long.parseUnsignedLong(ip.get("sci").asText().substring(2), 16)));
  }

  /** {@code ip} has the counters of the SecY and of its channel in one. */
  private static void agreeOnCounters(JsonNode ip, JsonNode... ours) {
    List<String> names =
        ip.properties().stream()
            .map(java.util.Map.Entry::getKey)
            .filter(name -> name.startsWith("In") || name.startsWith("Out"))
            .toList();
    assertThat(names).hasSize(Stream.of(ours).mapToInt(JsonNode::size).sum()).isNotEmpty();
    for (String name : names) {
      JsonNode value =
          Stream.of(ours).filter(node -> node.has(name)).findFirst().orElseThrow().get(name);
      assertThat(value.asLong()).as(name).isEqualTo(ip.get(name).asLong());
    }
  }

  private static void agreeOnSas(JsonNode ip, JsonNode ours) {
    assertThat(ours.get("sas")).hasSameSizeAs(ip.get("sa_list"));
    for (int i = 0; i < ours.get("sas").size(); i++) {
      JsonNode theirs = ip.get("sa_list").get(i);
      JsonNode sa = ours.get("sas").get(i);
      agree(theirs, sa, "an", "an", "pn", "nextPn", "active", "enabled", "key", "keyId");
      if (theirs.has("ssci")) {
        assertThat(sa.get("ssci").asLong()).isEqualTo(Long.decode(theirs.get("ssci").asText()));
      }
      agreeOnCounters(theirs, sa.get("counters"));
    }
  }

  @Test
  void whatTheKernelHidesHasAnErrorOfItsOwn() {
    Secy secy = left.create(SecyConfig.on("eth0").name("m0").build());
    for (int port = 1; port <= 130; port++) {
      secy.addReceiveSc(new Sci(MacAddress.parse(RIGHT_ADDRESS), port))
          .install(receiveSa(CipherSuite.GCM_AES_128, AN_0, 2, 1));
    }
    assertThat(leftSpace.ip("macsec show")).isEmpty();
    Ran show = macsec("show", "-n", "left");
    assertThat(show.code()).isEqualTo(3);
    assertThat(show.out()).isEmpty();
    assertThat(show.err()).contains("the kernel's report ends before m0, which exists");
    assertThat(macsec("watch", "-n", "left", "--for", "1s").code()).isEqualTo(3);
  }

  @Test
  void aThresholdIsToldUnderTraffic() {
    List<SecyEvent> events = new ArrayList<>();
    configureByIp(CipherSuite.GCM_AES_128);
    left.onEvent(
        event -> {
          synchronized (events) {
            events.add(event);
          }
        });
    leftSpace.ip("macsec set m0 tx sa 0 pn 3221225470 on");
    joinRight(CipherSuite.GCM_AES_128);
    await(() -> reached(events).size() > 0);
    assertThat(reached(events)).hasSize(1);
    assertThat(reached(events).get(0).nextPn().isAtLeast(PacketNumber.of(0xC000_0000L))).isTrue();
  }

  private static List<SecyEvent.PacketNumberThresholdReached> reached(List<SecyEvent> events) {
    synchronized (events) {
      return events.stream()
          .filter(SecyEvent.PacketNumberThresholdReached.class::isInstance)
          .map(SecyEvent.PacketNumberThresholdReached.class::cast)
          .toList();
    }
  }

  /** The command in a JVM of its own, of a user who may do nothing, in the left namespace. */
  private Process startAsNobody(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    command.addAll(List.of("--bounding-set=-all", "--inh-caps=-all"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Dslf4j.internal.verbosity=ERROR", "-cp", classPath()));
    command.add(MacsecCommand.class.getName());
    command.addAll(List.of(args));
    return leftSpace.start(command.toArray(String[]::new));
  }

  /** A JVM starts slowly in a guest on a busy machine. */
  private Ran asNobody(String... args) throws Exception {
    Process process = startAsNobody(args);
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      return new Ran(process.exitValue(), out, err);
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * What the command needs, where nobody may read it; not so the home folder where libraries are.
   */
  private static String classPath() throws IOException {
    Path target = Files.createTempDirectory("nobody");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      if (entry.matches(".*(jnr|jffi|/asm|picocli|slf4j-api|macsec-|examples/target).*")
          && Files.exists(Path.of(entry))) {
        Path copy = target.resolve(copies.size() + "-" + Path.of(entry).getFileName());
        Netns.main().run("cp", "-r", entry, copy.toString());
        copies.add(copy.toString());
      }
    }
    assertThat(Netns.main().run("chmod", "-R", "a+rX", target.toString()).isOk()).isTrue();
    return String.join(":", copies);
  }

  @Test
  void anUnprivilegedUserSeesAsMuchAsRoot() throws Exception {
    configureByIp(CipherSuite.GCM_AES_XPN_128);
    leftSpace.ip("link set dev eth0 down");
    Ran show = asNobody("show", "-s");
    assertThat(show.code()).as(show.err()).isZero();
    assertThat(show.out())
        .isEqualTo(macsec("show", "-n", "left", "-s").out().replace("in left, ", ""))
        .contains("m0: protect on");
    Ran refused = asNobody("show", "-n", "right");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err().lines()).hasSize(1);
    assertThat(refused.err()).contains("CAP_SYS_ADMIN");
  }

  @Test
  void anUnprivilegedUserWatchesUntilASignal() throws Exception {
    configureByIp(CipherSuite.GCM_AES_128);
    Process watch = startAsNobody("watch", "m0", "--json");
    try (BufferedReader lines = watch.inputReader()) {
      // It says nothing before something happens, so the change is repeated until it is seen.
      Thread mover = new Thread(() -> moveUntilSeen(watch), "changes the SecY");
      mover.start();
      JsonNode event = json(String.valueOf(lines.readLine()));
      assertThat(event.get("event").asText()).isEqualTo("changed");
      assertThat(event.get("name").asText()).isEqualTo("m0");
      assertThat(event.get("changes").get(0).asText()).startsWith("encoding SA ");
      // Not by Process.destroy(), which closes what the process prints: that ends it as well.
      leftSpace.call("kill -TERM " + watch.pid());
      assertThat(watch.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(watch.exitValue()).isZero();
      mover.join();
    } finally {
      watch.destroyForcibly();
    }
  }

  private void moveUntilSeen(Process watch) {
    for (int i = 1; watch.isAlive() && i < PATIENCE_SECONDS; i++) {
      leftSpace.ip("link set dev m0 type macsec encodingsa " + i % 4);
      try {
        Thread.sleep(1500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
