package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

/** {@code macsec run} as a process of its own, with a file such as wpa_supplicant has it. */
abstract class RunCases extends Pair {
  private static final String CAK = "000102030405060708090a0b0c0d0e0f";
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

      // Not by Process.destroy(), which closes what the process prints.
      signal(run, "TERM");
      assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      if (run.isAlive()) {
        run.destroyForcibly();
      }
    }
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(run.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.exitValue()).as(said + errors).isZero();
    assertThat(left.secys()).isEmpty();
    assertThat(said)
        .contains("eth0: started as macsec0", "eth0: Secured", "eth0: takes the key 02", "ended");
    assertThat(said + errors).doesNotContainIgnoringCase(CAK).doesNotContainIgnoringCase(NEXT_CAK);
  }
}
