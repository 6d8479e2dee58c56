package org.macsec4j.testkit.dataplane;

import java.util.Optional;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReplayProtection;

/**
 * A receive SA that keeps the next packet number alone, see {@link Quirk#ONE_PACKET_NUMBER} and
 * {@link Quirk#PACKET_NUMBERS_IN_32_BITS}.
 */
final class OneNumberWindow extends ReplayWindow {
  private static final long UPPER = 0xFFFF_FFFF_0000_0000L;
  private static final long ONE_ABOVE = 1L << Integer.SIZE;
  private static final int HALF = 31;

  private final boolean xpn;
  private final boolean short32;
  private long next;

  OneNumberWindow(boolean xpn, boolean short32, long lowest, ReplayProtection replay) {
    super(xpn, lowest);
    this.xpn = xpn;
    this.short32 = short32;
    next = nextFor(lowest, replay);
  }

  /** The number to be expected so that the lowest accepted one is this. */
  private long nextFor(long lowest, ReplayProtection replay) {
    if (!replay.enabled() || lowest == 1) {
      return lowest;
    }
    long above = lowest + replay.window();
    if (xpn) {
      return (((above ^ lowest) >>> HALF) & 1) == 0 ? above : lowest;
    }
    return Math.min(above, PacketNumber.MAX_32.value());
  }

  private static boolean sameHalf(int one, int other) {
    return (one ^ other) >= 0;
  }

  @Override
  long recover(int low) {
    if (!xpn) {
      return Integer.toUnsignedLong(low);
    }
    if (!short32) {
      return SecTag.recover(next, low);
    }
    boolean crossed = Integer.compareUnsigned(low, (int) next) < 0 && !sameHalf(low, (int) next);
    return ((next & UPPER) + (crossed ? ONE_ABOVE : 0)) | Integer.toUnsignedLong(low);
  }

  private static long below(long next, long window) {
    return Long.compareUnsigned(next, window) > 0 ? next - window : 0;
  }

  private int lowestLow(long window) {
    return (int) below(Integer.toUnsignedLong((int) next), window);
  }

  @Override
  boolean accepts(long pn, long window) {
    if (!isDelayed(pn, window)) {
      return true;
    }
    int low = (int) pn;
    return xpn && short32 && !sameHalf(low, (int) next) && !sameHalf(low, lowestLow(window));
  }

  @Override
  boolean isDelayed(long pn, long window) {
    return short32
        ? Integer.compareUnsigned((int) pn, lowestLow(window)) < 0
        : Long.compareUnsigned(pn, below(next, window)) < 0;
  }

  @Override
  void validated(long pn, long window) {
    if (!short32) {
      next = Long.compareUnsigned(pn, next) >= 0 ? pn + 1 : next;
      return;
    }
    int following = (int) pn + 1;
    if (Integer.compareUnsigned(following, (int) next) > 0) {
      next = (next & UPPER) | Integer.toUnsignedLong(following);
    } else if (xpn && (following == 0 || !sameHalf((int) pn, (int) next))) {
      next = ((next & UPPER) + ONE_ABOVE) | Integer.toUnsignedLong(following);
    }
  }

  @Override
  void raiseLowest(long lowest, ReplayProtection replay) {
    long wanted = nextFor(lowest, replay);
    if (Long.compareUnsigned(wanted, next) > 0) {
      next = wanted;
    }
  }

  @Override
  Optional<PacketNumber> lowest(ReplayProtection replay) {
    if (!replay.enabled()) {
      return Optional.empty();
    }
    long lowest = below(next, replay.window());
    return Optional.of(lowest == 0 ? PacketNumber.FIRST : PacketNumber.of(lowest));
  }

  @Override
  long next() {
    return next;
  }
}
