package org.macsec4j.mka.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable run of octets of any length: what a frame carries and this package does not read.
 */
public final class OctetString {
  /** No octets. */
  public static final OctetString EMPTY = new OctetString(new byte[0]);

  private final byte[] octets;

  private OctetString(byte[] owned) {
    octets = owned;
  }

  /**
   * A copy of the given octets.
   *
   * @param octets the octets
   * @return the octet string
   */
  public static OctetString of(byte[] octets) {
    return octets.length == 0 ? EMPTY : new OctetString(octets.clone());
  }

  /**
   * A copy of a part of a frame.
   *
   * @param frame the frame
   * @param offset where the part begins
   * @param length its length in octets
   * @return the octet string
   * @throws IndexOutOfBoundsException when the part does not lie within the frame
   */
  public static OctetString of(byte[] frame, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, frame.length);
    return length == 0
        ? EMPTY
        : new OctetString(Arrays.copyOfRange(frame, offset, offset + length));
  }

  /**
   * The octets of a text in UTF-8.
   *
   * @param text the text
   * @return the octet string
   */
  public static OctetString ofUtf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The octets of hexadecimal digits.
   *
   * @param hex the digits, an even number of them
   * @return the octet string
   * @throws IllegalArgumentException when it is something else
   */
  public static OctetString parse(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /**
   * The number of octets.
   *
   * @return 0 or more
   */
  public int length() {
    return octets.length;
  }

  /**
   * Whether there is no octet.
   *
   * @return true when the length is 0
   */
  public boolean isEmpty() {
    return octets.length == 0;
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
   * A part of this.
   *
   * @param offset where the part begins
   * @param length its length in octets
   * @return the part
   * @throws IndexOutOfBoundsException when the part does not lie within
   */
  public OctetString slice(int offset, int length) {
    return of(octets, offset, length);
  }

  /**
   * Writes the octets into a frame.
   *
   * @param target the frame
   * @param offset where they begin
   * @throws IndexOutOfBoundsException when the frame is too short
   */
  public void writeTo(byte[] target, int offset) {
    System.arraycopy(octets, 0, target, offset, octets.length);
  }

  /**
   * The octets read as UTF-8; what is no UTF-8 becomes the replacement character.
   *
   * @return the text
   */
  public String toUtf8() {
    return new String(octets, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OctetString string && Arrays.equals(octets, string.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  /** Hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(octets);
  }
}
