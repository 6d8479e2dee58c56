package org.macsec4j.netlink.libc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbers of the socket interface, as Linux has them on x86-64, AArch64, RISC-V, POWER and s390.
 * (Alpha, MIPS, PA-RISC and SPARC number some of them differently; this module does not run there.)
 */
public final class Sockets {
  /** Local sockets. */
  public static final int AF_UNIX = 1;

  /** Netlink. */
  public static final int AF_NETLINK = 16;

  /** Frames of an interface. */
  public static final int AF_PACKET = 17;

  /** Datagrams. */
  public static final int SOCK_DGRAM = 2;

  /** Datagrams with all their headers. */
  public static final int SOCK_RAW = 3;

  /** Does not block. */
  public static final int SOCK_NONBLOCK = 0x800;

  /** Is not inherited by programs that this process starts. */
  public static final int SOCK_CLOEXEC = 0x80000;

  /** Options of every socket. */
  public static final int SOL_SOCKET = 1;

  /** How much may wait to be received. */
  public static final int SO_RCVBUF = 8;

  /** The same beyond the system's limit, for the privileged. */
  public static final int SO_RCVBUFFORCE = 33;

  /** Does not wait. */
  public static final int MSG_DONTWAIT = 0x40;

  /** Tells the length of the datagram even when it was cut. */
  public static final int MSG_TRUNC = 0x20;

  /** There is something to read. */
  public static final short POLLIN = 1;

  /** Octets of a {@code struct pollfd}: the descriptor, the events asked for, those seen. */
  public static final int POLLFD_LENGTH = 8;

  /** Asks the driver of an interface what ethtool asks. */
  public static final int SIOCETHTOOL = 0x8946;

  /** Octets of the name of an interface with the zero at its end, {@code IFNAMSIZ}. */
  public static final int INTERFACE_NAME = 16;

  /** Read only. */
  public static final int O_RDONLY = 0;

  /** Is not inherited by programs that this process starts. */
  public static final int O_CLOEXEC = 0x80000;

  /** A network namespace. */
  public static final int CLONE_NEWNET = 0x4000_0000;

  private Sockets() {}

  /**
   * A buffer as {@link Libc} wants it.
   *
   * @param length octets
   * @return a new direct buffer in the byte order of the machine, filled with zeros
   */
  public static ByteBuffer buffer(int length) {
    return ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
  }

  /**
   * A buffer that holds an int, as most options are.
   *
   * @param value the int
   * @return a new buffer, ready to be read
   */
  public static ByteBuffer ofInt(int value) {
    return buffer(Integer.BYTES).putInt(0, value);
  }
}
