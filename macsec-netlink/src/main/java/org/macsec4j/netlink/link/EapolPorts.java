package org.macsec4j.netlink.link;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.libc.Sockets;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.transport.SocketLoop;

/** The ports of one network namespace, all on one thread. */
public final class EapolPorts implements AutoCloseable {
  private final Set<EapolPort> open = ConcurrentHashMap.newKeySet();
  private final EapolPort.Surroundings around;

  /** Does something in a network namespace. */
  public interface Inside {
    /**
     * Does it and waits for it.
     *
     * @param work what to do
     * @param <T> what comes of it
     * @return what came of it
     */
    <T> T call(Supplier<T> work);
  }

  /**
   * No port yet.
   *
   * @param libc the system
   * @param loop the thread of all ports
   * @param monitor tells when interfaces go and come
   * @param links finds an interface by its name
   * @param namespace where sockets are opened
   */
  public EapolPorts(
      Libc libc,
      SocketLoop loop,
      LinkMonitor monitor,
      Function<String, Optional<LinkInfo>> links,
      Inside namespace) {
    this.around =
        new EapolPort.Surroundings(
            loop,
            monitor,
            links,
            etherType -> namespace.call(() -> PacketSocket.open(libc, etherType)),
            Sockets.buffer(EapolPort.MAX_FRAME));
  }

  /**
   * Opens the port of an interface.
   *
   * @param link the interface
   * @param receiver is called with each frame
   * @return the port
   * @throws NetlinkException when it is refused
   */
  public EapolPort open(LinkInfo link, Consumer<byte[]> receiver) {
    open.removeIf(EapolPort::isClosed);
    EapolPort port = new EapolPort(link, around, receiver);
    open.add(port);
    return port;
  }

  /** Closes all ports. */
  @Override
  public void close() {
    open.forEach(EapolPort::close);
    open.clear();
  }
}
