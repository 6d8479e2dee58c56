package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.macsec4j.MacsecException;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.mka.runtime.SessionOptions;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.junit.MacsecLab;

/** A session goes on where one before it was cut off, so that its peer does not miss it. */
@MacsecLab
class SessionMemoryTest {
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final MkaConfig CONFIG = MkaConfig.preSharedKey(Members.CKN, Members.CAK_128);

  @TempDir private Path folder;
  private Lab lab;
  private Host near;
  private MkaSession peer;
  private SessionOptions options;
  private final List<MkaEvent> heard = new CopyOnWriteArrayList<>();

  @BeforeEach
  void join(Lab laboratory) {
    lab = laboratory;
    near = lab.host("near");
    Host far = lab.host("far");
    lab.wire(near, far);
    peer = MkaSession.start(far.macsec(), "eth0", CONFIG);
    peer.onEvent(heard::add);
    options = SessionOptions.DEFAULT.withMemory(folder.resolve("near"));
  }

  private MkaSession start() {
    MkaSession session = MkaSession.start(near.macsec(), "eth0", CONFIG, options);
    lab.runUntil(() -> session.isSecured() && peer.isSecured(), SOON);
    lab.run(SOON);
    assertThat(session.isSecured()).isTrue();
    return session;
  }

  private static MemberIdentifier self(MkaSession session) {
    return session.status().memberIdentifier();
  }

  @Test
  void theNextSessionIsTheOneThePeerKnows() {
    MkaSession first = start();
    MemberIdentifier before = self(first);
    first.close();
    heard.clear();
    MkaSession second = start();
    assertThat(self(second)).isEqualTo(before);
    assertThat(heard.toString()).doesNotContain("PeerLost").doesNotContain("PeerPotential");
    assertThat(peer.status().livePeers()).hasSize(1);
  }

  @Test
  void withoutTheFileItIsSomebodyElse() throws IOException {
    MkaSession first = start();
    MemberIdentifier before = self(first);
    first.close();
    Files.delete(folder.resolve("near"));
    assertThat(self(start())).isNotEqualTo(before);
  }

  /** A file from a backup: its numbers were used since. */
  @Test
  void anOldFileCostsTimeAlone() throws IOException {
    MkaSession first = start();
    byte[] old = Files.readAllBytes(folder.resolve("near"));
    lab.run(Duration.ofMinutes(20));
    MemberIdentifier before = self(first);
    first.close();
    Files.write(folder.resolve("near"), old);
    MkaSession second = MkaSession.start(near.macsec(), "eth0", CONFIG, options);
    lab.runUntil(() -> second.isSecured() && peer.isSecured(), Duration.ofSeconds(15));
    assertThat(self(second)).isNotEqualTo(before);
  }

  /** Keys that others took out are made anew, and nobody takes us for somebody else. */
  @Test
  void aSessionThatStartsOverGoesOnAsWell() {
    MkaSession session = start();
    MemberIdentifier before = self(session);
    session.secy().delete();
    lab.run(Duration.ofSeconds(5));
    assertThat(session.isSecured()).isTrue();
    assertThat(self(session)).isEqualTo(before);
  }

  @Test
  void twoSessionsDoNotShareAFileAndNothingIsLeftOfTheSecond() {
    MkaSession first = start();
    Host third = lab.host("third");
    lab.wire(third, lab.host("fourth"));
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> MkaSession.start(third.macsec(), "eth0", CONFIG, options))
        .withMessageContaining("another session uses it");
    assertThat(third.macsec().secys()).isEmpty();
    first.close();
    MkaSession.start(third.macsec(), "eth0", CONFIG, options).close();
  }

  /** What failed to start keeps the file from nobody. */
  @Test
  void aSessionThatDoesNotStartLeavesTheFile() {
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> MkaSession.start(near.macsec(), "eth7", CONFIG, options));
    start();
  }
}
