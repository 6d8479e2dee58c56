package org.macsec4j.mka.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.XpnParameterSet;

/**
 * What a peer said of the keys it uses. A key may stand in either slot: some implementations move
 * it to the old one as soon as it is in use.
 *
 * @param use the SAK Use set
 * @param xpn the XPN set of the same MKPDU, which holds the upper halves of the packet numbers
 */
record SakUseReport(MacsecSakUse use, Optional<XpnParameterSet> xpn) {
  boolean receives(MkaKeyIdentifier key) {
    KeyUse slot = slot(key);
    return slot != null && slot.receives();
  }

  boolean transmits(MkaKeyIdentifier key) {
    KeyUse slot = slot(key);
    return slot != null && slot.transmits();
  }

  /** Whether the latest key of the peer is one of another key server than the given key's. */
  boolean prefersForeign(MkaKeyIdentifier key) {
    KeyUse latest = use.latest();
    return latest.isPresent() && !latest.key().keyServer().equals(key.keyServer());
  }

  /** Whether the peer uses an association number for any key. */
  boolean uses(AssociationNumber an) {
    return uses(use.latest(), an) || uses(use.old(), an);
  }

  /** Whether the peer transmits under an association number. */
  boolean transmits(AssociationNumber an) {
    return transmits(use.latest(), an) || transmits(use.old(), an);
  }

  /** Whether an association number is the latest key's, which the peer receives with as yet. */
  boolean isReady(AssociationNumber an) {
    KeyUse latest = use.latest();
    return !latest.transmits() && uses(latest, an);
  }

  private static boolean transmits(KeyUse slot, AssociationNumber an) {
    return slot.isPresent() && slot.transmits() && slot.associationNumber() == an;
  }

  private static boolean uses(KeyUse slot, AssociationNumber an) {
    boolean used = slot.isPresent() && (slot.receives() || slot.transmits());
    return used && slot.associationNumber() == an;
  }

  /**
   * The peer's lowest packet number under a key, unsigned; 0 when it did not say, for an XPN key
   * also when the upper half is missing.
   */
  long packetNumber(MkaKeyIdentifier key, boolean isXpn) {
    KeyUse slot = slot(key);
    if (slot == null || (isXpn && xpn.isEmpty())) {
      return 0;
    }
    if (!isXpn) {
      return slot.lowestPn();
    }
    boolean isLatest = key.equals(use.latest().key());
    long high =
        xpn.map(set -> isLatest ? set.latestLowestPnHigh() : set.oldLowestPnHigh()).orElse(0L);
    return high << Integer.SIZE | slot.lowestPn();
  }

  /** Whether the same is said of the same keys as in another report, packet numbers left out. */
  boolean differsInNumbersAlone(SakUseReport other) {
    return use.hasBody() == other.use.hasBody()
        && use.plainTransmit() == other.use.plainTransmit()
        && use.plainReceive() == other.use.plainReceive()
        && use.delayProtect() == other.use.delayProtect()
        && isSameUse(use.latest(), other.use.latest())
        && isSameUse(use.old(), other.use.old())
        && xpn.isPresent() == other.xpn.isPresent();
  }

  private static boolean isSameUse(KeyUse slot, KeyUse other) {
    return slot.associationNumber() == other.associationNumber()
        && slot.transmits() == other.transmits()
        && slot.receives() == other.receives()
        && slot.key().equals(other.key());
  }

  private @Nullable KeyUse slot(MkaKeyIdentifier key) {
    if (use.latest().isPresent() && use.latest().key().equals(key)) {
      return use.latest();
    }
    return use.old().isPresent() && use.old().key().equals(key) ? use.old() : null;
  }
}
