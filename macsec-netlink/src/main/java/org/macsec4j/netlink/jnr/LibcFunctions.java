package org.macsec4j.netlink.jnr;

import java.nio.ByteBuffer;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/**
 * What jnr-ffi binds by name. Not to be called by others: see {@link JnrLibc}.
 *
 * <p>No function has more than six arguments, as calls with more take a path that is slower many
 * times over and allocates.
 */
@SuppressWarnings("checkstyle:MethodName") // the C library's names
public interface LibcFunctions {
  /**
   * Makes a socket.
   *
   * @param domain address family
   * @param type type and flags
   * @param protocol protocol
   * @return descriptor or -1
   */
  int socket(int domain, int type, int protocol);

  /**
   * Makes two connected sockets.
   *
   * @param domain address family
   * @param type type and flags
   * @param protocol protocol
   * @param descriptors room for two ints
   * @return 0 or -1
   */
  int socketpair(int domain, int type, int protocol, @Out ByteBuffer descriptors);

  /**
   * Binds a socket.
   *
   * @param descriptor the socket
   * @param address address structure
   * @param length its length
   * @return 0 or -1
   */
  int bind(int descriptor, @In ByteBuffer address, int length);

  /**
   * Asks for a socket's address.
   *
   * @param descriptor the socket
   * @param address room for the structure
   * @param length an int, its length
   * @return 0 or -1
   */
  int getsockname(int descriptor, @Out ByteBuffer address, ByteBuffer length);

  /**
   * Sets a socket option.
   *
   * @param descriptor the socket
   * @param level protocol level
   * @param option the option
   * @param value its value
   * @param length its length
   * @return 0 or -1
   */
  int setsockopt(int descriptor, int level, int option, @In ByteBuffer value, int length);

  /**
   * Sends a datagram.
   *
   * @param descriptor the socket
   * @param data the datagram
   * @param length its length
   * @param flags flags
   * @return octets sent or -1
   */
  @ssize_t
  long send(int descriptor, @In ByteBuffer data, @size_t long length, int flags);

  /**
   * Receives a datagram.
   *
   * @param descriptor the socket
   * @param data room for it
   * @param length how much room
   * @param flags flags
   * @return octets received or -1
   */
  @ssize_t
  long recv(int descriptor, @Out ByteBuffer data, @size_t long length, int flags);

  /**
   * Waits for descriptors.
   *
   * @param descriptors array of pollfd
   * @param count how many
   * @param timeoutMillis time or -1
   * @return how many are ready, or -1
   */
  int poll(ByteBuffer descriptors, @size_t long count, int timeoutMillis);

  /**
   * Opens a file.
   *
   * @param path its path
   * @param flags flags
   * @return descriptor or -1
   */
  int open(@In String path, int flags);

  /**
   * Moves the calling thread into a namespace.
   *
   * @param descriptor stands for the namespace
   * @param type the kind it must be
   * @return 0 or -1
   */
  int setns(int descriptor, int type);

  /**
   * Asks a driver. (The C library's function takes any arguments after the second; where this
   * module runs they are passed as others are.)
   *
   * @param descriptor a socket
   * @param request the request
   * @param argument a {@code struct ifreq}
   * @return at least 0, or -1
   */
  int ioctl(int descriptor, @size_t long request, ByteBuffer argument);

  /**
   * Closes a descriptor.
   *
   * @param descriptor the descriptor
   * @return 0 or -1
   */
  int close(int descriptor);
}
