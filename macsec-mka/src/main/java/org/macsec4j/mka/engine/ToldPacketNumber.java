package org.macsec4j.mka.engine;

import org.macsec4j.PacketNumber;

/**
 * Which packet number we tell the peers as the lowest that is acceptable under one of our keys, for
 * delay protection (IEEE 802.1X 9.10).
 *
 * <p>Not the newest that we know: an MKPDU goes another way through queues than user frames do, and
 * overtakes them. Frames that left just before it would be dropped as too old though nobody delayed
 * them. So a number is told only at an MKPDU that is a good while later than the one at which it
 * was known. A frame is then refused at the latest when its number was read once, at most half a
 * hello after it left, and two hellos have gone out; with a bounded hello of half a second that
 * leaves room for one that is lost before two seconds are over.
 *
 * <p>It is never 0, not even in its lower half: wpa_supplicant drops a whole SAK Use set for that.
 */
final class ToldPacketNumber {
  private static final long LAG_NANOS = 250_000_000L;
  private static final long LOWER_HALF = 0xFFFF_FFFFL;

  private long told = PacketNumber.FIRST.value();
  private long waiting = PacketNumber.FIRST.value();
  private long waitingSince = TimerTable.NEVER;

  /**
   * The number to tell in an MKPDU that goes out now, when the given one is the next to be used.
   */
  long tell(long now, PacketNumber known) {
    if (waitingSince == TimerTable.NEVER || now - waitingSince >= LAG_NANOS) {
      told = waiting;
      waiting = known.value();
      waitingSince = now;
    }
    return (told & LOWER_HALF) == 0 ? told - 1 : told;
  }
}
