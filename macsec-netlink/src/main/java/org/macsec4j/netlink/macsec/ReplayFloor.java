package org.macsec4j.netlink.macsec;

import org.macsec4j.CipherSuite;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReplayProtection;

/**
 * Turns the lowest acceptable packet number of the standard into the one number that the kernel
 * keeps, and back.
 *
 * <p>The kernel keeps of a receive SA the number it expects next and takes, when replay protection
 * is on, whatever is at most the window below that. So lowest number <em>L</em> with window
 * <em>W</em> is next number <em>L + W</em>. Two exceptions: nothing is below 1, so that a fresh SA
 * is told 1; and with XPN the kernel guesses the upper half of a number from its distance to the
 * next one, so that <em>L + W</em> in another half of the 32 bits than <em>L</em> would make it
 * guess wrong and drop good frames. Then it is told <em>L</em>, and takes some older frames for a
 * moment.
 */
public final class ReplayFloor {
  private static final long HALF = 0x8000_0000L;

  private ReplayFloor() {}

  /**
   * What the kernel is to expect next.
   *
   * @param lowest the lowest number that shall be accepted
   * @param replay the replay protection of the SecY
   * @param suite its suite
   * @return the next number, at least the lowest
   */
  public static PacketNumber nextPn(
      PacketNumber lowest, ReplayProtection replay, CipherSuite suite) {
    if (!replay.enabled() || lowest.equals(PacketNumber.FIRST)) {
      return lowest;
    }
    long next = lowest.value() + replay.window();
    if (suite.isXpn()) {
      return ((next ^ lowest.value()) & HALF) == 0 ? PacketNumber.of(next) : lowest;
    }
    return PacketNumber.of(Math.min(next, PacketNumber.MAX_32.value()));
  }

  /**
   * What the kernel accepts at the lowest.
   *
   * @param next the number that it expects next
   * @param window the replay window, protection being on
   * @return the lowest number, at least 1
   */
  public static PacketNumber lowestPn(PacketNumber next, long window) {
    boolean above = Long.compareUnsigned(next.value(), window) > 0;
    return above ? PacketNumber.of(next.value() - window) : PacketNumber.FIRST;
  }
}
