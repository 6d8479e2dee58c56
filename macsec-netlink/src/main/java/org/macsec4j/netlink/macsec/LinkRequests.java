package org.macsec4j.netlink.macsec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.macsec4j.netlink.wire.MalformedMessageException;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.netlink.wire.NetlinkLayout;
import org.macsec4j.netlink.wire.NetlinkMessage;

/**
 * Requests of rtnetlink about links of any kind.
 *
 * <pre>
 *  0       1       2               4               8              12              16
 * +-------+-------+---------------+---------------+---------------+---------------+
 * | family| 0     | hardware type | index         | flags IFF_*   | which flags   |  ifinfomsg
 * +-------+-------+---------------+---------------+---------------+---------------+
 *
 *  IFLA_            #   value                       IFLA_INFO_    #   value
 *  ADDRESS          1   octets                      KIND          1   text
 *  IFNAME           3   text                        DATA          2   nest of the kind
 *  MTU              4   u32                         SLAVE_KIND    4   text
 *  LINK             5   u32, the link below
 *  MASTER          10   u32                         RTEXT_FILTER_
 *  LINKINFO        18   nest                        SKIP_STATS    8
 *  STATS64         23   u64 each: frames received and sent, octets received and sent, more
 *  NET_NS_FD       28   u32, a descriptor
 *  EXT_MASK        29   u32
 *  LINK_NETNSID    37   s32, where the link below is
 * </pre>
 */
public final class LinkRequests {
  /** A link is there, or changed; also the request that makes or changes one. */
  public static final int RTM_NEWLINK = 16;

  /** A link is gone; also the request that removes one. */
  public static final int RTM_DELLINK = 17;

  /** The request for links. */
  public static final int RTM_GETLINK = 18;

  /** The multicast group of links. */
  public static final int RTNLGRP_LINK = 1;

  /** The kind of the MACsec driver's links. */
  public static final String KIND = "macsec";

  static final int HEADER = 16;
  static final int IFF_UP = 1;
  static final int ARPHRD_ETHER = 1;
  static final int IFLA_ADDRESS = 1;
  static final int IFLA_IFNAME = 3;
  static final int IFLA_MTU = 4;
  static final int IFLA_LINK = 5;
  static final int IFLA_MASTER = 10;
  static final int IFLA_LINKINFO = 18;
  static final int IFLA_STATS64 = 23;
  static final int IFLA_NET_NS_FD = 28;
  static final int IFLA_EXT_MASK = 29;
  static final int IFLA_LINK_NETNSID = 37;
  static final int IFLA_INFO_KIND = 1;
  static final int IFLA_INFO_DATA = 2;
  static final int IFLA_INFO_SLAVE_KIND = 4;

  private static final int RTEXT_FILTER_SKIP_STATS = 8;
  private static final int TYPE_AT = 2;
  private static final int INDEX_AT = 4;
  private static final int FLAGS_AT = 8;

  private LinkRequests() {}

  /**
   * Asks for a link by its name.
   *
   * @param name the name
   * @return a request for one answer
   */
  public static MessageBuilder get(String name) {
    return one(0).string(IFLA_IFNAME, name);
  }

  /**
   * Asks for a link by its number.
   *
   * @param index the number
   * @return a request for one answer
   */
  public static MessageBuilder get(int index) {
    return one(index);
  }

  /**
   * Asks for a link with its counters, which other requests leave out.
   *
   * @param name its name
   * @return a request for one answer
   */
  public static MessageBuilder getCounted(String name) {
    return header(RTM_GETLINK, 0, 0).string(IFLA_IFNAME, name);
  }

  private static MessageBuilder one(int index) {
    return header(RTM_GETLINK, 0, index).u32(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
  }

  /**
   * Asks for all links of the namespace.
   *
   * @return a request for a dump
   */
  public static MessageBuilder all() {
    return header(RTM_GETLINK, NetlinkLayout.NLM_F_DUMP, 0)
        .u32(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
  }

  /**
   * Asks for the links of the MACsec driver. A kernel without the driver answers with all links.
   *
   * @return a request for a dump
   */
  public static MessageBuilder allMacsec() {
    return all().nested(IFLA_LINKINFO, info -> info.string(IFLA_INFO_KIND, KIND));
  }

  /**
   * Sets a link up or down.
   *
   * @param index the link
   * @param up whether it shall be up
   * @return a request for a change
   */
  public static MessageBuilder setUp(int index, boolean up) {
    return change(index, up ? IFF_UP : 0, IFF_UP);
  }

  /**
   * Renames a link.
   *
   * @param index the link
   * @param name its new name
   * @return a request for a change
   */
  public static MessageBuilder rename(int index, String name) {
    return change(index, 0, 0).string(IFLA_IFNAME, name);
  }

  /**
   * Sets the longest payload.
   *
   * @param index the link
   * @param mtu octets
   * @return a request for a change
   */
  public static MessageBuilder setMtu(int index, int mtu) {
    return change(index, 0, 0).u32(IFLA_MTU, mtu);
  }

  /**
   * Moves a link into another network namespace.
   *
   * @param index the link
   * @param namespace an open descriptor of that namespace
   * @return a request for a change
   */
  public static MessageBuilder move(int index, int namespace) {
    return change(index, 0, 0).u32(IFLA_NET_NS_FD, namespace);
  }

  /**
   * Removes a link.
   *
   * @param index the link
   * @return a request for a change
   */
  public static MessageBuilder delete(int index) {
    return header(RTM_DELLINK, NetlinkLayout.NLM_F_ACK, index);
  }

  static MessageBuilder change(int index, int flags, int which) {
    return MessageBuilder.request(RTM_NEWLINK, NetlinkLayout.NLM_F_ACK)
        .header32(0)
        .header32(index)
        .header32(flags)
        .header32(which);
  }

  static MessageBuilder header(int type, int flags, int index) {
    return MessageBuilder.request(type, flags).header32(0).header32(index).header32(0).header32(0);
  }

  static int index(NetlinkMessage message) {
    return fields(message).getInt(INDEX_AT);
  }

  static int flags(NetlinkMessage message) {
    return fields(message).getInt(FLAGS_AT);
  }

  static int hardwareType(NetlinkMessage message) {
    return fields(message).getShort(TYPE_AT) & 0xFFFF;
  }

  private static ByteBuffer fields(NetlinkMessage message) {
    if (message.payload().length < HEADER) {
      throw new MalformedMessageException("a link message of " + message.payload().length);
    }
    return ByteBuffer.wrap(message.payload()).order(ByteOrder.nativeOrder());
  }
}
