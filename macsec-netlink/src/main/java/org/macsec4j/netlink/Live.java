package org.macsec4j.netlink;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacsecException;
import org.macsec4j.PacketNumberThreshold;
import org.macsec4j.SecyEvent;
import org.macsec4j.SecySnapshot;
import org.macsec4j.netlink.ethtool.Ethtool;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.link.EapolPorts;
import org.macsec4j.netlink.link.LinkMonitor;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.transport.NetlinkSocket;
import org.macsec4j.netlink.transport.SocketLoop;
import org.macsec4j.spi.Registration;
import org.macsec4j.spi.UncontrolledPort;

/**
 * What of a backend happens by itself: frames that come in, and events. One thread, which starts
 * with the first port or watch, so that a backend that is only asked needs none.
 */
final class Live implements Ethtool.Surroundings, AutoCloseable {
  private static final String THREAD = "macsec4j-linux";

  private final Libc libc;
  private final Namespace namespace;
  private final KernelLinks links;
  private final Supplier<List<SecySnapshot>> secys;
  // Guarded by this.
  private @Nullable Running running;
  private @Nullable SecyWatch watch;
  private boolean closed;

  private record Running(SocketLoop loop, LinkMonitor monitor, EapolPorts ports) {}

  Live(Libc libc, Namespace namespace, KernelLinks links, Supplier<List<SecySnapshot>> secys) {
    this.libc = libc;
    this.namespace = namespace;
    this.links = links;
    this.secys = secys;
  }

  synchronized UncontrolledPort openPort(LinkInfo link, Consumer<byte[]> receiver) {
    try {
      return running().ports.open(link, receiver);
    } catch (NetlinkException e) {
      throw refused("cannot open the uncontrolled port of " + link.name(), e);
    }
  }

  FrameSocket openFrames(LinkInfo link, FrameSocket.Hears hears) {
    try {
      return namespace.call(() -> FrameSocket.open(libc, link, hears));
    } catch (NetlinkException e) {
      throw refused("cannot open the frames of " + link.name(), e);
    }
  }

  private static MacsecException refused(String operation, NetlinkException e) {
    return e.errno() == Errno.EPERM
        ? Refusals.of(operation, e, "it needs CAP_NET_RAW")
        : Refusals.of(operation, e);
  }

  synchronized Registration watch(PacketNumberThreshold threshold, Consumer<SecyEvent> listener) {
    if (watch == null) {
      Running on = running();
      watch = new SecyWatch(on.loop, on.monitor, secys);
    }
    return watch.add(threshold, listener);
  }

  /** Something that cannot be seen by looking. */
  synchronized void tell(SecyEvent event) {
    if (watch != null) {
      watch.tellLater(event);
    }
  }

  @Override
  public <T> T inside(Supplier<T> work) {
    return namespace.call(work);
  }

  @Override
  public synchronized Registration whenReadable(int descriptor, Runnable onReadable) {
    return running().loop.add(descriptor, onReadable);
  }

  /** Something was changed through this backend. */
  synchronized void changed() {
    if (watch != null) {
      watch.soon();
    }
  }

  /** Guarded by this. */
  private Running running() {
    if (closed) {
      throw new MacsecException(MacsecException.Kind.BACKEND, "the backend is closed");
    }
    if (running == null) {
      running = begin(new SocketLoop(libc, THREAD));
    }
    return running;
  }

  private Running begin(SocketLoop loop) {
    try {
      NetlinkSocket socket =
          namespace.call(() -> NetlinkSocket.open(libc, NetlinkSocket.NETLINK_ROUTE));
      LinkMonitor monitor = new LinkMonitor(loop, socket);
      return new Running(
          loop, monitor, new EapolPorts(libc, loop, monitor, links::find, namespace::call));
    } catch (NetlinkException e) {
      loop.close();
      throw e;
    }
  }

  @Override
  public void close() {
    SocketLoop ending;
    synchronized (this) {
      closed = true;
      if (watch != null) {
        watch.close();
      }
      if (running == null) {
        return;
      }
      running.ports.close();
      running.monitor.close();
      ending = running.loop;
    }
    // Waits for a task that may wait for this object.
    ending.close();
  }
}
