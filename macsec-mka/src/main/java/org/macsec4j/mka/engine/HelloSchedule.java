package org.macsec4j.mka.engine;

import java.time.Duration;
import java.util.List;

/**
 * When the next MKPDU goes out if nothing happens (MKA Hello Time, IEEE 802.1X table 9-3).
 *
 * <p>While an answer is waited for, the first hellos after news come quickly and then slower, as
 * configured, so that a lost MKPDU costs a tenth of a second and not two; a peer that never answers
 * costs as many MKPDUs as times are configured. Hellos come a little early, by chance, so that a
 * hundred members do not speak in one moment.
 *
 * <p>Who hears nobody goes on asking, at the bounded hello time. A member that speaks on its tick
 * alone, as wpa_supplicant does, then has mostly heard us when it speaks first, which spares a
 * tick.
 */
final class HelloSchedule {
  private static final int SPREAD = 16;

  private final EntropySource entropy;
  private final long helloNanos;
  private final List<Duration> rampUp;
  private int sent;

  HelloSchedule(EntropySource entropy, long helloNanos, List<Duration> rampUp) {
    this.entropy = entropy;
    this.helloNanos = helloNanos;
    this.rampUp = rampUp;
  }

  /** Something happened: if an answer is waited for, ask for it quickly again. */
  void quicken() {
    sent = 0;
  }

  /** The time until the hello after the MKPDU that is sent now. */
  long next(boolean waiting, boolean alone) {
    long wait = helloNanos;
    if (alone && !rampUp.isEmpty()) {
      wait = Math.min(wait, PortContext.BOUNDED_HELLO_NANOS);
    }
    if (waiting && sent < rampUp.size()) {
      wait = Math.min(wait, rampUp.get(sent).toNanos());
      sent++;
    }
    byte[] chance = new byte[1];
    entropy.fill(chance);
    return wait - wait / SPREAD * (chance[0] & 0xFF) / 256;
  }
}
