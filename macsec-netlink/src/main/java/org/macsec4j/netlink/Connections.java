package org.macsec4j.netlink;

import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.macsec.MacsecRequests;
import org.macsec4j.netlink.transport.GenericFamily;
import org.macsec4j.netlink.transport.NetlinkConnection;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.transport.NetlinkSocket;

/**
 * The two ways to the kernel: links, and the MACsec driver's own family.
 *
 * @param route rtnetlink
 * @param generic generic netlink
 * @param requests of the family, as this kernel numbers it
 */
record Connections(NetlinkConnection route, NetlinkConnection generic, MacsecRequests requests)
    implements AutoCloseable {

  /**
   * Opens both in a namespace; neither stays open when one cannot be, or the driver is not there.
   *
   * @throws NetlinkException when one cannot be, or the driver is not there
   */
  static Connections open(Libc libc, Namespace namespace) {
    NetlinkConnection route = open(libc, namespace, NetlinkSocket.NETLINK_ROUTE);
    try {
      NetlinkConnection generic = open(libc, namespace, NetlinkSocket.NETLINK_GENERIC);
      try {
        GenericFamily family = GenericFamily.find(generic, MacsecRequests.FAMILY);
        return new Connections(route, generic, new MacsecRequests(family));
      } catch (RuntimeException e) {
        generic.close();
        throw e;
      }
    } catch (RuntimeException e) {
      route.close();
      throw e;
    }
  }

  private static NetlinkConnection open(Libc libc, Namespace namespace, int protocol) {
    return namespace.call(() -> NetlinkConnection.open(libc, protocol));
  }

  @Override
  public void close() {
    route.close();
    generic.close();
  }
}
