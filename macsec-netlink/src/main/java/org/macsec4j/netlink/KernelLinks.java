package org.macsec4j.netlink;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.macsec4j.MacsecException;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.macsec.LinkRequests;
import org.macsec4j.netlink.transport.NetlinkConnection;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.netlink.wire.NetlinkMessage;

/** The links of the namespace, of MACsec and of any other kind. */
final class KernelLinks {
  /** Octets of a name with the zero at its end, {@code IFNAMSIZ}. */
  private static final int MAX_NAME = 15;

  private final NetlinkConnection route;

  KernelLinks(NetlinkConnection route) {
    this.route = route;
  }

  Optional<LinkInfo> find(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      return Optional.empty();
    }
    return find("read interface " + name, LinkRequests.get(name));
  }

  Optional<LinkInfo> find(int index) {
    return find("read interface " + index, LinkRequests.get(index));
  }

  private Optional<LinkInfo> find(String operation, MessageBuilder request) {
    try {
      return Optional.of(LinkInfo.of(route.get(operation, request)));
    } catch (NetlinkException e) {
      if (e.errno() == Errno.ENODEV) {
        return Optional.empty();
      }
      throw Refusals.of("cannot " + operation, e);
    }
  }

  LinkInfo require(String operation, String name) {
    return find(name)
        .orElseThrow(
            () ->
                new MacsecException(
                    MacsecException.Kind.NOT_FOUND,
                    operation + ": there is no interface " + name + "; there is " + names()));
  }

  /** An interface of Ethernet, which has an address. */
  LinkInfo requireEthernet(String operation, String name) {
    LinkInfo link = require(operation, name);
    if (!link.ethernet() || link.address().isEmpty()) {
      throw new MacsecException(
          MacsecException.Kind.INVALID, operation + ": " + name + " is no Ethernet interface");
    }
    return link;
  }

  private String names() {
    return String.join(", ", all(LinkRequests.all()).stream().map(LinkInfo::name).toList());
  }

  /** The secured interfaces, by their numbers. */
  List<LinkInfo> macsec() {
    return all(LinkRequests.allMacsec()).stream().filter(LinkInfo::isMacsec).toList();
  }

  /** What a SecY may be made on: Ethernet, and no SecY itself. */
  List<LinkInfo> parents() {
    return all(LinkRequests.all()).stream()
        .filter(link -> link.ethernet() && !link.isMacsec())
        .toList();
  }

  private List<LinkInfo> all(MessageBuilder request) {
    try {
      List<NetlinkMessage> messages = route.dump("list interfaces", request);
      return messages.stream()
          .filter(message -> message.type() == LinkRequests.RTM_NEWLINK)
          .map(LinkInfo::of)
          .sorted(Comparator.comparingInt(LinkInfo::index))
          .toList();
    } catch (NetlinkException e) {
      throw Refusals.of("cannot list the interfaces", e);
    }
  }

  /** The name of the link below, made up when it lives in another namespace. */
  String parentName(LinkInfo link) {
    if (link.parent().isEmpty()) {
      return "none";
    }
    int parent = link.parent().getAsInt();
    Optional<LinkInfo> found = link.parentElsewhere() ? Optional.empty() : find(parent);
    return found.map(LinkInfo::name).orElse("if" + parent);
  }

  /**
   * Makes a link of this namespace.
   *
   * @param name the name that is in the request
   */
  LinkInfo make(String operation, MessageBuilder request, String name) {
    return route
        .make(operation, request)
        .map(LinkInfo::of)
        .orElseGet(() -> require(operation, name));
  }

  void change(String operation, MessageBuilder request) {
    route.change(operation, request);
  }
}
