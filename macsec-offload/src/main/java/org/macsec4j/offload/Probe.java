package org.macsec4j.offload;

import org.macsec4j.MacsecException;
import org.macsec4j.OffloadMode;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.offload.ProbeVerdict.Attempt;
import org.macsec4j.offload.ProbeVerdict.Outcome;
import org.macsec4j.spi.ScratchSecy;

/**
 * Really switches offload on, on a scratch SecY, and looks whether it is on: kernels up to 6.1 take
 * offload in a change of a link, say that it is done, and do nothing. (It is asked for in the
 * family {@code macsec}, which they answer.)
 *
 * <p>Each mode has a scratch SecY of its own, as a kernel that goes from one mode to the other does
 * not tell the first driver.
 */
final class Probe {
  private final LinuxBackend backend;

  Probe(LinuxBackend backend) {
    this.backend = backend;
  }

  ProbeVerdict of(String interfaceName) {
    // Says what is wrong with the interface itself, before anything is made.
    backend.addressOf(interfaceName);
    return new ProbeVerdict(
        interfaceName,
        attempt(interfaceName, OffloadMode.MAC),
        attempt(interfaceName, OffloadMode.PHY));
  }

  private Attempt attempt(String parent, OffloadMode mode) {
    SecyConfig software = SecyConfig.on(parent).build();
    try {
      return ScratchSecy.with(backend, software, scratch -> switchOn(scratch, mode));
    } catch (MacsecException e) {
      return refused(e);
    }
  }

  private Attempt switchOn(SecyId scratch, OffloadMode mode) {
    backend.setOffload(scratch, mode);
    OffloadMode now = backend.read(scratch).offload();
    return now == mode
        ? new Attempt(Outcome.WORKS, "")
        : new Attempt(Outcome.IGNORED, "the kernel said that it was done, and the mode is " + now);
  }

  private static Attempt refused(MacsecException e) {
    Outcome outcome =
        switch (e.kind()) {
          case UNSUPPORTED -> Outcome.NO_HARDWARE;
          case LIMIT -> Outcome.FULL;
          case BUSY -> Outcome.BUSY;
          case PERMISSION -> Outcome.NO_PRIVILEGE;
          default -> Outcome.FAILED;
        };
    return new Attempt(outcome, ScratchSecy.withoutName(String.valueOf(e.getMessage())));
  }
}
