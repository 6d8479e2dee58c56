package org.macsec4j.netlink.transport;

import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.macsec4j.netlink.wire.Attribute;
import org.macsec4j.netlink.wire.Attributes;
import org.macsec4j.netlink.wire.MalformedMessageException;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.netlink.wire.NetlinkLayout;
import org.macsec4j.netlink.wire.NetlinkMessage;

/**
 * A family of generic netlink, found by its name.
 *
 * <pre>
 *  0         1         2                   4
 * +---------+---------+-------------------+
 * | command | version | reserved          |  struct genlmsghdr
 * +---------+---------+-------------------+
 * </pre>
 *
 * <table>
 * <caption>CTRL_ATTR_</caption>
 * <tr><td>FAMILY_ID</td><td>1</td><td>u16</td></tr>
 * <tr><td>FAMILY_NAME</td><td>2</td><td>text</td></tr>
 * <tr><td>VERSION</td><td>3</td><td>u32</td></tr>
 * <tr><td>MCAST_GROUPS</td><td>7</td><td>1..n { NAME 1 text, ID 2 u32 }</td></tr>
 * </table>
 *
 * @param id the message type of its requests
 * @param version its version
 * @param groups the numbers of its multicast groups, by name
 */
public record GenericFamily(int id, int version, Map<String, Integer> groups) {
  /** Octets of the header. */
  public static final int HEADER = 4;

  private static final int GENL_ID_CTRL = 16;
  private static final int CTRL_CMD_GETFAMILY = 3;
  private static final int CTRL_VERSION = 2;
  private static final int CTRL_ATTR_FAMILY_ID = 1;
  private static final int CTRL_ATTR_FAMILY_NAME = 2;
  private static final int CTRL_ATTR_VERSION = 3;
  private static final int CTRL_ATTR_MCAST_GROUPS = 7;
  private static final int CTRL_ATTR_MCAST_GRP_NAME = 1;
  private static final int CTRL_ATTR_MCAST_GRP_ID = 2;

  /**
   * Copies the groups.
   *
   * @param id the message type of its requests
   * @param version its version
   * @param groups the numbers of its multicast groups
   */
  public GenericFamily {
    groups = Map.copyOf(groups);
  }

  /**
   * Finds a family. The kernel may load a module for it.
   *
   * @param connection a connection of {@link NetlinkSocket#NETLINK_GENERIC}
   * @param name its name
   * @return the family
   * @throws NetlinkException {@code ENOENT} when this kernel has no such family
   */
  public static GenericFamily find(NetlinkConnection connection, String name) {
    MessageBuilder request =
        MessageBuilder.request(GENL_ID_CTRL, 0)
            .header32(header(CTRL_CMD_GETFAMILY, CTRL_VERSION))
            .string(CTRL_ATTR_FAMILY_NAME, name);
    Attributes answer =
        connection.get("find the netlink family " + name, request).attributes(HEADER);
    return new GenericFamily(
        answer.require(CTRL_ATTR_FAMILY_ID).u16(),
        answer.u32(CTRL_ATTR_VERSION).orElse(0),
        groups(answer));
  }

  private static Map<String, Integer> groups(Attributes answer) {
    Map<String, Integer> groups = new LinkedHashMap<>();
    for (Attribute group : answer.nested(CTRL_ATTR_MCAST_GROUPS)) {
      Attributes attributes = group.nested();
      groups.put(
          attributes.require(CTRL_ATTR_MCAST_GRP_NAME).string(),
          attributes.require(CTRL_ATTR_MCAST_GRP_ID).u32());
    }
    return groups;
  }

  /**
   * Begins a request for a change.
   *
   * @param command the command
   * @return a builder that asks for an acknowledgement
   */
  public MessageBuilder change(int command) {
    return MessageBuilder.request(id, NetlinkLayout.NLM_F_ACK).header32(header(command, version));
  }

  /**
   * Begins a request for one thing.
   *
   * @param command the command
   * @return a builder that asks for no acknowledgement, as the answer is one
   */
  public MessageBuilder get(int command) {
    return MessageBuilder.request(id, 0).header32(header(command, version));
  }

  /**
   * Begins a request for all there are.
   *
   * @param command the command
   * @return a builder that asks for a dump
   */
  public MessageBuilder dump(int command) {
    return MessageBuilder.request(id, NetlinkLayout.NLM_F_DUMP).header32(header(command, version));
  }

  /**
   * The command of a message, as a notice tells by it what it is about.
   *
   * @param message a message of a family
   * @return the command
   * @throws MalformedMessageException when the header is not whole
   */
  public static int command(NetlinkMessage message) {
    if (message.payload().length < HEADER) {
      throw new MalformedMessageException("a message without the header of generic netlink");
    }
    return message.payload()[0] & 0xFF;
  }

  /** Four octets whose order must not depend on the machine. */
  private static int header(int command, int version) {
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    return little ? version << 8 | command : command << 24 | version << 16;
  }
}
