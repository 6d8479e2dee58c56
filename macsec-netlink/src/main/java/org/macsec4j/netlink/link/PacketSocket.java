package org.macsec4j.netlink.link;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import org.macsec4j.MacAddress;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.libc.Sockets;
import org.macsec4j.netlink.transport.NetlinkException;

/**
 * A packet socket: whole frames of one EtherType, or of all, on one interface.
 *
 * <pre>
 *  0         2             4                   8            10     11     12
 * +---------+-------------+-------------------+------------+------+------+------------+
 * | family  | EtherType,  | interface index   | hardware   | kind | len  | address(8) | sockaddr_ll
 * |         | big endian  |                   | type       |      |      |            |
 * +---------+-------------+-------------------+------------+------+------+------------+
 *
 *  0                   4         6         8
 * +-------------------+---------+---------+------------+
 * | interface index   | kind    | length  | address(8) |  packet_mreq
 * +-------------------+---------+---------+------------+
 * </pre>
 *
 * <p>It is made without an EtherType, so that nothing is queued before it is bound to its
 * interface. Unless asked for, frames that this machine sends are not heard: those of this socket
 * must not be, and those of another program on the same interface would look the same.
 */
public final class PacketSocket implements AutoCloseable {
  /** Every EtherType, {@code ETH_P_ALL}: the only one that hears what this machine sends. */
  public static final int ALL = 0x0003;

  /** No EtherType: nothing is heard. */
  public static final int NONE = 0;

  private static final int ADDRESS_LENGTH = 20;
  private static final int ETHER_TYPE_AT = 2;
  private static final int INDEX_AT = 4;
  private static final int REQUEST_LENGTH = 16;
  private static final int REQUEST_LENGTH_AT = 6;
  private static final int REQUEST_ADDRESS_AT = 8;

  private static final int SOL_PACKET = 263;
  private static final int PACKET_ADD_MEMBERSHIP = 1;
  private static final int PACKET_IGNORE_OUTGOING = 23;

  private final Libc libc;
  private final int descriptor;
  private final int etherType;
  private final AtomicBoolean closed = new AtomicBoolean();

  private PacketSocket(Libc libc, int descriptor, int etherType) {
    this.libc = libc;
    this.descriptor = descriptor;
    this.etherType = etherType;
  }

  /**
   * Opens a socket in the network namespace of the calling thread, bound to nothing yet.
   *
   * @param libc the system
   * @param etherType of the frames to hear
   * @return to be closed
   * @throws NetlinkException when it is refused
   */
  public static PacketSocket open(Libc libc, int etherType) {
    PacketSocket socket = openWithSent(libc, etherType);
    int descriptor = socket.descriptor;
    int ignored = libc.setsockopt(descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, Sockets.ofInt(1));
    if (ignored < 0) {
      socket.close();
      throw new NetlinkException("packet socket that does not hear itself (Linux 4.20)", -ignored);
    }
    return socket;
  }

  /**
   * The same, and what this machine sends is heard as well.
   *
   * @param libc the system
   * @param etherType of the frames to hear; sent ones are heard with {@link #ALL} alone
   * @return to be closed
   * @throws NetlinkException when it is refused
   */
  public static PacketSocket openWithSent(Libc libc, int etherType) {
    int type = Sockets.SOCK_RAW | Sockets.SOCK_CLOEXEC | Sockets.SOCK_NONBLOCK;
    int descriptor = require("packet socket", libc.socket(Sockets.AF_PACKET, type, 0));
    return new PacketSocket(libc, descriptor, etherType);
  }

  private static int require(String operation, int result) {
    if (result < 0) {
      throw new NetlinkException(operation, -result);
    }
    return result;
  }

  /**
   * Binds it, again if need be: another interface of the same name has another index.
   *
   * @param index the interface
   * @throws NetlinkException when it is refused
   */
  public void bind(int index) {
    ByteBuffer address = Sockets.buffer(ADDRESS_LENGTH);
    address.putShort(0, (short) Sockets.AF_PACKET);
    putBigEndian(address, ETHER_TYPE_AT, etherType);
    address.putInt(INDEX_AT, index);
    require("bind a packet socket", libc.bind(descriptor, address));
  }

  private static void putBigEndian(ByteBuffer buffer, int at, int value) {
    buffer.order(ByteOrder.BIG_ENDIAN).putShort(at, (short) value);
    buffer.order(ByteOrder.nativeOrder());
  }

  /**
   * Lets the interface take frames to a group address; repeated after the interface came anew.
   *
   * @param index the interface
   * @param group the address
   * @throws NetlinkException when it is refused
   */
  public void join(int index, MacAddress group) {
    ByteBuffer request = Sockets.buffer(REQUEST_LENGTH);
    request.putInt(0, index);
    request.putShort(REQUEST_LENGTH_AT, (short) MacAddress.LENGTH);
    byte[] octets = group.toByteArray();
    request.put(REQUEST_ADDRESS_AT, octets);
    require(
        "join " + group, libc.setsockopt(descriptor, SOL_PACKET, PACKET_ADD_MEMBERSHIP, request));
  }

  /**
   * The socket, for who waits for it.
   *
   * @return the descriptor
   */
  public int descriptor() {
    return descriptor;
  }

  /**
   * Sends a frame.
   *
   * @param frame the frame, from position to limit
   * @return the octets sent, or a negative error number
   */
  public int send(ByteBuffer frame) {
    return libc.send(descriptor, frame, Sockets.MSG_DONTWAIT);
  }

  /**
   * Receives a frame, if one is there.
   *
   * @param frame room for it
   * @return its length, also when there is less room, or a negative error number
   */
  public int receive(ByteBuffer frame) {
    return libc.recv(descriptor, frame, Sockets.MSG_DONTWAIT | Sockets.MSG_TRUNC);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      libc.close(descriptor);
    }
  }
}
