package org.macsec4j.netlink.wire;

import java.nio.ByteBuffer;

/**
 * Goes over the messages of a datagram where they lie, one after the other, and makes nothing until
 * one is wanted: most of what a kernel sends is that a request is done.
 *
 * <p>It is used again for the next datagram. Not for several threads.
 */
public final class MessageCursor {
  private ByteBuffer datagram = ByteBuffer.allocate(0);
  private int at;
  private int next;

  /** A cursor over nothing yet. */
  public MessageCursor() {}

  /**
   * Goes before the first message.
   *
   * @param datagram one datagram, from the position to the limit, in the byte order of the machine;
   *     it and its octets must not change while the cursor is on it
   * @return this cursor
   */
  public MessageCursor on(ByteBuffer datagram) {
    this.datagram = datagram;
    at = datagram.position();
    next = at;
    return this;
  }

  /**
   * Goes to the next message.
   *
   * @return false when there is none
   * @throws MalformedMessageException when its length leads beyond the datagram
   */
  public boolean next() {
    int left = datagram.limit() - next;
    // Fewer octets than a header are padding.
    if (left < NetlinkLayout.HEADER) {
      return false;
    }
    at = next;
    int length = length();
    if (length < NetlinkLayout.HEADER || length > left) {
      throw new MalformedMessageException(
          "a message of " + length + " octets, of which " + left + " are there");
    }
    next = at + NetlinkLayout.align(length);
    return true;
  }

  private int length() {
    return datagram.getInt(at + NetlinkLayout.LENGTH);
  }

  /**
   * The type.
   *
   * @return one of the {@code NLMSG_} numbers, or one of the family
   */
  public int type() {
    return datagram.getShort(at + NetlinkLayout.TYPE) & 0xFFFF;
  }

  /**
   * The number of the request that it answers.
   *
   * @return the number, 0 when it answers none
   */
  public int sequence() {
    return datagram.getInt(at + NetlinkLayout.SEQUENCE);
  }

  /**
   * Whether a flag is set.
   *
   * @param flag the flag
   * @return true when it is
   */
  public boolean has(int flag) {
    return (flags() & flag) != 0;
  }

  private int flags() {
    return datagram.getShort(at + NetlinkLayout.FLAGS) & 0xFFFF;
  }

  /**
   * Whether an {@code NLMSG_ERROR} or {@code NLMSG_DONE} says that all went well. If not, {@link
   * Acknowledgement} tells what is wrong.
   *
   * @return true for error number 0, and for none at all, as an old kernel ends a dump
   */
  public boolean isSuccess() {
    return length() < NetlinkLayout.HEADER + Integer.BYTES
        || datagram.getInt(at + NetlinkLayout.HEADER) == 0;
  }

  /**
   * The message, to keep.
   *
   * @return a copy
   */
  public NetlinkMessage message() {
    byte[] payload = new byte[length() - NetlinkLayout.HEADER];
    datagram.get(at + NetlinkLayout.HEADER, payload);
    return new NetlinkMessage(type(), flags(), sequence(), payload);
  }
}
