package org.macsec4j.netlink.wire;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a message or of a nest, in their order. Unknown ones are kept like any other,
 * and one that is there twice is there twice; {@link #find} gives the last, as the kernel reads it.
 */
public final class Attributes implements Iterable<Attribute> {
  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private final List<Attribute> attributes;

  private Attributes(List<Attribute> attributes) {
    this.attributes = attributes;
  }

  /**
   * Reads attributes.
   *
   * @param octets holds them; is shared and must not change any more
   * @param offset where the first begins
   * @param length how many octets they take
   * @return the attributes
   * @throws MalformedMessageException when a length leads beyond the octets
   */
  public static Attributes parse(byte[] octets, int offset, int length) {
    List<Attribute> found = new ArrayList<>();
    int end = offset + length;
    int at = offset;
    // Fewer octets than a header are padding.
    while (end - at >= NetlinkLayout.ATTRIBUTE_HEADER) {
      int size = u16(octets, at);
      if (size < NetlinkLayout.ATTRIBUTE_HEADER || size > end - at) {
        throw new MalformedMessageException(
            "an attribute of " + size + " octets at " + (at - offset) + " of " + length);
      }
      int type = u16(octets, at + NetlinkLayout.ATTRIBUTE_TYPE) & NetlinkLayout.ATTRIBUTE_TYPE_MASK;
      int header = NetlinkLayout.ATTRIBUTE_HEADER;
      found.add(new Attribute(type, octets, at + header, size - header));
      at += NetlinkLayout.align(size);
    }
    return new Attributes(List.copyOf(found));
  }

  private static int u16(byte[] octets, int at) {
    int first = octets[at] & 0xFF;
    int second = octets[at + 1] & 0xFF;
    return LITTLE ? second << 8 | first : first << 8 | second;
  }

  /**
   * The attribute of a number.
   *
   * @param type the number
   * @return the last one of it, or null
   */
  public @Nullable Attribute find(int type) {
    Attribute found = null;
    for (Attribute attribute : attributes) {
      if (attribute.type() == type) {
        found = attribute;
      }
    }
    return found;
  }

  /**
   * The attribute of a number that must be there.
   *
   * @param type the number
   * @return the last one of it
   * @throws MalformedMessageException when there is none
   */
  public Attribute require(int type) {
    Attribute found = find(type);
    if (found == null) {
      throw new MalformedMessageException("attribute " + type + " is missing");
    }
    return found;
  }

  /**
   * The attributes within one, none when it is absent.
   *
   * @param type the number of the nest
   * @return its attributes
   */
  public Attributes nested(int type) {
    Attribute nest = find(type);
    return nest == null ? new Attributes(List.of()) : nest.nested();
  }

  /**
   * An octet.
   *
   * @param type the number
   * @return 0..255, empty when it is absent
   */
  public OptionalInt u8(int type) {
    Attribute found = find(type);
    return found == null ? OptionalInt.empty() : OptionalInt.of(found.u8());
  }

  /**
   * A 32-bit number in the byte order of the machine.
   *
   * @param type the number of the attribute
   * @return its bits, empty when it is absent
   */
  public OptionalInt u32(int type) {
    Attribute found = find(type);
    return found == null ? OptionalInt.empty() : OptionalInt.of(found.u32());
  }

  /**
   * An unsigned number of any width.
   *
   * @param type the number of the attribute
   * @return its bits, empty when it is absent
   */
  public OptionalLong unsigned(int type) {
    Attribute found = find(type);
    return found == null ? OptionalLong.empty() : OptionalLong.of(found.unsigned());
  }

  /**
   * Whether an octet is there and not 0.
   *
   * @param type the number of the attribute
   * @return true when it is set
   */
  public boolean isSet(int type) {
    return u8(type).orElse(0) != 0;
  }

  /**
   * How many there are.
   *
   * @return at least 0
   */
  public int size() {
    return attributes.size();
  }

  @Override
  public Iterator<Attribute> iterator() {
    return attributes.iterator();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Attributes that && attributes.equals(that.attributes);
  }

  @Override
  public int hashCode() {
    return attributes.hashCode();
  }

  /** Numbers and lengths. */
  @Override
  public String toString() {
    return attributes.toString();
  }
}
