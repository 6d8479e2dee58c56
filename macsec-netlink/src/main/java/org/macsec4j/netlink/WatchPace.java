package org.macsec4j.netlink;

import java.util.List;
import org.macsec4j.CipherSuite;
import org.macsec4j.PacketNumber;
import org.macsec4j.PacketNumberThreshold;
import org.macsec4j.TransmitSaSnapshot;

/**
 * How soon a watch looks at a transmit SA again: seldom while nothing presses, and several times
 * before its packet numbers reach a threshold or their end, at the rate seen between the last two
 * looks.
 */
final class WatchPace {
  /** How often to look when nothing presses. */
  static final long CALM_MILLIS = 1_000;

  /** How often at most. */
  static final long PRESSED_MILLIS = 50;

  /** So many looks before a number is reached. */
  private static final int LOOKS_AHEAD = 8;

  private static final double NANOS_PER_MILLI = 1e6;

  private WatchPace() {}

  /**
   * When to look again.
   *
   * @param suite of the SecY
   * @param was the SA as it was looked at before
   * @param now the SA as it is
   * @param elapsedNanos the time between
   * @param thresholds what listeners want to be told of
   * @return milliseconds, {@link #PRESSED_MILLIS} to {@link #CALM_MILLIS}
   */
  static long delayMillis(
      CipherSuite suite,
      TransmitSaSnapshot was,
      TransmitSaSnapshot now,
      long elapsedNanos,
      List<PacketNumberThreshold> thresholds) {
    if (!was.key().equals(now.key()) || was.nextPn().isAtLeast(now.nextPn())) {
      return CALM_MILLIS;
    }
    double perMilli =
        unsigned(now.nextPn().value() - was.nextPn().value()) / elapsedNanos * NANOS_PER_MILLI;
    double left = left(now.nextPn(), suite.maxPacketNumber());
    for (PacketNumberThreshold threshold : thresholds) {
      if (!threshold.isReached(suite, now)) {
        left = Math.min(left, left(now.nextPn(), threshold.of(suite)));
      }
    }
    double millis = Math.min(CALM_MILLIS, left / perMilli / LOOKS_AHEAD);
    return Math.max(PRESSED_MILLIS, (long) millis);
  }

  private static double left(PacketNumber now, PacketNumber goal) {
    return unsigned(goal.value() - now.value());
  }

  /** Differences are taken as whole numbers before, as a double has but 53 bits. */
  private static double unsigned(long value) {
    return value >= 0 ? value : (value >>> 1) * 2.0;
  }
}
