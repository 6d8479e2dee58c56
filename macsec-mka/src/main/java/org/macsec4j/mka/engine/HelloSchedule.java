package org.macsec4j.mka.engine;

/**
 * When the next MKPDU goes out if nothing happens (MKA Hello Time, IEEE 802.1X table 9-3).
 *
 * <p>While an answer is waited for, the first hellos after news come quickly and then slower, so
 * that a lost MKPDU costs a tenth of a second and not two; a peer that never answers costs five
 * MKPDUs. Hellos come a little early, by chance, so that a hundred members do not speak in one
 * moment.
 */
final class HelloSchedule {
  private static final long FIRST_NANOS = 100_000_000L;
  private static final int DOUBLINGS = 5;
  private static final int SPREAD = 16;

  private final EntropySource entropy;
  private final long helloNanos;
  private final byte[] chance = new byte[1];
  private int sent;

  HelloSchedule(EntropySource entropy, long helloNanos) {
    this.entropy = entropy;
    this.helloNanos = helloNanos;
  }

  /** Something happened: if an answer is waited for, ask for it quickly again. */
  void quicken() {
    sent = 0;
  }

  /** The time until the hello after the MKPDU that is sent now. */
  long next(boolean waiting) {
    long wait = helloNanos;
    if (waiting && sent < DOUBLINGS) {
      wait = Math.min(helloNanos, FIRST_NANOS << sent);
      sent++;
    }
    entropy.fill(chance);
    return wait - wait / SPREAD * (chance[0] & 0xFF) / 256;
  }
}
