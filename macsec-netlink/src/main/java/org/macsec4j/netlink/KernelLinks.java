package org.macsec4j.netlink;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.macsec4j.MacsecException;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.macsec.LinkCounters;
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

  /** So many are asked for one by one; for more it is cheaper to hear of all there are. */
  private static final int FEW = 8;

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

  OptionalLong framesSent(String name) {
    String operation = "read the counters of " + name;
    try {
      return LinkCounters.framesSent(route.get(operation, LinkRequests.getCounted(name)));
    } catch (NetlinkException e) {
      throw Refusals.of("cannot " + operation, e);
    }
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
    return parentNames(List.of(link)).apply(link);
  }

  /** The same for many: many links below are asked for all at once. */
  Function<LinkInfo, String> parentNames(List<LinkInfo> secured) {
    Set<Integer> wanted = new HashSet<>();
    for (LinkInfo link : secured) {
      if (!link.parentElsewhere()) {
        link.parent().ifPresent(wanted::add);
      }
    }
    Map<Integer, String> names = new HashMap<>();
    if (wanted.size() > FEW) {
      all(LinkRequests.all()).forEach(link -> names.put(link.index(), link.name()));
    } else {
      wanted.forEach(index -> find(index).ifPresent(link -> names.put(index, link.name())));
    }
    return link -> parentName(link, names);
  }

  private static String parentName(LinkInfo link, Map<Integer, String> names) {
    if (link.parent().isEmpty()) {
      return "none";
    }
    int parent = link.parent().getAsInt();
    String found = link.parentElsewhere() ? null : names.get(parent);
    return found == null ? "if" + parent : found;
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
