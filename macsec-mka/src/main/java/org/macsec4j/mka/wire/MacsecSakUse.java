package org.macsec4j.mka.wire;

import java.util.Objects;

/**
 * MACsec SAK Use (IEEE 802.1X 11.11, figure 11-10): which keys the sender uses, and how.
 *
 * <p>The set has two forms: with a body of 40 octets that names two keys, and without a body when
 * MACsec is not used. In the second form only the flags of {@link #latest()} and {@link #old()} are
 * transmitted.
 *
 * <p>A peer's key may stand in either place: once a key is retired into use, some implementations
 * name it as the old one.
 *
 * @param hasBody whether the keys are named
 * @param latest the latest key
 * @param old the key before it
 * @param plainTransmit whether the sender's SecY transmits frames without protection
 * @param plainReceive whether the sender's SecY receives frames without protection
 * @param delayProtect whether the lowest packet numbers are kept up to date for delay protection
 * @param reservedBits see {@link ParameterSet#reservedBits()}
 */
public record MacsecSakUse(
    boolean hasBody,
    KeyUse latest,
    KeyUse old,
    boolean plainTransmit,
    boolean plainReceive,
    boolean delayProtect,
    int reservedBits)
    implements ParameterSet {
  /**
   * Checks that a set without a body names no key.
   *
   * @param hasBody whether the keys are named
   * @param latest the latest key
   * @param old the key before it
   * @param plainTransmit whether the sender's SecY transmits frames without protection
   * @param plainReceive whether the sender's SecY receives frames without protection
   * @param delayProtect whether the lowest packet numbers are kept up to date for delay protection
   * @param reservedBits see {@link ParameterSet#reservedBits()}
   */
  public MacsecSakUse {
    Objects.requireNonNull(latest, "latest");
    Objects.requireNonNull(old, "old");
    if (!hasBody && (names(latest) || names(old))) {
      throw new IllegalArgumentException("a MACsec SAK Use set without a body names no key");
    }
    Ranges.checkReserved(reservedBits, 0x002);
  }

  private static boolean names(KeyUse use) {
    return use.isPresent() || use.lowestPn() != 0;
  }

  /**
   * The form with a body.
   *
   * @param latest the latest key, or {@link KeyUse#NONE}
   * @param old the key before it, or {@link KeyUse#NONE}
   * @param plainTransmit whether frames are transmitted without protection
   * @param plainReceive whether frames are received without protection
   * @param delayProtect whether the lowest packet numbers are for delay protection
   * @return the set
   */
  public static MacsecSakUse of(
      KeyUse latest,
      KeyUse old,
      boolean plainTransmit,
      boolean plainReceive,
      boolean delayProtect) {
    return new MacsecSakUse(true, latest, old, plainTransmit, plainReceive, delayProtect, 0);
  }

  /**
   * The form of 0 octets: the sender does not use MACsec, its frames go and come unprotected.
   *
   * @return the set
   */
  public static MacsecSakUse withoutMacsec() {
    return new MacsecSakUse(false, KeyUse.NONE, KeyUse.NONE, true, true, false, 0);
  }

  @Override
  public int type() {
    return MkpduLayout.TYPE_MACSEC_SAK_USE;
  }
}
