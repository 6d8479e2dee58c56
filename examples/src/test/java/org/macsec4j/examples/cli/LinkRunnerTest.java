package org.macsec4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.macsec4j.Sci;
import org.macsec4j.examples.config.Link;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.mka.runtime.SessionOptions;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;

class LinkRunnerTest {
  private static final PreSharedKey FIRST = key("01", 1);
  private static final PreSharedKey SECOND = key("02", 2);
  private static final int EXPERIMENTAL = 0x88B5;

  private final Lab lab = Lab.create(1);
  private final Host here = lab.host("here");
  private final Host there = lab.host("there");
  private final List<String> lines = new ArrayList<>();
  @TempDir private Path folder;
  private StatusFolder statuses;
  private LinkRunner runner;
  private MkaSession peer;

  private static PreSharedKey key(String ckn, int octet) {
    return PreSharedKey.of(Ckn.parse(ckn), Cak.parse("%02x".formatted(octet).repeat(16)));
  }

  private static Link link(String name, PreSharedKey... keys) {
    return new Link(name, MkaConfig.builder().keys(keys).build());
  }

  @BeforeEach
  void wire() {
    lab.wire(here, there);
    statuses = new StatusFolder(folder.resolve("macsec4j"));
    runner = new LinkRunner(here.macsec(), lines::add, statuses, this::options);
    peer =
        MkaSession.start(there.macsec(), "eth0", MkaConfig.builder().keys(FIRST, SECOND).build());
  }

  @AfterEach
  void end() {
    runner.close();
    peer.close();
    lab.close();
  }

  private SessionOptions options(Link link) {
    return SessionOptions.DEFAULT.withMemory(folder.resolve(link.interfaceName() + ".memory"));
  }

  private MkaSession session() {
    return runner.session("eth0").orElseThrow();
  }

  private void secured() throws InterruptedException {
    session().awaitSecured(Duration.ofSeconds(20));
    peer.awaitSecured(Duration.ofSeconds(20));
  }

  @Test
  void startsAndEndsWhatIsAskedFor() throws InterruptedException {
    runner.apply(List.of(link("eth0", FIRST)));
    secured();
    assertThat(lines).first().isEqualTo("eth0: started as macsec0");
    assertThat(lines).anyMatch(line -> line.startsWith("eth0: Secured"));
    runner.apply(List.of());
    assertThat(runner.session("eth0")).isEmpty();
    assertThat(here.macsec().secys()).isEmpty();
    assertThat(lines).last().isEqualTo("eth0: ended, as it is not asked for any more");
  }

  @Test
  void aNewKeyIsTakenOverWithoutLosingAFrame() throws InterruptedException {
    runner.apply(List.of(link("eth0", FIRST)));
    secured();
    MkaSession before = session();
    there.clearReceived("macsec0");
    runner.apply(List.of(link("eth0", SECOND)));
    int sent = 0;
    for (int i = 0; i < 200; i++) {
      assertThat(here.send("macsec0", there.mac("macsec0"), EXPERIMENTAL, new byte[50])).isTrue();
      sent++;
      lab.run(Duration.ofMillis(50));
    }
    assertThat(there.received("macsec0")).hasSize(sent);
    assertThat(session()).isSameAs(before);
    assertThat(session().keys().list()).containsExactly(SECOND);
    assertThat(lines).contains("eth0: takes the key 02");
  }

  @Test
  void otherChangesStartTheLinkAgain() throws InterruptedException {
    runner.apply(List.of(link("eth0", FIRST)));
    secured();
    MkaSession before = session();
    MkaConfig other = MkaConfig.builder().keys(FIRST).keyServerPriority(3).build();
    runner.apply(List.of(new Link("eth0", other)));
    assertThat(session()).isNotSameAs(before);
    assertThat(lines).contains("eth0: starts again: key-server-priority = 16 becomes 3");
    secured();
  }

  /** As what starts after an update. */
  @Test
  void whatStartsAgainIsTheOneThePeerKnows() throws InterruptedException {
    runner.apply(List.of(link("eth0", FIRST)));
    secured();
    MemberIdentifier before = session().status().memberIdentifier();
    runner.apply(List.of());
    runner.apply(List.of(link("eth0", FIRST)));
    secured();
    assertThat(session().status().memberIdentifier()).isEqualTo(before);
    assertThat(peer.status().livePeers()).hasSize(1);
  }

  @Test
  void theSameFileAgainChangesNothing() throws InterruptedException {
    runner.apply(List.of(link("eth0", FIRST)));
    secured();
    MkaSession before = session();
    int said = lines.size();
    runner.apply(List.of(link("eth0", FIRST)));
    runner.tend();
    assertThat(session()).isSameAs(before);
    assertThat(lines).hasSize(said);
  }

  @Test
  void whatCannotStartIsSaidOnceAndTriedAgain() {
    runner.apply(List.of(link("eth0", FIRST), link("nowhere", FIRST)));
    runner.tend();
    runner.tend();
    assertThat(runner.started()).isEqualTo(1);
    assertThat(lines)
        .filteredOn(line -> line.startsWith("nowhere: not started, will try again: "))
        .hasSize(1);
  }

  @Test
  void saysWhyALinkIsNotSecured() {
    runner.apply(List.of(link("eth0", key("01", 9))));
    lab.run(Duration.ofSeconds(10));
    runner.tend();
    runner.tend();
    assertThat(lines)
        .filteredOn(line -> line.startsWith("eth0: not secured: "))
        .singleElement()
        .asString()
        .contains("ICV");
    assertThat(String.join(" ", lines)).doesNotContain("0909");
  }

  @Test
  void leavesWhatMkaKnowsForShowAndTakesItBackAtTheEnd() throws Exception {
    runner.apply(List.of(link("eth0", FIRST)));
    secured();
    runner.tend();
    Sci sci = session().status().sci();
    StatusFolder.Said said = statuses.about(sci).orElseThrow();
    assertThat(said.isOld()).isFalse();
    assertThat(said.text())
        .startsWith("    MKA: secured, key server ")
        .contains("CKN 01 (principal): MI " + session().status().memberIdentifier() + ", MN ")
        .contains("live peer " + peer.status().sci() + ": MI " + peer.status().memberIdentifier());
    assertThat(said.json())
        .startsWith("{\"secured\":true,\"controlledPort\":\"secure\"")
        .contains("\"sci\":\"" + peer.status().sci().toHex() + "\"", "\"saksInstalled\":1")
        .contains("\"cipherSuite\":\"GCM-AES-128\"", "\"oldKey\":null");
    runner.apply(List.of());
    assertThat(statuses.about(sci)).isEmpty();
    try (var left = Files.list(folder.resolve("macsec4j"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidOnceAndTheLinkGoesOn() throws Exception {
    Files.writeString(folder.resolve("macsec4j"), "a file is in the way");
    runner.apply(List.of(link("eth0", FIRST)));
    secured();
    runner.tend();
    runner.tend();
    assertThat(lines)
        .filteredOn(line -> line.startsWith("the state of the links cannot be left"))
        .hasSize(1);
    assertThat(session().isSecured()).isTrue();
  }
}
