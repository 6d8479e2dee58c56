package org.macsec4j;

/**
 * Replay protection (IEEE 802.1AE 10.7.8): frames whose packet number is below the next expected
 * one by more than the window are discarded.
 *
 * @param enabled whether late frames are discarded; otherwise they are only counted as delayed
 * @param window how many packet numbers a frame may be late, 0..2^32 - 1; 0 is strict order. At
 *     most 2^30 - 1 with extended packet numbering, where a wider one would leave the upper half of
 *     the number in doubt
 */
public record ReplayProtection(boolean enabled, long window) {
  /** Late frames pass and are counted as delayed. */
  public static final ReplayProtection OFF = new ReplayProtection(false, 0);

  /** The widest window of a suite without extended packet numbering: 2^32 - 1. */
  public static final long MAX_WINDOW = 0xFFFF_FFFFL;

  /** The widest window with extended packet numbering: 2^30 - 1. */
  public static final long MAX_WINDOW_XPN = (1L << 30) - 1;

  /**
   * Checks the window against 0..2^32 - 1.
   *
   * @param enabled whether late frames are discarded
   * @param window how many packet numbers a frame may be late, 0..2^32 - 1
   */
  public ReplayProtection {
    if (window < 0 || window > MAX_WINDOW) {
      throw new IllegalArgumentException("a replay window is 0..4294967295, not " + window);
    }
  }

  /**
   * Replay protection with a window.
   *
   * @param window 0..2^32 - 1
   * @return replay protection, enabled
   */
  public static ReplayProtection window(long window) {
    return new ReplayProtection(true, window);
  }

  /** {@code off} or {@code window N}. */
  @Override
  public String toString() {
    return enabled ? "window " + window : "off";
  }
}
