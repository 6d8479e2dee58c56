package org.macsec4j.netlink.libc;

import java.nio.ByteBuffer;

/**
 * The calls of the C library that this module needs, and no more.
 *
 * <p>Each answers what the C function does, except that a failure is the negative error number, as
 * the kernel itself says it, instead of -1 and a number to be fetched from elsewhere: {@code
 * -Errno.EAGAIN}. Nothing throws.
 *
 * <p>Buffers are direct and in the byte order of the machine. A call works on the octets from the
 * position to the limit and moves neither. Safe for several threads.
 */
public interface Libc {
  /**
   * Makes a socket.
   *
   * @param domain the address family, such as {@code AF_NETLINK}
   * @param type the type with its flags, such as {@code SOCK_RAW | SOCK_CLOEXEC}
   * @param protocol the protocol
   * @return the descriptor, or a negative error number
   */
  int socket(int domain, int type, int protocol);

  /**
   * Makes two sockets that are connected to each other.
   *
   * @param domain the address family
   * @param type the type with its flags
   * @param descriptors room for two ints, which are filled
   * @return 0, or a negative error number
   */
  int socketpair(int domain, int type, ByteBuffer descriptors);

  /**
   * Binds a socket to an address.
   *
   * @param descriptor the socket
   * @param address the socket address structure
   * @return 0, or a negative error number
   */
  int bind(int descriptor, ByteBuffer address);

  /**
   * Asks for the address that a socket is bound to.
   *
   * @param descriptor the socket
   * @param address room for the structure, which is filled
   * @return 0, or a negative error number
   */
  int getsockname(int descriptor, ByteBuffer address);

  /**
   * Sets an option of a socket.
   *
   * @param descriptor the socket
   * @param level the protocol level
   * @param option the option
   * @param value its value
   * @return 0, or a negative error number
   */
  int setsockopt(int descriptor, int level, int option, ByteBuffer value);

  /**
   * Sends a datagram.
   *
   * @param descriptor the socket
   * @param data the datagram
   * @param flags flags such as {@code MSG_DONTWAIT}
   * @return how many octets were sent, or a negative error number
   */
  int send(int descriptor, ByteBuffer data, int flags);

  /**
   * Receives a datagram.
   *
   * @param descriptor the socket
   * @param data room for the datagram
   * @param flags flags such as {@code MSG_DONTWAIT}
   * @return the length received, with {@code MSG_TRUNC} that of the datagram even when there was
   *     less room; or a negative error number
   */
  int recv(int descriptor, ByteBuffer data, int flags);

  /**
   * Waits until a descriptor is ready.
   *
   * @param descriptors an array of {@code struct pollfd}, eight octets each
   * @param timeoutMillis how long at most, -1 without end
   * @return how many are ready, or a negative error number
   */
  int poll(ByteBuffer descriptors, int timeoutMillis);

  /**
   * Opens a file.
   *
   * @param path its path
   * @param flags flags such as {@code O_RDONLY | O_CLOEXEC}
   * @return the descriptor, or a negative error number
   */
  int open(String path, int flags);

  /**
   * Moves the calling thread, and it alone, into a namespace.
   *
   * @param descriptor an open file that stands for the namespace
   * @param type the kind of namespace that it must be, such as {@code CLONE_NEWNET}
   * @return 0, or a negative error number
   */
  int setns(int descriptor, int type);

  /**
   * Asks the driver of an interface by {@code ioctl}, with a {@code struct ifreq} that holds the
   * interface's name and a pointer to the data. Any socket will do: what counts is its network
   * namespace, in which the interface is looked for.
   *
   * @param descriptor a socket
   * @param request the request, such as {@code SIOCETHTOOL}
   * @param interfaceName 1..15 octets
   * @param data what the pointer points to; read and written by the kernel
   * @return at least 0, or a negative error number
   */
  int ioctl(int descriptor, int request, String interfaceName, ByteBuffer data);

  /**
   * Closes a descriptor.
   *
   * @param descriptor the descriptor
   * @return 0, or a negative error number
   */
  int close(int descriptor);
}
