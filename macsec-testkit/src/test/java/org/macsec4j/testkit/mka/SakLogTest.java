package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.mka.runtime.SakLog;
import org.macsec4j.mka.runtime.SessionOptions;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.junit.MacsecLab;

/** Where the SAKs of a session go when somebody asks for them, and where they never go. */
@MacsecLab
class SakLogTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final MkaConfig CONFIG = MkaConfig.preSharedKey(Members.CKN, Members.CAK_128);

  @TempDir private Path folder;
  private Lab lab;
  private Host near;
  private Host far;

  @BeforeEach
  void join(Lab laboratory) {
    lab = laboratory;
    near = lab.host("near");
    far = lab.host("far");
    lab.wire(near, far);
  }

  private MkaSession start(MkaConfig config, Path file) {
    return MkaSession.start(
        near.macsec(), "eth0", config, SessionOptions.DEFAULT.withSakLog(SakLog.to(file)));
  }

  private void secure(MkaSession session, MkaConfig config) {
    MkaSession peer = MkaSession.start(far.macsec(), "eth0", config);
    lab.runUntil(() -> session.isSecured() && peer.isSecured(), SOON);
  }

  @ParameterizedTest
  @EnumSource
  void aLineForEachSaThatIsInstalled(CipherSuite suite) throws IOException {
    Path file = folder.resolve("saks");
    MkaConfig config = CONFIG.toBuilder().cipherSuites(suite).keyServerPriority(1).build();
    MkaSession session = start(config, file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).isEmpty();
    secure(session, config);
    session.rekey();
    lab.run(SOON);
    List<String> lines = Files.readAllLines(file);
    String xpn = suite.isXpn() ? " salt=[0-9a-f]{24} ssci=[12]" : "";
    assertThat(lines)
        .hasSize(4)
        .allMatch(
            line ->
                line.matches(
                    "[0-9a-f]{%d},\"sci=[0-9a-f]{16} an=[01] ki=[0-9a-f]{32}%s\""
                        .formatted(2 * suite.keyLength(), xpn)));
    assertThat(lines.stream().map(line -> line.substring(0, line.indexOf(','))).distinct())
        .as("two keys, for two directions each")
        .hasSize(2);
  }

  private void assertRefused(Path file, String why) {
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> start(CONFIG, file))
        .withMessageContaining("the SAKs of eth0 cannot be written to " + file)
        .withMessageContaining(why);
    assertThat(near.macsec().secys()).isEmpty();
  }

  @Test
  void aFileThatIsNotItsOwnersAloneIsRefusedBeforeAnythingIsMade() throws IOException {
    Path open = Files.createFile(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    assertRefused(open, "is open to group or others");
    Path target = folder.resolve("target");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    assertRefused(link, "");
    assertThat(target).doesNotExist();
    assertRefused(folder, "");
    assertRefused(folder.resolve("nowhere").resolve("saks"), "");
  }

  @Test
  void aFileThatIsOpenedToOthersLaterGetsNoMoreKeysAndTheLinkGoesOn() throws IOException {
    Path file = folder.resolve("saks");
    MkaSession session = start(CONFIG, file);
    secure(session, CONFIG);
    List<String> before = Files.readAllLines(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    session.rekey();
    lab.run(SOON);
    assertThat(session.isSecured()).isTrue();
    assertThat(session.status().counters().saksInstalled()).isGreaterThan(1);
    assertThat(Files.readAllLines(file)).isEqualTo(before);
  }

  @Test
  void withoutItNothingIsWritten() throws IOException {
    MkaSession session = MkaSession.start(near.macsec(), "eth0", CONFIG);
    secure(session, CONFIG);
    assertThat(folder).isEmptyDirectory();
    assertThat(SessionOptions.DEFAULT.sakLog()).isEmpty();
    assertThat(SakLog.to(folder.resolve("saks"))).hasToString("SAKs to " + folder.resolve("saks"));
  }
}
