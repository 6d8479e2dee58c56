package org.macsec4j.netlink.link;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.macsec.LinkRequests;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.transport.NetlinkSocket;
import org.macsec4j.netlink.transport.NoticeReader;
import org.macsec4j.netlink.transport.SocketLoop;
import org.macsec4j.netlink.wire.NetlinkMessage;
import org.macsec4j.spi.Registration;

/**
 * Tells of every link that comes, changes or goes, on the loop's thread.
 *
 * <p>When too much happens at once the kernel throws notices away and says so; then listeners are
 * asked to look for themselves.
 */
public final class LinkMonitor implements AutoCloseable {
  private final Registration reading;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** Hears of links. Must not block. */
  public interface Listener {
    /**
     * A link is there, or changed.
     *
     * @param link the link
     */
    void present(LinkInfo link);

    /**
     * A link is gone.
     *
     * @param link the link as it was
     */
    void gone(LinkInfo link);

    /** Notices were lost; whatever may have happened. */
    void lost();
  }

  /**
   * Begins to listen.
   *
   * @param loop the loop on whose thread listeners are called
   * @param socket a socket of {@link NetlinkSocket#NETLINK_ROUTE}, closed with this monitor
   * @throws NetlinkException when links cannot be listened to; the socket is closed then
   */
  public LinkMonitor(SocketLoop loop, NetlinkSocket socket) {
    try {
      socket.join(LinkRequests.RTNLGRP_LINK);
    } catch (NetlinkException e) {
      socket.close();
      throw e;
    }
    NoticeReader notices =
        new NoticeReader(socket, "links", this::tell, () -> listeners.forEach(Listener::lost));
    this.reading = loop.add(socket.descriptor(), notices::read);
  }

  /**
   * Adds a listener.
   *
   * @param listener the listener
   * @return takes it away when closed
   */
  public Registration listen(Listener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void tell(NetlinkMessage message) {
    if (message.type() == LinkRequests.RTM_NEWLINK) {
      LinkInfo link = LinkInfo.of(message);
      listeners.forEach(listener -> listener.present(link));
    } else if (message.type() == LinkRequests.RTM_DELLINK) {
      LinkInfo link = LinkInfo.of(message);
      listeners.forEach(listener -> listener.gone(link));
    }
  }

  /** Ends listening. */
  @Override
  public void close() {
    reading.close();
  }
}
