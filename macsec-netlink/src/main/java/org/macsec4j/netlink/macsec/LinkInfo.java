package org.macsec4j.netlink.macsec;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacAddress;
import org.macsec4j.netlink.wire.Attribute;
import org.macsec4j.netlink.wire.Attributes;
import org.macsec4j.netlink.wire.MalformedMessageException;
import org.macsec4j.netlink.wire.NetlinkMessage;

/**
 * A link as the kernel tells it.
 *
 * @param index its number, which stays when it is renamed
 * @param name its name
 * @param up whether it is enabled
 * @param ethernet whether it is of the kind of Ethernet
 * @param address its MAC address, empty when it has none of six octets
 * @param mtu the longest payload, octets
 * @param parent the number of the link below
 * @param parentElsewhere whether that number is one of another network namespace
 * @param master the number of the bridge, bond or the like that it is part of
 * @param kind for instance {@code macsec} or {@code veth}; empty for a plain interface
 * @param slaveKind the kind of its master, for instance {@code bridge}
 * @param data the attributes of its kind
 */
public record LinkInfo(
    int index,
    String name,
    boolean up,
    boolean ethernet,
    Optional<MacAddress> address,
    int mtu,
    OptionalInt parent,
    boolean parentElsewhere,
    OptionalInt master,
    String kind,
    String slaveKind,
    Attributes data) {

  /**
   * Reads a link.
   *
   * @param message of type {@link LinkRequests#RTM_NEWLINK} or {@link LinkRequests#RTM_DELLINK}
   * @return the link
   * @throws MalformedMessageException when it is malformed
   */
  public static LinkInfo of(NetlinkMessage message) {
    Attributes attributes = message.attributes(LinkRequests.HEADER);
    Attributes info = attributes.nested(LinkRequests.IFLA_LINKINFO);
    int flags = LinkRequests.flags(message);
    Attribute address = attributes.find(LinkRequests.IFLA_ADDRESS);
    return new LinkInfo(
        LinkRequests.index(message),
        text(attributes.find(LinkRequests.IFLA_IFNAME)),
        (flags & LinkRequests.IFF_UP) != 0,
        LinkRequests.hardwareType(message) == LinkRequests.ARPHRD_ETHER,
        address == null || address.length() != MacAddress.LENGTH
            ? Optional.empty()
            : Optional.of(MacAddress.of(address.bytes(), 0)),
        attributes.u32(LinkRequests.IFLA_MTU).orElse(0),
        attributes.u32(LinkRequests.IFLA_LINK),
        attributes.find(LinkRequests.IFLA_LINK_NETNSID) != null,
        attributes.u32(LinkRequests.IFLA_MASTER),
        text(info.find(LinkRequests.IFLA_INFO_KIND)),
        text(info.find(LinkRequests.IFLA_INFO_SLAVE_KIND)),
        info.nested(LinkRequests.IFLA_INFO_DATA));
  }

  private static String text(@Nullable Attribute attribute) {
    return attribute == null ? "" : attribute.string();
  }

  /**
   * Whether it is the secured interface of a SecY.
   *
   * @return true for kind {@code macsec}
   */
  public boolean isMacsec() {
    return kind.equals(LinkRequests.KIND);
  }
}
