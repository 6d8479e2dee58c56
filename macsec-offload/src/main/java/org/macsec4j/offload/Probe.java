package org.macsec4j.offload;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.macsec4j.MacAddress;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadMode;
import org.macsec4j.Sci;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.offload.ProbeVerdict.Attempt;
import org.macsec4j.offload.ProbeVerdict.Outcome;

/**
 * Really switches offload on, on a scratch SecY that is never up and never has a channel or an SA,
 * and looks whether it is on: kernels up to 6.1 take offload in a change of a link, say that it is
 * done, and do nothing. (It is asked for in the family {@code macsec}, which they answer.)
 *
 * <p>Each mode has a scratch SecY of its own, as a kernel that goes from one mode to the other does
 * not tell the first driver. Its name and SCI are drawn at random, and the kernel refuses those
 * that exist; it is taken away whatever happens, and by number and name together, so that no other
 * SecY is ever meant. If this process is killed in that moment, an interface {@code mprobe…} is
 * left over.
 */
final class Probe {
  private static final String NAME = "mprobe";
  private static final int NAME_OCTETS = 4;
  private static final int LOCAL_UNICAST = 0x02;
  private static final int ATTEMPTS = 5;
  private static final String SCRATCH = "a scratch SecY";

  private final LinuxBackend backend;
  private final SecureRandom random = new SecureRandom();

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
    SecyId scratch;
    try {
      scratch = create(parent);
    } catch (MacsecException e) {
      return refused(e);
    }
    try {
      return switchOn(scratch, mode);
    } catch (MacsecException e) {
      return refused(e, scratch);
    } finally {
      remove(scratch);
    }
  }

  private SecyId create(String parent) {
    for (int attempt = 1; ; attempt++) {
      try {
        return backend.create(SecyConfig.on(parent).name(name()).sci(sci()).build());
      } catch (MacsecException e) {
        if (e.kind() != Kind.EXISTS || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** A name that no interface has, whatever the backend does with those that are left over. */
  private String name() {
    byte[] octets = new byte[NAME_OCTETS];
    String name;
    do {
      random.nextBytes(octets);
      name = NAME + HexFormat.of().formatHex(octets);
    } while (backend.list().stream().map(SecyId::name).anyMatch(name::equals));
    return name;
  }

  private Sci sci() {
    byte[] address = new byte[MacAddress.LENGTH];
    random.nextBytes(address);
    address[0] = (byte) ((address[0] & ~1) | LOCAL_UNICAST);
    return new Sci(MacAddress.of(address, 0), Sci.END_STATION_PORT);
  }

  private Attempt switchOn(SecyId scratch, OffloadMode mode) {
    backend.setOffload(scratch, mode);
    OffloadMode now = backend.read(scratch).offload();
    return now == mode
        ? new Attempt(Outcome.WORKS, "")
        : new Attempt(Outcome.IGNORED, "the kernel said that it was done, and the mode is " + now);
  }

  private void remove(SecyId scratch) {
    if (backend.list().contains(scratch)) {
      backend.delete(scratch);
    }
  }

  private static Attempt refused(MacsecException e, SecyId scratch) {
    Attempt attempt = refused(e);
    return new Attempt(attempt.outcome(), attempt.reason().replace(scratch.name(), SCRATCH));
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
    String reason = String.valueOf(e.getMessage()).replaceAll(NAME + "[0-9a-f]{8}", SCRATCH);
    return new Attempt(outcome, reason);
  }
}
