package org.macsec4j.mka;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A secure Connectivity Association Key Name (IEEE 802.1X 9.3.1): 1 to 32 octets that say which CAK
 * an MKPDU is protected with. It travels in clear and is no secret.
 *
 * <p>Two names are the same only when they have the same length and the same octets: a name that
 * begins another, or is another one filled up with zeros, is a different name.
 */
public final class Ckn {
  /** The fewest octets of a name. */
  public static final int MIN_LENGTH = 1;

  /** The most octets of a name. */
  public static final int MAX_LENGTH = 32;

  private final byte[] octets;
  private final int hash;

  private Ckn(byte[] owned) {
    if (owned.length < MIN_LENGTH || owned.length > MAX_LENGTH) {
      throw new IllegalArgumentException("a CKN has 1 to 32 octets, not " + owned.length);
    }
    octets = owned;
    hash = Arrays.hashCode(owned);
  }

  /**
   * A name of the given octets.
   *
   * @param octets 1 to 32 octets; copied
   * @return the name
   * @throws IllegalArgumentException for another length
   */
  public static Ckn of(byte[] octets) {
    return new Ckn(octets.clone());
  }

  /**
   * A name that lies within a frame.
   *
   * @param frame the frame
   * @param offset where the name begins
   * @param length 1 to 32 octets
   * @return the name
   * @throws IllegalArgumentException for another length
   * @throws IndexOutOfBoundsException when the frame ends before the name does
   */
  public static Ckn of(byte[] frame, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, frame.length);
    return new Ckn(Arrays.copyOfRange(frame, offset, offset + length));
  }

  /**
   * A name of hexadecimal digits.
   *
   * @param hex 2 to 64 digits, an even number of them
   * @return the name
   * @throws IllegalArgumentException when it is something else
   */
  public static Ckn parse(String hex) {
    byte[] octets;
    try {
      octets = HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a CKN is written as 2 to 64 hexadecimal digits, an even number of them: \"" + hex + "\"",
          e);
    }
    return new Ckn(octets);
  }

  /**
   * A random name.
   *
   * @param octets its length, 1 to 32; 16 or more make a clash unlikely
   * @param random where the octets come from
   * @return the name
   * @throws IllegalArgumentException for another length
   */
  public static Ckn generate(int octets, Random random) {
    if (octets < MIN_LENGTH || octets > MAX_LENGTH) {
      throw new IllegalArgumentException("a CKN has 1 to 32 octets, not " + octets);
    }
    byte[] fresh = new byte[octets];
    random.nextBytes(fresh);
    return new Ckn(fresh);
  }

  /**
   * The length.
   *
   * @return 1 to 32 octets
   */
  public int length() {
    return octets.length;
  }

  /**
   * The octets.
   *
   * @return a new array
   */
  public byte[] toByteArray() {
    return octets.clone();
  }

  /**
   * Writes the octets into a frame.
   *
   * @param target the frame
   * @param offset where the name begins
   * @throws IndexOutOfBoundsException when the frame is too short
   */
  public void writeTo(byte[] target, int offset) {
    System.arraycopy(octets, 0, target, offset, octets.length);
  }

  /** Same length and same octets. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Ckn name && hash == name.hash && Arrays.equals(octets, name.octets);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(octets);
  }
}
