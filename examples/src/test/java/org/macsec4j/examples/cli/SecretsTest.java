package org.macsec4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.macsec4j.Secy;
import org.macsec4j.SecyConfig;
import org.macsec4j.examples.config.Link;
import org.macsec4j.examples.inspect.CaptureReader;
import org.macsec4j.examples.inspect.CapturedFrame;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.crypto.MkaCrypto;
import org.macsec4j.mka.crypto.MkaKeys;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.mka.runtime.SakLog;
import org.macsec4j.mka.runtime.SessionOptions;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.MalformedMkpduException;
import org.macsec4j.mka.wire.MkpduDecoder;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.slf4j.LoggerFactory;

/**
 * Runs the demonstration, and links as {@code macsec run} does, with logging at TRACE and looks for
 * every key that was used, in every spelling that Java code comes up with, in all that was printed
 * and logged.
 */
class SecretsTest {
  @Test
  void noKeyIsPrintedOrLogged(@TempDir Path folder) throws Exception {
    Path pcap = folder.resolve("demo.pcapng");
    Path keyFile = folder.resolve("demo.keys");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Cli.Result demo = demoAtTrace(log, "--pcap", pcap.toString(), "--keys", keyFile.toString());
    assertThat(demo.code()).as(demo.out()).isZero();
    assertNoKeyIn(demo.out() + demo.err(), log, pcap, Files.readString(keyFile).strip().split(" "));
  }

  /** A link that is secured, loses its SecY, changes its key, and is refused a SecY for a while. */
  @Test
  void noKeyIsPrintedOrLoggedByLinksThatRun(@TempDir Path folder) throws Exception {
    assertThat(ranWithoutAKeyInWords(folder, SessionOptions.DEFAULT)).noneMatch(SecretsTest::warns);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.endsWith(".pcapng") || name.endsWith(".mka"));
    }
  }

  /** Asked for, the SAKs are in a file, nowhere else, and that is said loudly. */
  @Test
  void keysThatAreExportedAreInTheirFileAlone(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("saks");
    SessionOptions options = SessionOptions.DEFAULT.withSakLog(SakLog.to(file));
    assertThat(ranWithoutAKeyInWords(folder, options)).anyMatch(SecretsTest::warns);
    assertThat(Files.readAllLines(file)).hasSizeGreaterThanOrEqualTo(4);
  }

  private static boolean warns(ILoggingEvent event) {
    return event.getLevel() == Level.WARN
        && event.getFormattedMessage().contains("every SAK is written in clear to");
  }

  private static List<ILoggingEvent> ranWithoutAKeyInWords(Path folder, SessionOptions options)
      throws Exception {
    Path pcap = folder.resolve("run.pcapng");
    String cak = "00112233445566778899aabbccddeeff";
    MkaConfig config = MkaConfig.preSharedKey(Ckn.parse("01"), Cak.parse(cak));
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    StringBuilder told = new StringBuilder();
    try (Lab lab = Lab.create(1)) {
      atTrace(
          log,
          () -> {
            run(lab, config, told, new StatusFolder(folder), options);
            return told;
          });
      lab.capture().writeTo(pcap);
    }
    assertThat(told).contains("Secured", "StartedOver", "is in use by");
    assertNoKeyIn(told.toString(), log, pcap, "01", cak);
    return log.list;
  }

  private static void run(
      Lab lab, MkaConfig config, StringBuilder told, StatusFolder left, SessionOptions options) {
    Host here = lab.host("here");
    Host there = lab.host("there");
    lab.wire(here, there);
    try (LinkRunner runner = new LinkRunner(here.macsec(), told::append, left, link -> options);
        MkaSession peer = MkaSession.start(there.macsec(), "eth0", config)) {
      runner.apply(List.of(new Link("eth0", config)));
      MkaSession session = runner.session("eth0").orElseThrow();
      lab.runUntil(() -> session.isSecured() && peer.isSecured(), Duration.ofSeconds(20));
      session.secy().delete();
      Secy other = here.macsec().create(SecyConfig.on("eth0").name("theirs").build());
      lab.run(Duration.ofSeconds(3));
      runner.tend();
      told.append(session).append(session.status()).append(session.keys());
      told.append(left.about(session.status().sci()).orElseThrow());
      other.delete();
      lab.runUntil(() -> session.isSecured() && peer.isSecured(), Duration.ofSeconds(20));
      told.append(session).append(session.secy().snapshot()).append(config);
    }
  }

  private static void assertNoKeyIn(
      String printed, ListAppender<ILoggingEvent> log, Path pcap, String... cknAndCak)
      throws Exception {
    assertThat(log.list).as("log events at TRACE").isNotEmpty();
    StringBuilder told = new StringBuilder(printed);
    log.list.forEach(event -> append(told, event));
    Set<String> spellings = new HashSet<>();
    List<byte[]> keys = keysOf(pcap, cknAndCak);
    assertThat(keys).as("CAK, ICK, KEK and two SAKs").hasSizeGreaterThanOrEqualTo(5);
    keys.forEach(key -> spell(key, spellings));
    String haystack = told.toString().toLowerCase(Locale.ROOT);
    assertThat(spellings).allSatisfy(s -> assertThat(haystack).doesNotContain(s));
  }

  private static Cli.Result demoAtTrace(ListAppender<ILoggingEvent> log, String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "demo";
    System.arraycopy(options, 0, args, 1, options.length);
    return atTrace(log, () -> Cli.run(args));
  }

  private static <T> T atTrace(ListAppender<ILoggingEvent> log, Supplier<T> work) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
    try {
      return work.get();
    } finally {
      root.setLevel(before);
      root.detachAppender(log);
    }
  }

  private static void append(StringBuilder told, ILoggingEvent event) {
    told.append(event.getFormattedMessage()).append('\n');
    if (event.getThrowableProxy() != null) {
      told.append(event.getThrowableProxy().getMessage()).append('\n');
    }
    if (event.getArgumentArray() != null) {
      for (Object argument : event.getArgumentArray()) {
        told.append(argument).append('\n');
      }
    }
  }

  /** The CAK, what is derived from it, and every SAK that can be unwrapped from the frames. */
  private static List<byte[]> keysOf(Path pcap, String[] cknAndCak) throws Exception {
    Ckn ckn = Ckn.parse(cknAndCak[0]);
    byte[] cak = HexFormat.of().parseHex(cknAndCak[1]);
    byte[] context = Arrays.copyOf(ckn.toByteArray(), 16);
    MkaCrypto crypto = MkaCrypto.bouncyCastle();
    List<byte[]> keys = new java.util.ArrayList<>();
    keys.add(cak);
    keys.add(crypto.kdf(cak, "IEEE8021 ICK", context, cak.length));
    keys.add(crypto.kdf(cak, "IEEE8021 KEK", context, cak.length));
    MkaKeys mka = MkaKeys.derive(Cak.of(cak), ckn);
    try (CaptureReader reader = CaptureReader.open(pcap)) {
      for (CapturedFrame frame = reader.next(); frame != null; frame = reader.next()) {
        distributed(frame.octets())
            .flatMap(sak -> mka.unwrap(sak.wrappedKey().toByteArray()))
            .filter(sak -> keys.stream().noneMatch(known -> Arrays.equals(known, sak)))
            .ifPresent(keys::add);
      }
    }
    return keys;
  }

  private static java.util.Optional<DistributedSak> distributed(byte[] frame) {
    try {
      return MkpduDecoder.DEFAULT.decode(frame).distributedSak().filter(DistributedSak::hasKey);
    } catch (MalformedMkpduException e) {
      return java.util.Optional.empty();
    }
  }

  /** Eight octets in a row are enough to be told. */
  private static void spell(byte[] key, Set<String> spellings) {
    for (int at = 0; at + 8 <= key.length; at += 8) {
      byte[] part = Arrays.copyOfRange(key, at, at + 8);
      spellings.add(HexFormat.of().formatHex(part));
      spellings.add(HexFormat.ofDelimiter(" ").formatHex(part));
      spellings.add(HexFormat.ofDelimiter(":").formatHex(part));
      String list = Arrays.toString(part);
      spellings.add(list.substring(1, list.length() - 1));
    }
    spellings.add(new BigInteger(1, key).toString());
    spellings.add(
        Base64.getEncoder()
            .withoutPadding()
            .encodeToString(key)
            .substring(0, 20)
            .toLowerCase(Locale.ROOT));
  }
}
