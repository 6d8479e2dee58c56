package org.macsec4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.macsec4j.examples.config.LinkFile;
import org.macsec4j.examples.config.StaticLink;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;

class StaticRunnerTest {
  private static final String THERE = "000102030405060708090a0b0c0d0e0f";
  private static final String BACK = "f0e0d0c0b0a090807060504030201000";
  private static final int EXPERIMENTAL = 0x88B5;

  private final Lab lab = Lab.create(1);
  private final Host here = lab.host("here");
  private final Host there = lab.host("there");
  private final List<String> lines = new ArrayList<>();
  private StaticRunner runner;
  private StaticRunner peer;

  @TempDir private Path folder;

  @BeforeEach
  void wire() {
    lab.wire(here, there);
    runner = new StaticRunner(here.macsec(), lines::add);
    peer = new StaticRunner(there.macsec(), line -> {});
  }

  @AfterEach
  void end() {
    runner.close();
    peer.close();
    lab.close();
  }

  /** The file of a host as systemd-networkd reads it, with the other one as its peer. */
  private StaticLink link(Host other, String transmit, String receive, String parent)
      throws IOException {
    String text =
        """
        [NetDev]
        Name=macsec7
        Kind=macsec
        MACAddress=none
        [MACsec]
        Port=11
        Encrypt=yes
        [MACsecTransmitAssociation]
        PacketNumber=1
        KeyId=01
        Key=ffffffffffffffffffffffffffffffff
        [MACsecTransmitAssociation]
        PacketNumber=1024
        KeyId=%s
        Key=%s
        UseForEncoding=yes
        [MACsecReceiveAssociation]
        Port=11
        MACAddress=%s
        KeyId=00
        Key=00000000000000000000000000000000
        [MACsecReceiveAssociation]
        Port=11
        MACAddress=%s
        KeyId=%s
        Key=%s
        Activate=yes
        """
            .formatted(
                transmit.substring(0, 2),
                transmit,
                other.mac("eth0"),
                other.mac("eth0"),
                receive.substring(0, 2),
                receive);
    Path file = Files.writeString(folder.resolve("macsec7.netdev"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return LinkFile.read(file, parent).staticLinks().get(0);
  }

  private StaticLink ours() throws IOException {
    return link(there, THERE, BACK, "eth0");
  }

  private void exchange() {
    here.send("macsec7", there.mac("macsec7"), EXPERIMENTAL, new byte[64]);
    there.send("macsec7", here.mac("macsec7"), EXPERIMENTAL, new byte[64]);
    lab.run(Duration.ofMillis(10));
  }

  @Test
  void makesTheSecyInstallsTheKeysAndSaysAtTheEndHowFarTheyWereUsed() throws IOException {
    runner.apply(List.of(ours()));
    peer.apply(List.of(link(here, BACK, THERE, "eth0")));
    exchange();
    exchange();
    assertThat(here.received("macsec7")).hasSize(2);
    assertThat(there.received("macsec7")).hasSize(2);
    assertThat(lines.get(0)).isEqualTo("macsec7: started on eth0, SCI " + here.mac("eth0") + "/11");
    assertThat(lines)
        .anyMatch(
            line ->
                line.startsWith("macsec7: warning: transmit SA 1 begins at packet number 1024"));
    runner.close();
    assertThat(here.macsec().secys()).isEmpty();
    assertThat(lines)
        .contains(
            "macsec7: transmit SA 0 ended before packet number 1; its key may go on from there",
            "macsec7: transmit SA 1 ended before packet number 1026; its key may go on from there");
    assertThat(String.join(" ", lines)).doesNotContain(THERE).doesNotContain(BACK);
  }

  @Test
  void theSameFileAgainChangesNothingAndAnotherOneNeither() throws IOException {
    runner.apply(List.of(ours()));
    int said = lines.size();
    runner.apply(List.of(ours()));
    runner.tend();
    assertThat(lines).hasSize(said);
    runner.apply(List.of(link(there, BACK, THERE, "eth0")));
    assertThat(lines)
        .hasSize(said + 1)
        .last()
        .asString()
        .startsWith("macsec7: stays as it is: static keys do not follow the file");
    peer.apply(List.of(link(here, BACK, THERE, "eth0")));
    exchange();
    assertThat(there.received("macsec7")).hasSize(1);
  }

  @Test
  void whatIsNotAskedForAnyMoreIsEnded() throws IOException {
    runner.apply(List.of(ours()));
    assertThat(runner.started()).isEqualTo(1);
    runner.apply(List.of());
    assertThat(here.macsec().secys()).isEmpty();
    assertThat(lines).last().isEqualTo("macsec7: ended, as it is not asked for any more");
  }

  @Test
  void whatCannotStartIsSaidOnceAndTriedAgain() throws IOException {
    runner.apply(List.of(link(there, THERE, BACK, "nowhere")));
    runner.tend();
    runner.tend();
    assertThat(runner.started()).isZero();
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("macsec7: not started, will try again: ");
  }

  @Test
  void aDeviceThatSomebodyRemovedIsNotMadeAgain() throws IOException {
    runner.apply(List.of(ours()));
    here.macsec().secys().get(0).delete();
    runner.tend();
    runner.tend();
    assertThat(here.macsec().secys()).isEmpty();
    assertThat(lines)
        .filteredOn(line -> line.contains("its device is gone, and is not made again"))
        .hasSize(1);
  }
}
