package org.macsec4j.netlink.jnr;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.libc.Sockets;

/** The C library of this process. It is loaded with the first call of {@link #system()}. */
public final class JnrLibc implements Libc {
  /** {@code struct ifreq}: the name, then a union that is largest on 64-bit machines. */
  private static final int IFREQ_LENGTH = 40;

  private final LibcFunctions functions;
  private final Runtime runtime;

  private JnrLibc() {
    functions = LibraryLoader.create(LibcFunctions.class).load("c");
    runtime = Runtime.getRuntime(functions);
  }

  private static final class Holder {
    static final Libc SYSTEM = new JnrLibc();
  }

  /**
   * The C library.
   *
   * @return the one instance
   * @throws LinkageError when native code cannot be loaded here
   */
  public static Libc system() {
    return Holder.SYSTEM;
  }

  /**
   * jnr-ffi keeps the error number of a thread's last call; it says something only after a failure.
   */
  private int answer(long result) {
    return result < 0 ? -runtime.getLastError() : (int) result;
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    return answer(functions.socket(domain, type, protocol));
  }

  @Override
  public int socketpair(int domain, int type, ByteBuffer descriptors) {
    return answer(functions.socketpair(domain, type, 0, descriptors));
  }

  @Override
  public int bind(int descriptor, ByteBuffer address) {
    return answer(functions.bind(descriptor, address, address.remaining()));
  }

  @Override
  public int getsockname(int descriptor, ByteBuffer address) {
    ByteBuffer length = Sockets.ofInt(address.remaining());
    return answer(functions.getsockname(descriptor, address, length));
  }

  @Override
  public int setsockopt(int descriptor, int level, int option, ByteBuffer value) {
    return answer(functions.setsockopt(descriptor, level, option, value, value.remaining()));
  }

  @Override
  public int send(int descriptor, ByteBuffer data, int flags) {
    return answer(functions.send(descriptor, data, data.remaining(), flags));
  }

  @Override
  public int recv(int descriptor, ByteBuffer data, int flags) {
    return answer(functions.recv(descriptor, data, data.remaining(), flags));
  }

  @Override
  public int poll(ByteBuffer descriptors, int timeoutMillis) {
    int count = descriptors.remaining() / Sockets.POLLFD_LENGTH;
    return answer(functions.poll(descriptors, count, timeoutMillis));
  }

  @Override
  public int open(String path, int flags) {
    return answer(functions.open(path, flags));
  }

  @Override
  public int setns(int descriptor, int type) {
    return answer(functions.setns(descriptor, type));
  }

  @Override
  public int ioctl(int descriptor, int request, String interfaceName, ByteBuffer data) {
    byte[] name = interfaceName.getBytes(StandardCharsets.UTF_8);
    if (name.length >= Sockets.INTERFACE_NAME) {
      return -Errno.EINVAL;
    }
    ByteBuffer argument = Sockets.buffer(IFREQ_LENGTH);
    argument.put(0, name);
    Pointer pointer = Pointer.wrap(runtime, data);
    long address = pointer.address() + data.position();
    if (runtime.addressSize() == Long.BYTES) {
      argument.putLong(Sockets.INTERFACE_NAME, address);
    } else {
      argument.putInt(Sockets.INTERFACE_NAME, (int) address);
    }
    try {
      return answer(functions.ioctl(descriptor, Integer.toUnsignedLong(request), argument));
    } finally {
      // The kernel writes through an address that the collector of garbage does not see.
      Reference.reachabilityFence(data);
    }
  }

  @Override
  public int close(int descriptor) {
    return answer(functions.close(descriptor));
  }
}
