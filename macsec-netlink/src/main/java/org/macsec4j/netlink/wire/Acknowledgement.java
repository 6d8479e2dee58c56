package org.macsec4j.netlink.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a request ended: what {@code NLMSG_ERROR} and {@code NLMSG_DONE} hold.
 *
 * <pre>
 *  0               4
 * +---------------+-----------------------------------+--------------------------+
 * | -errno, or 0  | NLMSG_ERROR only: the request's   | with NLM_F_ACK_TLVS: the |
 * |               | header, without NLM_F_CAPPED all  | attributes NLMSGERR_*    |
 * +---------------+-----------------------------------+--------------------------+
 * </pre>
 *
 * @param errno the error number, positive; 0 for success
 * @param text what the kernel says of it (extended acknowledgement)
 * @param offset the octet of the request that it does not like, from the request's first one on
 * @param missing the number of the attribute that it missed
 */
public record Acknowledgement(
    int errno, Optional<String> text, OptionalInt offset, OptionalInt missing) {
  private static final int NLMSGERR_ATTR_MSG = 1;
  private static final int NLMSGERR_ATTR_OFFS = 2;
  private static final int NLMSGERR_ATTR_MISS_TYPE = 5;

  /**
   * Reads how a request ended.
   *
   * @param message of type {@code NLMSG_ERROR} or {@code NLMSG_DONE}
   * @return how it ended
   * @throws MalformedMessageException when it is malformed
   */
  public static Acknowledgement of(NetlinkMessage message) {
    byte[] payload = message.payload();
    if (payload.length < Integer.BYTES) {
      // An old kernel ends a dump with nothing at all.
      return new Acknowledgement(0, Optional.empty(), OptionalInt.empty(), OptionalInt.empty());
    }
    ByteBuffer octets = ByteBuffer.wrap(payload).order(ByteOrder.nativeOrder());
    int errno = -octets.getInt(0);
    if (!message.has(NetlinkLayout.NLM_F_ACK_TLVS)) {
      return new Acknowledgement(errno, Optional.empty(), OptionalInt.empty(), OptionalInt.empty());
    }
    int quoted = message.type() == NetlinkLayout.NLMSG_ERROR ? quoted(message, octets) : 0;
    Attributes attributes = message.attributes(Integer.BYTES + quoted);
    Attribute text = attributes.find(NLMSGERR_ATTR_MSG);
    return new Acknowledgement(
        errno,
        text == null ? Optional.empty() : Optional.of(text.string()),
        attributes.u32(NLMSGERR_ATTR_OFFS),
        attributes.u32(NLMSGERR_ATTR_MISS_TYPE));
  }

  private static int quoted(NetlinkMessage message, ByteBuffer octets) {
    if (message.has(NetlinkLayout.NLM_F_CAPPED)) {
      return NetlinkLayout.HEADER;
    }
    if (octets.capacity() < Integer.BYTES + NetlinkLayout.HEADER) {
      throw new MalformedMessageException("an acknowledgement quotes no request");
    }
    int length = octets.getInt(Integer.BYTES + NetlinkLayout.LENGTH);
    if (length < NetlinkLayout.HEADER || length > octets.capacity() - Integer.BYTES) {
      throw new MalformedMessageException("an acknowledgement quotes " + length + " octets");
    }
    return length;
  }
}
