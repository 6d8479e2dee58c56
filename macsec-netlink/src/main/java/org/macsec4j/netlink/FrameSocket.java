package org.macsec4j.netlink;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.macsec4j.MacAddress;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.libc.Sockets;
import org.macsec4j.netlink.link.PacketSocket;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.transport.NetlinkException;

/**
 * Whole frames of an interface, sent and heard as they are there. What is heard at an interface is
 * what stands between the kernel and its driver: what hardware does to frames is not seen.
 *
 * <p>Not for several threads. {@link LinuxBackend#openFrames} makes it.
 */
public final class FrameSocket implements AutoCloseable {
  /** Enough for the frames that whoever listens here sent; longer ones are cut. */
  private static final int ROOM = 2048;

  /** So that a busy interface does not push out what is waited for. */
  private static final int QUEUE = 4 << 20;

  private static final int HEADER_LENGTH = 14;
  private static final int MAX_FRAME = 1500 + HEADER_LENGTH;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Kinds that stand above others without naming one that is below. */
  private static final Set<String> GATHERERS =
      Set.of(
          "bridge",
          "bond",
          "team",
          "openvswitch",
          "hsr",
          "batadv",
          "vxlan",
          "geneve",
          "gretap",
          "ip6gretap",
          "erspan",
          "ip6erspan");

  /** What these name is at the other end or beside them. Those of hardware mostly have no kind. */
  private static final Set<String> ENDS = Set.of("", "veth", "netdevsim", "dsa");

  private final Libc libc;
  private final LinkInfo link;
  private final PacketSocket socket;
  private final ByteBuffer received = Sockets.buffer(ROOM);
  private final ByteBuffer waiting = Sockets.buffer(Sockets.POLLFD_LENGTH);

  /** Which frames of the interface are heard. */
  public enum Hears {
    /** None: for who only sends. */
    NOTHING,
    /** Those that come in. */
    RECEIVED,
    /** Those that come in, and those that this machine sends by way of it. */
    RECEIVED_AND_SENT
  }

  private FrameSocket(Libc libc, LinkInfo link, PacketSocket socket) {
    this.libc = libc;
    this.link = link;
    this.socket = socket;
  }

  static FrameSocket open(Libc libc, LinkInfo link, Hears hears) {
    PacketSocket socket =
        switch (hears) {
          case NOTHING -> PacketSocket.open(libc, PacketSocket.NONE);
          case RECEIVED -> PacketSocket.open(libc, PacketSocket.ALL);
          case RECEIVED_AND_SENT -> PacketSocket.openWithSent(libc, PacketSocket.ALL);
        };
    try {
      if (hears != Hears.NOTHING) {
        // Best effort: the usual length does on a quiet interface.
        libc.setsockopt(
            socket.descriptor(), Sockets.SOL_SOCKET, Sockets.SO_RCVBUFFORCE, Sockets.ofInt(QUEUE));
      }
      socket.bind(link.index());
      return new FrameSocket(libc, link, socket);
    } catch (NetlinkException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * The address of the interface when it was opened.
   *
   * @return its MAC address
   */
  public MacAddress address() {
    return link.address().orElseThrow();
  }

  /**
   * Whether the interface was enabled when it was opened.
   *
   * @return true for up
   */
  public boolean isUp() {
    return link.up();
  }

  /**
   * Whether it is the secured interface of a SecY.
   *
   * @return true for kind {@code macsec}
   */
  public boolean isSecured() {
    return link.isMacsec();
  }

  /**
   * Whether it stands above other interfaces, such as a bridge, a bond, a VLAN or a tunnel, so that
   * frames have passed those before they are heard here.
   *
   * @return true unless it is one that ends a wire
   */
  public boolean isAboveOthers() {
    return GATHERERS.contains(link.kind())
        || (link.parent().isPresent() && !ENDS.contains(link.kind()));
  }

  /**
   * Lets the interface take frames to a group address, until this is closed.
   *
   * @param group the address
   * @throws MacsecException when it is refused
   */
  public void join(MacAddress group) {
    try {
      socket.join(link.index(), group);
    } catch (NetlinkException e) {
      throw Refusals.of("cannot take part in " + group + " on " + link.name(), e);
    }
  }

  /**
   * Sends a frame.
   *
   * @param frame addresses, EtherType and payload, 14..1514 octets
   * @throws MacsecException when the interface does not take it
   */
  public void send(byte[] frame) {
    if (frame.length < HEADER_LENGTH || frame.length > MAX_FRAME) {
      throw new IllegalArgumentException("a frame has 14..1514 octets, not " + frame.length);
    }
    int result = socket.send(Sockets.buffer(frame.length).put(frame).flip());
    if (result < 0) {
      Kind kind = result == -Errno.ENXIO || result == -Errno.ENODEV ? Kind.NOT_FOUND : Kind.BACKEND;
      throw new MacsecException(
          kind, "cannot send a frame on " + link.name() + ": " + Errno.describe(-result));
    }
  }

  /**
   * The next frame.
   *
   * @param patience how long to wait for it at most; it may be less
   * @return the frame, of a long one the beginning; empty when none came
   */
  public Optional<byte[]> receive(Duration patience) {
    Optional<byte[]> there = take();
    if (there.isPresent() || patience.isZero() || patience.isNegative()) {
      return there;
    }
    waiting.putInt(0, socket.descriptor());
    waiting.putShort(Integer.BYTES, Sockets.POLLIN);
    waiting.putShort(Integer.BYTES + Short.BYTES, (short) 0);
    long millis = Math.max(1, patience.toNanos() / NANOS_PER_MILLI);
    libc.poll(waiting, (int) Math.min(millis, Integer.MAX_VALUE));
    return take();
  }

  private Optional<byte[]> take() {
    int length = socket.receive(received.clear());
    if (length < 0) {
      return Optional.empty();
    }
    byte[] frame = new byte[Math.min(length, ROOM)];
    received.get(0, frame);
    return Optional.of(frame);
  }

  @Override
  public void close() {
    socket.close();
  }
}
