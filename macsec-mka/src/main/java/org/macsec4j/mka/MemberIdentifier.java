package org.macsec4j.mka;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A Member Identifier (IEEE 802.1X 9.4.2): 96 random bits that a participant takes when it starts,
 * and anew when its message number would wrap or another member has the same.
 *
 * <p>Held as a long and an int, so that a table of peers compares and hashes it without an array.
 */
public final class MemberIdentifier implements Comparable<MemberIdentifier> {
  /** Octets of a member identifier. */
  public static final int LENGTH = 12;

  /** Twelve zero octets: the key server of a key that does not exist. No participant takes it. */
  public static final MemberIdentifier ZERO = new MemberIdentifier(0, 0);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final long high;
  private final int low;

  private MemberIdentifier(long high, int low) {
    this.high = high;
    this.low = low;
  }

  /**
   * An identifier of twelve octets.
   *
   * @param octets the identifier
   * @return the identifier
   * @throws IllegalArgumentException when the length is not 12
   */
  public static MemberIdentifier of(byte[] octets) {
    if (octets.length != LENGTH) {
      throw new IllegalArgumentException("a member identifier has 12 octets, not " + octets.length);
    }
    return of(octets, 0);
  }

  /**
   * Reads the twelve octets of a frame.
   *
   * @param frame the frame
   * @param offset where the identifier begins
   * @return the identifier
   * @throws IndexOutOfBoundsException when fewer than twelve octets remain
   */
  public static MemberIdentifier of(byte[] frame, int offset) {
    Objects.checkFromIndexSize(offset, LENGTH, frame.length);
    return new MemberIdentifier(
        (long) LONGS.get(frame, offset), (int) INTS.get(frame, offset + Long.BYTES));
  }

  /**
   * An identifier of hexadecimal digits.
   *
   * @param hex 24 digits
   * @return the identifier
   * @throws IllegalArgumentException when it is something else
   */
  public static MemberIdentifier parse(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /**
   * A random identifier.
   *
   * @param random where the bits come from
   * @return the identifier; never {@link #ZERO}
   */
  public static MemberIdentifier generate(Random random) {
    byte[] octets = new byte[LENGTH];
    MemberIdentifier fresh;
    do {
      random.nextBytes(octets);
      fresh = of(octets);
    } while (fresh.isZero());
    return fresh;
  }

  /**
   * Writes the twelve octets into a frame.
   *
   * @param target the frame
   * @param offset where the identifier begins
   * @throws IndexOutOfBoundsException when fewer than twelve octets remain
   */
  public void writeTo(byte[] target, int offset) {
    Objects.checkFromIndexSize(offset, LENGTH, target.length);
    LONGS.set(target, offset, high);
    INTS.set(target, offset + Long.BYTES, low);
  }

  /**
   * The twelve octets.
   *
   * @return a new array
   */
  public byte[] toByteArray() {
    byte[] octets = new byte[LENGTH];
    writeTo(octets, 0);
    return octets;
  }

  /**
   * Whether all octets are zero.
   *
   * @return true for an identifier equal to {@link #ZERO}
   */
  public boolean isZero() {
    return high == 0 && low == 0;
  }

  /** Ordered as an unsigned number, first octet first. */
  @Override
  public int compareTo(MemberIdentifier other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Integer.compareUnsigned(low, other.low);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MemberIdentifier mi && high == mi.high && low == mi.low;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(high) + low;
  }

  /** 24 hexadecimal digits. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }
}
