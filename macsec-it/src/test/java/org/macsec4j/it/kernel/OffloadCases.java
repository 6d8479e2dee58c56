package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.testkit.kernel.Netns;

/**
 * Offload to netdevsim, hardware that is none: three SecYs, a receive channel each, and nothing on
 * its wire is protected. Only kernels that are built with it have it.
 */
abstract class OffloadCases {
  private static final String NUMBER = "7";

  private final Netns space = Netns.main();
  private NetdevSim nic;
  private LinuxBackend backend;

  @BeforeEach
  void plugIn() throws IOException {
    nic = NetdevSim.plugIn(space, NUMBER, "sim0");
    backend = LinuxBackend.builder().open();
  }

  @AfterEach
  void pullOut() throws IOException {
    backend.close();
    nic.pullOut();
  }

  private SecyId create(int port) {
    return backend.create(
        SecyConfig.on("sim0").name("m" + port).port(port).offload(OffloadPolicy.REQUIRE).build());
  }

  private void assertPrinted(String mode) {
    assertThat(space.ip("macsec show m1")).contains("    offload: " + mode);
    assertThat(space.ip("-j macsec show m1")).contains("\"offload\":\"" + mode + "\"");
    assertThat(space.ip("-d link show dev m1")).contains(" validate strict offload " + mode + " ");
    assertThat(space.ip("-d -j link show dev m1")).contains("\"offload\":\"" + mode + "\"");
  }

  private static void assertRefused(Kind kind, ThrowingCallable what, String... words) {
    MacsecException refusal = catchThrowableOfType(MacsecException.class, what);
    assertThat(refusal).isNotNull();
    assertThat(refusal.kind()).as(refusal.getMessage()).isEqualTo(kind);
    assertThat(refusal.getMessage()).contains(words);
  }

  @Test
  void whatWeSetIsWhatIpPrints() {
    SecyId secy = create(1);
    assertPrinted("mac");
    assertThat(backend.read(secy).offload()).isEqualTo(OffloadMode.MAC);
    backend.setOffload(secy, OffloadMode.SOFTWARE);
    assertPrinted("off");
    backend.setOffload(secy, OffloadMode.MAC);
    assertPrinted("mac");
  }

  @Test
  void whatIpSetsIsWhatWeRead() {
    space.ip("link add link sim0 name m1 type macsec offload mac");
    SecyId secy = backend.list().get(0);
    assertThat(backend.read(secy).offload()).isEqualTo(OffloadMode.MAC);
    space.ip("macsec offload m1 off");
    assertThat(backend.read(secy).offload()).isEqualTo(OffloadMode.SOFTWARE);
    space.ip("link set dev m1 type macsec offload mac");
    assertThat(backend.read(secy).offload()).isEqualTo(OffloadMode.MAC);
  }

  @Test
  void itChangesOnlyWhileTheSecyIsDownAndEmpty() {
    SecyId secy = create(1);
    backend.apply(secy, new SecyCommand.SetControlledPort(true)).orThrow();
    assertRefused(
        Kind.BUSY,
        () -> backend.setOffload(secy, OffloadMode.SOFTWARE),
        "cannot offload m1: EBUSY, it can change only while the SecY is down");
    backend.apply(secy, new SecyCommand.SetControlledPort(false)).orThrow();
    backend
        .apply(
            secy,
            new SecyCommand.InstallTransmitSa(
                Pair.transmitSa(CipherSuite.GCM_AES_128, Pair.AN_0, 1, 1)))
        .orThrow();
    assertRefused(
        Kind.BUSY, () -> backend.setOffload(secy, OffloadMode.SOFTWARE), "has no SA or channel");
    assertThat(backend.read(secy).offload()).isEqualTo(OffloadMode.MAC);
  }

  @Test
  void itsLimitsAreSaid() {
    SecyId first = create(1);
    create(2);
    create(3);
    assertRefused(
        Kind.LIMIT, () -> create(4), "cannot offload m4: ENOSPC, the hardware has no room left");
    assertThat(backend.list()).hasSize(3);
    backend.apply(first, new SecyCommand.CreateReceiveSc(Bench.PEER)).orThrow();
    assertRefused(
        Kind.LIMIT,
        () -> backend.apply(first, new SecyCommand.CreateReceiveSc(Bench.STRANGER)).orThrow(),
        "cannot create receive channel " + Bench.STRANGER + " of m1: ENOSPC");
    assertRefused(
        Kind.UNSUPPORTED, () -> backend.setOffload(first, OffloadMode.PHY), "EOPNOTSUPP", "PHY");
  }
}
