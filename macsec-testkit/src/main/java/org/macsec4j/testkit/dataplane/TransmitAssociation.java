package org.macsec4j.testkit.dataplane;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.macsec4j.AssociationNumber;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.PacketNumber;
import org.macsec4j.SecyConfig;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;
import org.macsec4j.TransmitSaCounter;
import org.macsec4j.TransmitSaSnapshot;

/** A transmit SA as it works (IEEE 802.1AE 10.7.21). */
final class TransmitAssociation {
  final FrameCipher cipher;

  /** E, C and AN of its frames. */
  final int tci;

  final ByteBuffer fingerprint;
  final Tally<TransmitSaCounter> tally = new Tally<>(TransmitSaCounter.class);

  private final AssociationNumber an;
  private final KeyIdentifier key;
  private final Optional<Ssci> ssci;
  private final long lastPn;
  private long nextPn;
  private boolean enabled;

  TransmitAssociation(
      TransmitSa sa, FrameCipher cipher, SecyConfig config, ByteBuffer fingerprint) {
    this.cipher = cipher;
    tci = SecTag.confidentiality(config) | sa.an().value();
    this.fingerprint = fingerprint;
    an = sa.an();
    key = sa.key().identifier();
    ssci = sa.ssci();
    lastPn = cipher.suite().maxPacketNumber().value();
    nextPn = sa.nextPn().value();
    enabled = sa.enabled();
  }

  /**
   * Takes the next packet number. With the last one the SA stops for good (802.1AE 10.5.2): it is
   * disabled, and {@link #isExhausted()} from then on.
   */
  long takePn() {
    long pn = nextPn;
    nextPn = pn == lastPn ? 0 : pn + 1;
    enabled = nextPn != 0;
    return pn;
  }

  boolean isExhausted() {
    return nextPn == 0;
  }

  boolean isEnabled() {
    return enabled;
  }

  void enable(boolean value) {
    enabled = value;
  }

  AssociationNumber an() {
    return an;
  }

  long nextPn() {
    return nextPn;
  }

  void raiseNextPn(long value) {
    nextPn = value;
  }

  TransmitSaSnapshot snapshot() {
    return new TransmitSaSnapshot(
        an, key, PacketNumber.of(nextPn), ssci, enabled, tally.counters());
  }
}
