package org.macsec4j.offload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadMode;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.netlink.fake.FakeLibc;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.offload.ProbeVerdict.Attempt;
import org.macsec4j.offload.ProbeVerdict.Outcome;

/**
 * What the probe says of kernels and hardware that behave as they should, and as they should not.
 */
class ProbeTest {
  private static final int PHY = 1;
  private static final int MAC = 2;

  private final NicKernel kernel = new NicKernel();
  private final FakeLibc libc = new FakeLibc(kernel);
  private final LinuxBackend backend = LinuxBackend.builder().open(libc);

  @AfterEach
  void nothingIsLeft() {
    assertThat(kernel.present()).as("SecYs left over").isEmpty();
    assertThat(kernel.made()).doesNotHaveDuplicates().allMatch(n -> n.matches("mprobe[0-9a-f]{8}"));
    backend.close();
    assertThat(libc.openDescriptors()).isZero();
  }

  private ProbeVerdict probe() {
    return new Probe(backend).of("eth0");
  }

  private static void assertEnds(Attempt attempt, Outcome outcome, String... words) {
    assertThat(attempt.outcome()).as(attempt.reason()).isEqualTo(outcome);
    assertThat(attempt.reason()).contains(words).doesNotContainPattern("mprobe[0-9a-f]");
  }

  @Test
  void bothModesAreTriedOnAScratchSecyEach() {
    kernel.offload(mode -> 0);
    ProbeVerdict verdict = probe();
    assertThat(verdict.works()).contains(OffloadMode.MAC);
    assertThat(verdict.mac()).isEqualTo(new Attempt(Outcome.WORKS, ""));
    assertThat(verdict.phy()).isEqualTo(new Attempt(Outcome.WORKS, ""));
    assertThat(kernel.made()).hasSize(2);
  }

  @Test
  void onlyThePhyWorks() {
    kernel.offload(mode -> mode == PHY ? 0 : Errno.EOPNOTSUPP);
    ProbeVerdict verdict = probe();
    assertThat(verdict.works()).contains(OffloadMode.PHY);
    assertEnds(verdict.mac(), Outcome.NO_HARDWARE, "EOPNOTSUPP", "a scratch SecY");
  }

  @Test
  void offloadThatIsIgnoredInSilenceIsNotBelieved() {
    kernel.ignoreOffload();
    ProbeVerdict verdict = probe();
    assertThat(verdict.works()).isEmpty();
    assertEnds(verdict.mac(), Outcome.IGNORED, "said that it was done", "SOFTWARE");
    assertEnds(verdict.phy(), Outcome.IGNORED, "said that it was done");
  }

  @Test
  void eachRefusalHasItsOutcome() {
    kernel.offload(mode -> mode == MAC ? Errno.ENOSPC : Errno.EBUSY);
    ProbeVerdict verdict = probe();
    assertEnds(verdict.mac(), Outcome.FULL, "ENOSPC");
    assertEnds(verdict.phy(), Outcome.BUSY, "EBUSY");
    kernel.offload(mode -> mode == MAC ? Errno.EPERM : Errno.ENOMEM);
    verdict = probe();
    assertEnds(verdict.mac(), Outcome.NO_PRIVILEGE, "EPERM");
    assertEnds(verdict.phy(), Outcome.FAILED, "ENOMEM");
  }

  @Test
  void aFailureWhileItIsReadBackIsNoSuccess() {
    kernel.offload(mode -> 0);
    kernel.nextReports(Errno.ENOMEM);
    ProbeVerdict verdict = probe();
    assertEnds(verdict.mac(), Outcome.FAILED, "ENOMEM");
    assertThat(verdict.phy().outcome()).isEqualTo(Outcome.WORKS);
  }

  @Test
  void withoutPrivilegeNothingIsMade() {
    kernel.makingFails(Errno.EPERM);
    ProbeVerdict verdict = probe();
    assertEnds(verdict.mac(), Outcome.NO_PRIVILEGE, "cannot create a scratch SecY on eth0: EPERM");
    assertThat(kernel.made()).isEmpty();
  }

  @Test
  void aNameThatIsAlwaysTakenIsGivenUp() {
    kernel.makingFails(Errno.EEXIST);
    assertEnds(probe().mac(), Outcome.FAILED, "EEXIST");
  }

  @Test
  void anInterfaceThatIsNotThereIsSaidBeforeAnythingIsMade() {
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> new Probe(backend).of("nowhere"))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    assertThat(kernel.made()).isEmpty();
  }
}
