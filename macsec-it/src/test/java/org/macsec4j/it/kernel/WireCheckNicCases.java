package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.CipherSuite;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.offload.WireCheck;
import org.macsec4j.offload.WireVerdict;
import org.macsec4j.offload.WireVerdict.State;
import org.macsec4j.testkit.kernel.Netns;

/**
 * The check of the wire where it is needed: two netdevsims on one wire take offload, say that it is
 * on, and send in clear. Newer kernels alone have them.
 */
abstract class WireCheckNicCases {
  private final Netns space = Netns.main();
  private JoinedNics nics;
  private LinuxBackend backend;
  private int lastKey;

  @BeforeEach
  void plugIn() throws IOException {
    nics = JoinedNics.plugIn(space);
    backend = LinuxBackend.builder().open();
  }

  @AfterEach
  void pullOut() throws IOException {
    backend.close();
    nics.close();
  }

  private SecyId sending(OffloadPolicy offload) {
    SecyId secy = backend.create(SecyConfig.on("sim0").name("m0").offload(offload).build());
    backend
        .apply(
            secy,
            new SecyCommand.InstallTransmitSa(
                Pair.transmitSa(CipherSuite.GCM_AES_128, Pair.AN_0, ++lastKey, 1)))
        .orThrow();
    backend.apply(secy, new SecyCommand.SetControlledPort(true)).orThrow();
    return secy;
  }

  private static void assertSaid(
      WireVerdict verdict, State state, String observer, String... words) {
    assertThat(verdict.state()).as(verdict.reason()).isEqualTo(state);
    assertThat(verdict.reason()).contains(words);
    assertThat(verdict.observer()).isEqualTo(observer);
  }

  @Test
  void offloadThatSendsInClearIsFoundFromThePeersSide() {
    WireCheck check = WireCheck.of(backend, sending(OffloadPolicy.REQUIRE));
    assertSaid(
        check.atParent(),
        State.UNKNOWN,
        "sim0",
        "hardware protects the frames of m0 (offload MAC)",
        "look from the peer's side");
    assertSaid(check.at(backend, "sim1"), State.CLEAR, "sim1", "3 frames of m0 came by in clear");
  }

  @Test
  void inSoftwareTheSameWireIsProtected() {
    WireCheck check = WireCheck.of(backend, sending(OffloadPolicy.OFF));
    assertSaid(check.atParent(), State.PROTECTED, "sim0", "3 frames of m0", "encrypted");
    assertSaid(check.at(backend, "sim1"), State.PROTECTED, "sim1", "3 frames of m0", "encrypted");
  }

  @Test
  void aPeerWhoseHardwareMayDecryptProvesNothing() {
    WireCheck check = WireCheck.of(backend, sending(OffloadPolicy.REQUIRE));
    SecyId theirs =
        backend.create(SecyConfig.on("sim1").name("m1").offload(OffloadPolicy.REQUIRE).build());
    assertSaid(
        check.at(backend, "sim1"),
        State.UNKNOWN,
        "sim1",
        "came by in clear, without a SecTAG, but hardware of sim1 does MACsec itself");
    backend.delete(theirs);
    assertSaid(check.at(backend, "sim1"), State.CLEAR, "sim1", "in clear");
  }
}
