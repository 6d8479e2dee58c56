package org.macsec4j.netlink.fake;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.netlink.wire.NetlinkLayout;

/**
 * Writes datagrams that answer a request.
 *
 * <p>Attributes are written by whoever knows the family; this class knows the frame around them.
 */
public final class Reply {
  private static final int SEQUENCE_AT = 8;
  private static final int TYPE_AT = 4;
  private static final int FLAGS_AT = 6;
  private static final int NLM_F_CAPPED = 0x100;
  private static final int NLM_F_ACK_TLVS = 0x200;
  private static final int NLMSGERR_ATTR_MSG = 1;
  private static final int NLMSGERR_ATTR_OFFS = 2;

  private final byte[] request;

  private Reply(byte[] request) {
    this.request = request.clone();
  }

  /**
   * Answers a request.
   *
   * @param request the request
   * @return a writer of its answers
   */
  public static Reply to(byte[] request) {
    return new Reply(request);
  }

  /**
   * The number of the request.
   *
   * @return the number
   */
  public int sequence() {
    return fields().getInt(SEQUENCE_AT);
  }

  /**
   * The type of the request.
   *
   * @return the type
   */
  public int type() {
    return fields().getShort(TYPE_AT) & 0xFFFF;
  }

  /**
   * Whether all are asked for.
   *
   * @return true for a dump
   */
  public boolean isDump() {
    int flags = fields().getShort(FLAGS_AT);
    return (flags & NetlinkLayout.NLM_F_DUMP) == NetlinkLayout.NLM_F_DUMP;
  }

  private ByteBuffer fields() {
    return ByteBuffer.wrap(request).order(ByteOrder.nativeOrder());
  }

  /**
   * An acknowledgement.
   *
   * @return the datagram
   */
  public byte[] acknowledge() {
    return refuse(0);
  }

  /**
   * A refusal.
   *
   * @param errno the error number, positive; 0 acknowledges
   * @return the datagram
   */
  public byte[] refuse(int errno) {
    return end(NetlinkLayout.NLMSG_ERROR, NLM_F_CAPPED, errno, body -> {});
  }

  /**
   * A refusal in words.
   *
   * @param errno the error number, positive
   * @param text what the kernel says
   * @return the datagram
   */
  public byte[] refuse(int errno, String text) {
    return end(
        NetlinkLayout.NLMSG_ERROR,
        NLM_F_CAPPED | NLM_F_ACK_TLVS,
        errno,
        body -> body.string(NLMSGERR_ATTR_MSG, text));
  }

  /**
   * A refusal in words that points to an attribute.
   *
   * @param errno the error number, positive
   * @param text what the kernel says
   * @param offset the octet of the request at which the attribute begins
   * @return the datagram
   */
  public byte[] refuse(int errno, String text, int offset) {
    return end(
        NetlinkLayout.NLMSG_ERROR,
        NLM_F_CAPPED | NLM_F_ACK_TLVS,
        errno,
        body -> body.string(NLMSGERR_ATTR_MSG, text).u32(NLMSGERR_ATTR_OFFS, offset));
  }

  /**
   * The end of a dump.
   *
   * @param errno 0, or the error number that ended it
   * @return the datagram
   */
  public byte[] done(int errno) {
    return message(NetlinkLayout.NLMSG_DONE, NetlinkLayout.NLM_F_MULTI, m -> m.header32(-errno));
  }

  private byte[] end(int type, int flags, int errno, Consumer<MessageBuilder> attributes) {
    return message(
        type,
        flags,
        body -> {
          body.header32(-errno);
          for (int at = 0; at < NetlinkLayout.HEADER; at += Integer.BYTES) {
            body.header32(fields().getInt(at));
          }
          attributes.accept(body);
        });
  }

  /**
   * A message with the number of the request.
   *
   * @param type its type
   * @param flags its flags, such as {@link NetlinkLayout#NLM_F_MULTI}
   * @param body writes what follows the header
   * @return the datagram
   */
  public byte[] message(int type, int flags, Consumer<MessageBuilder> body) {
    return message(type, flags, sequence(), body);
  }

  /**
   * A message with any number, as a late answer has or a notice.
   *
   * @param type its type
   * @param flags its flags
   * @param sequence its number, 0 for a notice
   * @param body writes what follows the header
   * @return the datagram
   */
  public static byte[] message(int type, int flags, int sequence, Consumer<MessageBuilder> body) {
    try (MessageBuilder message = MessageBuilder.message(type, flags)) {
      body.accept(message);
      ByteBuffer whole = message.finish(sequence);
      byte[] datagram = new byte[whole.remaining()];
      whole.get(datagram);
      return datagram;
    }
  }
}
