package org.macsec4j.netlink.wire;

/**
 * The layout of netlink messages and attributes, in the byte order of the machine.
 *
 * <pre>
 *  0               2               4               6               8
 * +-------------------------------+---------------+---------------+
 * | length, with this header      | type          | flags         |  struct nlmsghdr
 * +-------------------------------+---------------+---------------+
 * | sequence                      | port id                       |
 * +-------------------------------+-------------------------------+
 * | header of the family, attributes ...                          |
 *
 *  0               2               4
 * +---------------+---------------+-------------------------------+
 * | length, with  | N|O| type     | value, then zeros up to a     |  struct nlattr
 * | this header   |               | multiple of four octets       |
 * +---------------+---------------+-------------------------------+
 *
 * N: the value is attributes (not every sender says so); O: the value is in network byte order
 * </pre>
 */
public final class NetlinkLayout {
  /** Octets of a message header. */
  public static final int HEADER = 16;

  static final int LENGTH = 0;
  static final int TYPE = 4;
  static final int FLAGS = 6;
  static final int SEQUENCE = 8;
  static final int PORT_ID = 12;

  /** Octets of an attribute header. */
  static final int ATTRIBUTE_HEADER = 4;

  static final int ATTRIBUTE_TYPE = 2;
  static final int ATTRIBUTE_NESTED = 0x8000;
  static final int ATTRIBUTE_TYPE_MASK = 0x3FFF;

  /** Nothing; to be passed over. */
  public static final int NLMSG_NOOP = 1;

  /** An error, or with error 0 an acknowledgement. */
  public static final int NLMSG_ERROR = 2;

  /** The end of a dump. */
  public static final int NLMSG_DONE = 3;

  /** Messages were lost. */
  public static final int NLMSG_OVERRUN = 4;

  /** It is a request. */
  public static final int NLM_F_REQUEST = 0x1;

  /** One of several messages. */
  public static final int NLM_F_MULTI = 0x2;

  /** An acknowledgement is asked for. */
  public static final int NLM_F_ACK = 0x4;

  /** In a request for a change: what it made is to be told to who asked. */
  public static final int NLM_F_ECHO = 0x8;

  /** The dump met a change and may not be consistent. */
  public static final int NLM_F_DUMP_INTR = 0x10;

  /** In a request for reading: all of them. */
  public static final int NLM_F_DUMP = 0x300;

  /** In a request for a change: not when it exists. */
  public static final int NLM_F_EXCL = 0x200;

  /** In a request for a change: make it. */
  public static final int NLM_F_CREATE = 0x400;

  /** In an acknowledgement: the request is quoted by its header alone. */
  static final int NLM_F_CAPPED = 0x100;

  /** In an acknowledgement: attributes follow. */
  static final int NLM_F_ACK_TLVS = 0x200;

  private NetlinkLayout() {}

  /** The length with the padding up to a multiple of four. */
  static int align(int length) {
    return (length + 3) & ~3;
  }
}
