package org.macsec4j.testkit.dataplane;

import java.util.Optional;
import org.macsec4j.AssociationNumber;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.ReceiveSaCounter;
import org.macsec4j.ReceiveSaSnapshot;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Ssci;

/** A receive SA as it works (IEEE 802.1AE 10.7.13). */
final class ReceiveAssociation {
  final FrameCipher cipher;
  final ReplayWindow replay;
  final Tally<ReceiveSaCounter> tally = new Tally<>(ReceiveSaCounter.class);
  boolean enabled;

  private final AssociationNumber an;
  private final KeyIdentifier key;
  private final Optional<Ssci> ssci;

  ReceiveAssociation(ReceiveSa sa, FrameCipher cipher, ReplayWindow replay) {
    this.cipher = cipher;
    this.replay = replay;
    enabled = sa.enabled();
    an = sa.an();
    key = sa.key().identifier();
    ssci = sa.ssci();
  }

  ReceiveSaSnapshot snapshot(ReplayProtection protection) {
    return new ReceiveSaSnapshot(
        an,
        key,
        PacketNumber.of(replay.next()),
        replay.lowest(protection),
        ssci,
        enabled,
        tally.counters());
  }
}
