package org.macsec4j.mka.statespace;

/**
 * 128 bits that stand for a state. Among ten million states two different ones share them with a
 * chance below 10<sup>-24</sup>.
 */
final class Fingerprint {
  private static final long FIRST = 0x9E37_79B9_7F4A_7C15L;
  private static final long SECOND = 0xC2B2_AE3D_27D4_EB4FL;

  /** A fingerprint that is done. */
  record Key(long high, long low) {}

  private long high = 0x6A09_E667_F3BC_C908L;
  private long low = 0xBB67_AE85_84CA_A73BL;

  void add(long word) {
    high = Long.rotateLeft(high ^ scramble(word + FIRST), 29) * FIRST + low;
    low = Long.rotateLeft(low ^ scramble(word ^ SECOND), 37) * SECOND + high;
  }

  void add(byte[] octets) {
    add(octets.length);
    for (byte octet : octets) {
      add(octet);
    }
  }

  /** A part that counts at this place. */
  void add(Fingerprint part) {
    add(part.high);
    add(part.low);
  }

  /** A part of a set: the order in which the parts are added does not matter. */
  void addUnordered(Fingerprint part) {
    high += scramble(part.high());
    low += scramble(part.low() ^ FIRST);
  }

  long high() {
    return scramble(high ^ Long.rotateLeft(low, 17));
  }

  long low() {
    return scramble(low + Long.rotateLeft(high, 31));
  }

  Key key() {
    return new Key(high(), low());
  }

  private static long scramble(long word) {
    long mixed = (word ^ (word >>> 32)) * 0xD6E8_FEB8_6659_FD93L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8_FEB8_6659_FD93L;
    return mixed ^ (mixed >>> 32);
  }
}
