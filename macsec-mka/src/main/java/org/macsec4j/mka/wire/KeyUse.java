package org.macsec4j.mka.wire;

import java.util.Objects;
import org.macsec4j.AssociationNumber;
import org.macsec4j.mka.MkaKeyIdentifier;

/**
 * One of the two keys, latest and old, of a MACsec SAK Use set (IEEE 802.1X 11.11, figure 11-10).
 *
 * @param associationNumber the association number of the key
 * @param transmits whether the sender protects frames with it
 * @param receives whether the sender receives with it
 * @param key the key; {@link MkaKeyIdentifier#NONE} when there is none
 * @param lowestPn the low 32 bits of the lowest acceptable packet number, 0..2^32 - 1
 */
public record KeyUse(
    AssociationNumber associationNumber,
    boolean transmits,
    boolean receives,
    MkaKeyIdentifier key,
    long lowestPn) {
  /** No key. */
  public static final KeyUse NONE =
      new KeyUse(AssociationNumber.AN_0, false, false, MkaKeyIdentifier.NONE, 0);

  /**
   * Checks the ranges.
   *
   * @param associationNumber the association number of the key
   * @param transmits whether the sender protects frames with it
   * @param receives whether the sender receives with it
   * @param key the key
   * @param lowestPn the low 32 bits of the lowest acceptable packet number, 0..2^32 - 1
   */
  public KeyUse {
    Objects.requireNonNull(associationNumber, "associationNumber");
    Objects.requireNonNull(key, "key");
    Ranges.check("the low half of a packet number", lowestPn, Ranges.MAX_U32);
  }

  /**
   * Whether a key is named.
   *
   * @return false when key number and key server are all zero
   */
  public boolean isPresent() {
    return !key.isNone();
  }
}
