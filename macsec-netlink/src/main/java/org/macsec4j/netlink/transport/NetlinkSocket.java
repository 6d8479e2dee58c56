package org.macsec4j.netlink.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.libc.Sockets;

/**
 * A netlink socket: sends datagrams and receives them into one buffer that is used again and again.
 *
 * <p>The buffer has 64 KiB from the first receive on. That matters: the kernel sizes the pieces of
 * a dump after the largest receive that a socket ever did, and a SecY that does not fit into one
 * piece is left out in silence, with all that would follow it.
 *
 * <p>Not for several threads, but for {@link #close()}.
 */
public final class NetlinkSocket implements AutoCloseable {
  /** Links, of all kinds. */
  public static final int NETLINK_ROUTE = 0;

  /** Families that are found by name. */
  public static final int NETLINK_GENERIC = 16;

  private static final int RECEIVE_BUFFER = 64 * 1024;
  private static final int QUEUE = 1024 * 1024;

  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_ADD_MEMBERSHIP = 1;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;

  /** {@code struct sockaddr_nl}: family, padding, port id, groups. */
  private static final int ADDRESS_LENGTH = 12;

  private final Libc libc;
  private final int descriptor;
  private final ByteBuffer received = Sockets.buffer(RECEIVE_BUFFER);
  private final ByteBuffer pollfd = Sockets.buffer(Sockets.POLLFD_LENGTH);
  private final AtomicBoolean closed = new AtomicBoolean();

  private NetlinkSocket(Libc libc, int descriptor) {
    this.libc = libc;
    this.descriptor = descriptor;
    pollfd.putInt(0, descriptor).putShort(Integer.BYTES, Sockets.POLLIN);
  }

  /**
   * Opens a socket in the network namespace of the calling thread, where it stays.
   *
   * @param libc the system
   * @param protocol such as {@link #NETLINK_ROUTE}
   * @return the socket
   * @throws NetlinkException when there is no such protocol, or no descriptor left
   */
  public static NetlinkSocket open(Libc libc, int protocol) {
    int type = Sockets.SOCK_RAW | Sockets.SOCK_CLOEXEC;
    int descriptor = require("netlink socket", libc.socket(Sockets.AF_NETLINK, type, protocol));
    NetlinkSocket socket = new NetlinkSocket(libc, descriptor);
    ByteBuffer address = Sockets.buffer(ADDRESS_LENGTH);
    address.putShort(0, (short) Sockets.AF_NETLINK);
    int bound = libc.bind(descriptor, address);
    if (bound < 0) {
      socket.close();
    }
    require("bind a netlink socket", bound);
    // Refused by kernels before 4.12, which then say less; a request is never quoted with its key.
    socket.option(NETLINK_EXT_ACK, 1);
    socket.option(NETLINK_CAP_ACK, 1);
    return socket;
  }

  private int option(int option, int value) {
    return libc.setsockopt(descriptor, SOL_NETLINK, option, Sockets.ofInt(value));
  }

  private static int require(String operation, int result) {
    if (result < 0) {
      throw new NetlinkException(operation, -result);
    }
    return result;
  }

  /**
   * Joins a multicast group, with a longer queue than usual.
   *
   * @param group its number
   * @throws NetlinkException when there is no such group
   */
  public void join(int group) {
    ByteBuffer length = Sockets.ofInt(QUEUE);
    if (libc.setsockopt(descriptor, Sockets.SOL_SOCKET, Sockets.SO_RCVBUFFORCE, length) < 0) {
      libc.setsockopt(descriptor, Sockets.SOL_SOCKET, Sockets.SO_RCVBUF, length);
    }
    require("join netlink group " + group, option(NETLINK_ADD_MEMBERSHIP, group));
  }

  /**
   * The descriptor, for who waits for several.
   *
   * @return the descriptor
   */
  public int descriptor() {
    return descriptor;
  }

  /**
   * Sends a datagram.
   *
   * @param datagram the datagram; left as it is
   * @throws NetlinkException when it was not sent
   */
  public void send(ByteBuffer datagram) {
    int sent;
    do {
      sent = libc.send(descriptor, datagram, 0);
    } while (sent == -Errno.EINTR);
    require("send a netlink request", sent);
  }

  /**
   * Receives a datagram.
   *
   * @param timeoutMillis how long to wait, 0 not at all
   * @return the datagram, valid until the next receive; null when none came in time
   * @throws NetlinkException when messages were lost ({@code ENOBUFS}), or one was cut
   */
  public @Nullable ByteBuffer receive(int timeoutMillis) {
    // The clock is asked only when there is nothing yet: most answers are there already, and where
    // the clock is a system call it costs half as much as the whole exchange.
    long end = 0;
    boolean waited = false;
    while (true) {
      received.clear();
      int length = libc.recv(descriptor, received, Sockets.MSG_DONTWAIT | Sockets.MSG_TRUNC);
      if (length > received.capacity()) {
        throw new NetlinkException("receive " + length + " octets of netlink", Errno.EMSGSIZE);
      }
      if (length >= 0) {
        return received.limit(length);
      }
      if (length != -Errno.EAGAIN && length != -Errno.EINTR) {
        require("receive from netlink", length);
      }
      if (timeoutMillis <= 0) {
        return null;
      }
      long now = System.nanoTime();
      if (!waited) {
        waited = true;
        end = now + timeoutMillis * 1_000_000L;
      }
      long left = (end - now) / 1_000_000L;
      if (left <= 0) {
        return null;
      }
      libc.poll(pollfd, (int) left);
    }
  }

  /** Closes it. Repeating it does no harm. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      libc.close(descriptor);
    }
  }
}
