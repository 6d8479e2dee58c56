package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.macsec4j.examples.cli.MacsecCommand;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.runtime.MkaSession;

/** {@code macsec run} as a process of its own, with files such as others have them. */
abstract class RunCases extends Pair {
  private static final String CAK = "000102030405060708090a0b0c0d0e0f";
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final String NEXT_CAK = "f0e0d0c0b0a090807060504030201000";

  private void write(Path file, String ckn, String cak) throws IOException {
    Files.writeString(
        file,
        """
        eapol_version=3
        network={
        \tkey_mgmt=NONE
        \teapol_flags=0
        \tmacsec_policy=1
        \tmka_priority=100
        \tmka_ckn=%s
        \tmka_cak=%s
        }
        """
            .formatted(ckn, cak));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static PreSharedKey key(String ckn, String cak) {
    return PreSharedKey.of(Ckn.parse(ckn), Cak.parse(cak));
  }

  private void signal(Process process, String signal) {
    assertThat(leftSpace.run("kill", "-" + signal, String.valueOf(process.pid())).isOk()).isTrue();
  }

  @Test
  void securesALinkTakesANewKeyOverAndEndsWithNothingLeft(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("wpa_supplicant.conf");
    write(file, "01", CAK);
    Process run =
        leftSpace.start(
            AnotherJvm.command(MacsecCommand.class, "run", file.toString(), "-i", "eth0"));
    List<MkaEvent> seen = new CopyOnWriteArrayList<>();
    try (MkaSession peer =
        MkaSession.start(right, "eth0", MkaConfig.builder().keys(key("01", CAK)).build())) {
      peer.onEvent(seen::add);
      peer.awaitSecured(Duration.ofMinutes(5));
      leftSpace.ip("addr add 10.0.0.1/24 dev " + left.secys().get(0).id().name());
      rightSpace.ip("addr add 10.0.0.2/24 dev " + peer.secy().id().name());
      assertThat(leftSpace.pings("10.0.0.2")).isTrue();

      peer.keys().replace(Ckn.parse("01"), key("02", NEXT_CAK));
      write(file, "02", NEXT_CAK);
      signal(run, "HUP");
      await(() -> seen.contains(new MkaEvent.PrincipalChanged(Ckn.parse("02"))));
      assertThat(seen).contains(new MkaEvent.PrincipalChanged(Ckn.parse("02")));
      // The address is still there: the device was not made anew.
      assertThat(leftSpace.pings("10.0.0.2")).isTrue();

      signal(run, "STOP");
      await(() -> !peer.isSecured());
      assertThat(peer.isSecured()).as("of a process that stands still").isFalse();
      signal(run, "CONT");
      peer.awaitSecured(Duration.ofMinutes(1));
      await(() -> leftSpace.pings("10.0.0.2"));
      assertThat(leftSpace.pings("10.0.0.2")).isTrue();

      await(() -> shown().contains("MKA: secured"));
      assertThat(shown())
          .contains("MKA: secured", "CKN 02 (principal): MI ", "live peer 02:00:00:00:0b:02/1");

      assertThat(ended(run))
          .contains("eth0: started as macsec0", "eth0: Secured", "eth0: takes the key 02", "ended");
      assertThat(left.secys()).isEmpty();
    } finally {
      run.destroyForcibly();
    }
  }

  private static String shown() {
    StringWriter out = new StringWriter();
    PrintWriter printed = new PrintWriter(out);
    MacsecCommand.run(printed, printed, "show", "-n", "left");
    return out.toString();
  }

  /** What a process printed, when it ended as it should; no key is in it. */
  private String ended(Process run) throws IOException, InterruptedException {
    // Not by Process.destroy(), which closes what the process prints.
    signal(run, "TERM");
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(run.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.exitValue()).as(said + errors).isZero();
    assertThat(said + errors).doesNotContainIgnoringCase(CAK).doesNotContainIgnoringCase(NEXT_CAK);
    return said;
  }

  /** A device and its interface as systemd-networkd has them, with static keys. */
  private Process runUnits(Path folder) throws IOException {
    Path key = Files.writeString(folder.resolve("key"), CAK + "\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Path file = folder.resolve("macsec0.netdev");
    Files.writeString(
        file,
        """
        [NetDev]
        Name=macsec0
        Kind=macsec
        MACAddress=none
        [MACsec]
        Port=11
        Encrypt=yes
        [MACsecTransmitAssociation]
        PacketNumber=1024
        KeyId=01
        KeyFile=%s
        UseForEncoding=yes
        [MACsecReceiveChannel]
        Port=1
        MACAddress=%s
        [MACsecReceiveAssociation]
        Port=1
        MACAddress=%s
        KeyId=02
        Key=%s
        Activate=yes
        """
            .formatted(key, RIGHT_ADDRESS, RIGHT_ADDRESS, NEXT_CAK));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        folder.resolve("eth0.network"), "[Match]\nName=eth0\n[Network]\nMACsec=macsec0\n");
    return leftSpace.start(AnotherJvm.command(MacsecCommand.class, "run", file.toString()));
  }

  private void peerWithIp() {
    rightSpace.ip("link add link eth0 macsec0 type macsec port 1 encrypt on");
    rightSpace.ip("macsec add macsec0 tx sa 0 pn 1 on key 02 " + NEXT_CAK);
    String channel = "macsec add macsec0 rx port 11 address " + LEFT_ADDRESS;
    rightSpace.ip(channel);
    rightSpace.ip(channel + " sa 0 pn 1 on key 01 " + CAK);
    rightSpace.ip("addr add 10.0.0.2/24 dev macsec0");
    rightSpace.ip("link set macsec0 up");
  }

  /** A JVM takes its time to start in a guest on a busy machine. */
  private void awaitUp(Process run) throws IOException {
    if (!await(this::leftIsUp, LONG)) {
      signal(run, "KILL");
      fail(
          new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              + new String(run.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private boolean leftIsUp() {
    return left.secys().stream().anyMatch(secy -> secy.snapshot().operational());
  }

  @Test
  void runsUnitsOfNetworkdBesideIpAndNoPacketNumberComesAgain(@TempDir Path folder)
      throws Exception {
    peerWithIp();
    Process run = runUnits(folder);
    try {
      awaitUp(run);
      leftSpace.ip("addr add 10.0.0.1/24 dev macsec0");
      // The device is set up last of all.
      assertThat(await(() -> leftSpace.pings("10.0.0.2"), LONG)).isTrue();
      assertThat(leftSpace.ip("macsec show macsec0"))
          .contains("encrypt on", "0: PN 10", "key 01000000000000000000000000000000");
      assertThat(ended(run))
          .contains(
              "note: " + folder.resolve("macsec0.netdev") + ": eth0.network names the interface",
              "macsec0: started on eth0, SCI " + LEFT_ADDRESS + "/11",
              "macsec0: warning: transmit SA 0 begins at packet number 1024 of the file",
              "macsec0: transmit SA 0 ended before packet number 10")
          .endsWith("ended\n");
      assertThat(left.secys()).isEmpty();

      // As a process leaves it that was killed.
      leftSpace.ip("link add link eth0 macsec0 type macsec port 11 encrypt on");
      leftSpace.ip("macsec add macsec0 tx sa 0 pn 5000 on key 01 " + CAK);
      run = runUnits(folder);
      assertThat(await(() -> left.secys().isEmpty(), LONG)).isTrue();
      assertThat(ended(run))
          .contains("macsec0: not started: ", "was used up to packet number 4999")
          .doesNotContain("macsec0: started");
    } finally {
      run.destroyForcibly();
    }
  }
}
