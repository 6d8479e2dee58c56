package org.macsec4j;

import java.util.Objects;

/**
 * The packet number of a transmit SA from which on it is time for another key, as what is left will
 * be used up soon (PendingPNExhaustion, IEEE 802.1X 9.8).
 *
 * @param pn for suites with 32-bit packet numbers: 1..2^32 - 1; default C0000000 (hexadecimal)
 * @param xpn for XPN suites: 1..2^64 - 1, unsigned; default C000000000000000 (hexadecimal)
 */
public record PacketNumberThreshold(PacketNumber pn, PacketNumber xpn) {
  /** Three quarters of the numbers of either kind of suite, as 802.1X has it. */
  public static final PacketNumberThreshold DEFAULT =
      new PacketNumberThreshold(
          PacketNumber.of(0xC000_0000L), PacketNumber.of(0xC000_0000_0000_0000L));

  /**
   * Checks the ranges.
   *
   * @param pn 1..2^32 - 1
   * @param xpn 1..2^64 - 1, unsigned
   * @throws InvalidConfigurationException when one is out of its range
   */
  public PacketNumberThreshold {
    Objects.requireNonNull(pn, "pn");
    Objects.requireNonNull(xpn, "xpn");
    Problems problems = new Problems("packet number threshold");
    problems.require(
        pn.fits32() && pn.isAtLeast(PacketNumber.FIRST), "pn: " + pn + " is not in 1..4294967295");
    problems.require(xpn.isAtLeast(PacketNumber.FIRST), "xpn: 0 is not in 1..18446744073709551615");
    problems.throwIfAny();
  }

  /**
   * This threshold with another number for suites with 32-bit packet numbers.
   *
   * @param value 1..2^32 - 1
   * @return the threshold
   * @throws InvalidConfigurationException when it is out of its range
   */
  public PacketNumberThreshold withPn(PacketNumber value) {
    return new PacketNumberThreshold(value, xpn);
  }

  /**
   * This threshold with another number for XPN suites.
   *
   * @param value 1..2^64 - 1, unsigned
   * @return the threshold
   * @throws InvalidConfigurationException when it is out of its range
   */
  public PacketNumberThreshold withXpn(PacketNumber value) {
    return new PacketNumberThreshold(pn, value);
  }

  /**
   * The threshold for a suite.
   *
   * @param suite the suite
   * @return {@link #xpn()} with extended packet numbering, otherwise {@link #pn()}
   */
  public PacketNumber of(CipherSuite suite) {
    return suite.isXpn() ? xpn : pn;
  }

  /**
   * Whether a transmit SA is there: its next number is the threshold or above, or all its numbers
   * are used up.
   *
   * @param suite the suite of the SecY
   * @param sa the SA
   * @return true when it needs another key
   */
  public boolean isReached(CipherSuite suite, TransmitSaSnapshot sa) {
    return sa.isExhausted() || sa.nextPn().isAtLeast(of(suite));
  }
}
