package org.macsec4j.netlink.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A message received.
 *
 * <p>Its payload is an array of its own, as the buffer that it was received into is used again.
 */
public final class NetlinkMessage {
  private final int type;
  private final int flags;
  private final int sequence;
  private final byte[] payload;

  /**
   * A message.
   *
   * @param type its type
   * @param flags its flags
   * @param sequence the number of the request that it answers, 0 when it answers none
   * @param payload what follows the header; not copied
   */
  NetlinkMessage(int type, int flags, int sequence, byte[] payload) {
    this.type = type;
    this.flags = flags;
    this.sequence = sequence;
    this.payload = payload;
  }

  /**
   * Takes a datagram apart.
   *
   * @param datagram one datagram, from the position to the limit, in the byte order of the machine;
   *     left as it is
   * @return its messages, in their order
   * @throws MalformedMessageException when a length leads beyond the datagram
   */
  public static List<NetlinkMessage> parse(ByteBuffer datagram) {
    List<NetlinkMessage> messages = new ArrayList<>(1);
    MessageCursor cursor = new MessageCursor().on(datagram);
    while (cursor.next()) {
      messages.add(cursor.message());
    }
    return messages;
  }

  /**
   * The type.
   *
   * @return one of the {@code NLMSG_} numbers, or one of the family
   */
  public int type() {
    return type;
  }

  /**
   * The number of the request that it answers.
   *
   * @return the number, 0 when it answers none
   */
  public int sequence() {
    return sequence;
  }

  /**
   * Whether a flag is set.
   *
   * @param flag the flag
   * @return true when it is
   */
  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /**
   * What follows the header.
   *
   * @return the array itself, not to be written
   */
  public byte[] payload() {
    return payload;
  }

  /**
   * The attributes after the header of the family.
   *
   * @param familyHeader octets of that header
   * @return the attributes
   * @throws MalformedMessageException when they are malformed, or the header is not whole
   */
  public Attributes attributes(int familyHeader) {
    int header = NetlinkLayout.align(familyHeader);
    if (payload.length < header) {
      throw new MalformedMessageException(
          "a payload of " + payload.length + " octets lacks a header of " + header);
    }
    return Attributes.parse(payload, header, payload.length - header);
  }

  /** Type, sequence and length. */
  @Override
  public String toString() {
    return "message of type " + type + ", sequence " + sequence + ", " + payload.length + " octets";
  }
}
