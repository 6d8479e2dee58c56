package org.macsec4j.it.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.macsec4j.netlink.jnr.JnrLibc;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.libc.Sockets;

/**
 * The C library of this process, with a hook before each request for a change. All else, and what
 * the hook lets pass, goes to the real kernel.
 */
final class Seam implements Libc {
  private static final int FLAGS_AT = 6;
  private static final int SEQUENCE_AT = 8;
  private static final int NLM_F_ACK = 4;

  private final Libc system = JnrLibc.system();
  private final Map<Integer, Integer> netlink = new ConcurrentHashMap<>();
  private volatile Hook hook = request -> request;
  private final AtomicInteger changes = new AtomicInteger();

  /** Looks at a request for a change and says what goes to the kernel in its place. */
  @FunctionalInterface
  interface Hook {
    /**
     * Called before a request is sent.
     *
     * @param request the request, of which it may change the octets
     * @return what is sent; its number becomes that of the request
     */
    ByteBuffer before(ByteBuffer request);
  }

  void hook(Hook next) {
    hook = next;
    changes.set(0);
  }

  /** Begins to count anew. */
  void restart() {
    changes.set(0);
  }

  /** How many changes were asked for since the hook was set. */
  int changes() {
    return changes.get();
  }

  @Override
  public int send(int descriptor, ByteBuffer data, int flags) {
    boolean change =
        netlink.containsKey(descriptor)
            && (data.getShort(data.position() + FLAGS_AT) & NLM_F_ACK) != 0;
    return change ? sendChange(descriptor, data, flags) : system.send(descriptor, data, flags);
  }

  private int sendChange(int descriptor, ByteBuffer data, int flags) {
    changes.incrementAndGet();
    ByteBuffer instead = hook.before(data);
    instead.putInt(SEQUENCE_AT, data.getInt(data.position() + SEQUENCE_AT));
    int sent = system.send(descriptor, instead, flags);
    return sent < 0 ? sent : data.remaining();
  }

  /** Octets of a request in a buffer that the C library takes. */
  static ByteBuffer direct(ByteBuffer request) {
    ByteBuffer copy = Sockets.buffer(request.remaining());
    copy.put(request.duplicate()).flip();
    return copy.order(ByteOrder.nativeOrder());
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    int descriptor = system.socket(domain, type, protocol);
    if (domain == Sockets.AF_NETLINK && descriptor >= 0) {
      netlink.put(descriptor, protocol);
    }
    return descriptor;
  }

  @Override
  public int socketpair(int domain, int type, ByteBuffer descriptors) {
    return system.socketpair(domain, type, descriptors);
  }

  @Override
  public int bind(int descriptor, ByteBuffer address) {
    return system.bind(descriptor, address);
  }

  @Override
  public int getsockname(int descriptor, ByteBuffer address) {
    return system.getsockname(descriptor, address);
  }

  @Override
  public int setsockopt(int descriptor, int level, int option, ByteBuffer value) {
    return system.setsockopt(descriptor, level, option, value);
  }

  @Override
  public int recv(int descriptor, ByteBuffer data, int flags) {
    return system.recv(descriptor, data, flags);
  }

  @Override
  public int poll(ByteBuffer descriptors, int timeoutMillis) {
    return system.poll(descriptors, timeoutMillis);
  }

  @Override
  public int open(String path, int flags) {
    return system.open(path, flags);
  }

  @Override
  public int setns(int descriptor, int type) {
    return system.setns(descriptor, type);
  }

  @Override
  public int ioctl(int descriptor, int request, String interfaceName, ByteBuffer data) {
    return system.ioctl(descriptor, request, interfaceName, data);
  }

  @Override
  public int close(int descriptor) {
    netlink.remove(descriptor);
    return system.close(descriptor);
  }
}
