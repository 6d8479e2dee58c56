package org.macsec4j.netlink.link;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacAddress;
import org.macsec4j.MacsecException;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.libc.Sockets;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.transport.SocketLoop;
import org.macsec4j.spi.Registration;
import org.macsec4j.spi.UncontrolledPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The uncontrolled port of an interface: EAPOL frames below a SecY.
 *
 * <p>It hears EAPOL's EtherType, and any other that it has itself sent, as the EtherType of MKA can
 * be configured; each has a socket of its own. It takes part in the three groups that EAPOL is sent
 * to (802.1X table 11-1), and in any other that it has itself sent to. Frames come as they are on
 * the wire, with the padding of short ones.
 *
 * <p>It stays with its interface when that is renamed. When the interface goes away the port waits,
 * and takes the next one of the name it had last; what is sent meanwhile is refused.
 *
 * <p>A strict SecY on the same interface counts each of these frames as one without a tag
 * (InPktsNoTag) although it reaches this port as well; that says nothing bad.
 */
public final class EapolPort implements UncontrolledPort {
  private static final Logger LOG = LoggerFactory.getLogger(EapolPort.class);

  private static final int ETHER_TYPE_EAPOL = 0x888E;
  private static final int ETHER_TYPE_AT = 12;
  private static final int HEADER_LENGTH = 14;
  private static final int USUAL_FRAME = 512;
  static final int MAX_FRAME = 64 * 1024;

  /** So that a flood on one interface leaves time for the others. */
  private static final int MAX_FRAMES_AT_ONCE = 64;

  private static final Set<MacAddress> GROUPS =
      Set.of(
          MacAddress.parse("01:80:c2:00:00:03"),
          MacAddress.parse("01:80:c2:00:00:00"),
          MacAddress.parse("01:80:c2:00:00:0e"));

  private final Surroundings around;
  private final Consumer<byte[]> receiver;
  private final Registration listening;
  // Guarded by this, as senders and the loop's thread meet here.
  private final Map<Integer, Opened> sockets = new HashMap<>();
  private final Set<MacAddress> groups = new LinkedHashSet<>(GROUPS);
  private ByteBuffer sent = Sockets.buffer(USUAL_FRAME);
  private MacAddress address;
  private int index;
  private volatile String name;
  private volatile boolean closed;

  private record Opened(PacketSocket socket, Registration reading) {}

  /**
   * What a port needs around it.
   *
   * @param loop on whose thread frames are received
   * @param monitor tells when the interface goes and comes
   * @param links finds an interface by its name
   * @param sockets opens a socket of an EtherType in the right network namespace
   * @param received what frames are received into, on the loop's thread alone
   */
  record Surroundings(
      SocketLoop loop,
      LinkMonitor monitor,
      Function<String, Optional<LinkInfo>> links,
      IntFunction<PacketSocket> sockets,
      ByteBuffer received) {}

  EapolPort(LinkInfo link, Surroundings around, Consumer<byte[]> receiver) {
    this.name = link.name();
    this.around = around;
    this.receiver = receiver;
    this.index = link.index();
    this.address = link.address().orElseThrow();
    synchronized (this) {
      socket(ETHER_TYPE_EAPOL);
    }
    this.listening = around.monitor.listen(new Follower());
  }

  /** Guarded by this. */
  private PacketSocket socket(int etherType) {
    Opened known = sockets.get(etherType);
    if (known != null) {
      return known.socket;
    }
    PacketSocket socket = around.sockets.apply(etherType);
    try {
      attach(socket);
    } catch (NetlinkException e) {
      socket.close();
      throw e;
    }
    Registration reading = around.loop.add(socket.descriptor(), () -> read(socket));
    sockets.put(etherType, new Opened(socket, reading));
    return socket;
  }

  private void attach(PacketSocket socket) {
    socket.bind(index);
    groups.forEach(group -> socket.join(index, group));
  }

  @Override
  public synchronized MacAddress address() {
    return address;
  }

  @Override
  public synchronized void send(byte[] frame) {
    if (frame.length < HEADER_LENGTH || frame.length > MAX_FRAME) {
      throw new IllegalArgumentException(
          "a frame has 14..65536 octets (addresses and EtherType), not " + frame.length);
    }
    if (closed) {
      throw notSent(MacsecException.Kind.BACKEND, "the port is closed");
    }
    if (index == 0) {
      throw notSent(MacsecException.Kind.NOT_FOUND, "the interface is gone");
    }
    int result;
    try {
      join(MacAddress.of(frame, 0));
      result = socket(etherType(frame)).send(fill(frame));
    } catch (NetlinkException e) {
      throw notSent(MacsecException.Kind.BACKEND, e.getMessage());
    }
    if (result < 0) {
      throw notSent(kind(-result), Errno.describe(-result));
    }
  }

  /** Guarded by this. */
  private ByteBuffer fill(byte[] frame) {
    if (sent.capacity() < frame.length) {
      sent = Sockets.buffer(frame.length);
    }
    return sent.clear().put(frame).flip();
  }

  /** Guarded by this. */
  private void join(MacAddress destination) {
    if (destination.isGroup() && groups.add(destination)) {
      sockets.values().forEach(opened -> opened.socket.join(index, destination));
    }
  }

  private static int etherType(byte[] frame) {
    return (frame[ETHER_TYPE_AT] & 0xFF) << 8 | (frame[ETHER_TYPE_AT + 1] & 0xFF);
  }

  private static MacsecException.Kind kind(int errno) {
    return errno == Errno.ENXIO || errno == Errno.ENODEV
        ? MacsecException.Kind.NOT_FOUND
        : MacsecException.Kind.BACKEND;
  }

  private MacsecException notSent(MacsecException.Kind kind, @Nullable String why) {
    return new MacsecException(kind, "cannot send an EAPOL frame on " + name + ": " + why);
  }

  /** On the loop's thread. */
  private void read(PacketSocket socket) {
    ByteBuffer received = around.received;
    for (int count = 0; count < MAX_FRAMES_AT_ONCE && !closed; count++) {
      received.clear();
      int length = socket.receive(received);
      if (length < 0) {
        // The interface went down or away: that is told once, and the monitor tells the rest.
        if (length == -Errno.EINTR || length == -Errno.ENETDOWN) {
          continue;
        }
        return;
      }
      if (length >= HEADER_LENGTH && length <= MAX_FRAME) {
        byte[] frame = new byte[length];
        received.get(0, frame);
        receiver.accept(frame);
      }
    }
  }

  /** Follows the interface by its name. */
  private final class Follower implements LinkMonitor.Listener {
    @Override
    public void present(LinkInfo link) {
      synchronized (EapolPort.this) {
        if (link.index() == index) {
          link.address().ifPresent(now -> address = now);
          follow(link.name());
        } else if (index == 0 && link.name().equals(name)) {
          take(link);
        }
      }
    }

    @Override
    public void gone(LinkInfo link) {
      synchronized (EapolPort.this) {
        if (link.index() == index) {
          index = 0;
          LOG.info("{}: the interface is gone; waiting for the next one of that name", name);
        }
      }
    }

    @Override
    public void lost() {
      synchronized (EapolPort.this) {
        Optional<LinkInfo> now = around.links.apply(name);
        if (now.isEmpty()) {
          index = 0;
        } else if (now.get().index() != index) {
          take(now.get());
        }
      }
    }
  }

  /** Guarded by this. */
  private void follow(String now) {
    if (!now.equals(name)) {
      LOG.info("{}: the interface is called {} now", name, now);
      name = now;
    }
  }

  /** Guarded by this. */
  private void take(LinkInfo link) {
    index = link.index();
    link.address().ifPresent(now -> address = now);
    try {
      sockets.values().forEach(opened -> attach(opened.socket));
      LOG.info("{}: the interface is back, with address {}", name, address);
    } catch (NetlinkException e) {
      index = 0;
      LOG.warn("{}: the interface is back, but {}", name, e.getMessage());
    }
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    listening.close();
    synchronized (this) {
      sockets.values().forEach(opened -> opened.reading.close());
      sockets.clear();
    }
  }
}
