package org.macsec4j.testkit.dataplane;

import java.util.Optional;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReplayProtection;

/**
 * Which packet numbers a receive SA accepts (IEEE 802.1AE 10.6.2, 10.6.5, 10.7.15).
 *
 * <p>The standard keeps two numbers, the lowest acceptable and the next expected one. Both are kept
 * here less one, as the greatest number refused and the greatest number seen, so that neither runs
 * over at 2^64. There is no map of the numbers seen: within the window a frame may come twice, as
 * the standard has it. All comparisons are unsigned.
 */
class ReplayWindow {
  private final boolean xpn;
  private long refused;
  private long seen;

  ReplayWindow(boolean xpn, long lowest) {
    this.xpn = xpn;
    refused = lowest - 1;
    seen = lowest - 1;
  }

  /** The packet number of a frame from the 32 bits that it holds. */
  long recover(int low) {
    return xpn ? SecTag.recover(refused + 1, low) : Integer.toUnsignedLong(low);
  }

  boolean accepts(long pn, long window) {
    return !isDelayed(pn, window);
  }

  /** Whether a frame that replay protection lets pass is told of as delayed. */
  boolean isDelayed(long pn, long window) {
    return Long.compareUnsigned(pn, refused) <= 0;
  }

  /** Takes note of a frame that validated; never call it for one that did not. */
  void validated(long pn, long window) {
    if (Long.compareUnsigned(pn, seen) > 0) {
      seen = pn;
    }
    if (Long.compareUnsigned(seen, window) > 0
        && Long.compareUnsigned(seen - window, refused) > 0) {
      refused = seen - window;
    }
  }

  /** Raises the lowest acceptable number; one below the present one changes nothing. */
  void raiseLowest(long lowest, ReplayProtection replay) {
    if (lowest != 0 && Long.compareUnsigned(lowest - 1, refused) > 0) {
      refused = lowest - 1;
      seen = Long.compareUnsigned(seen, refused) > 0 ? seen : refused;
    }
  }

  /** The lowest acceptable number; 0 when 2^64 - 1 was refused, too; empty when it is not told. */
  Optional<PacketNumber> lowest(ReplayProtection replay) {
    return Optional.of(PacketNumber.of(refused + 1));
  }

  /** The next expected number; 0 after 2^64 - 1. */
  long next() {
    return seen + 1;
  }
}
