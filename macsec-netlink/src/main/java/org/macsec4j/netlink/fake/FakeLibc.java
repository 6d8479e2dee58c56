package org.macsec4j.netlink.fake;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.libc.Sockets;

/**
 * A C library over no kernel. Netlink requests are answered by a {@link NetlinkScript}; frames of
 * packet sockets are kept, and frames and notices are delivered when the test says so; any call can
 * be made to fail.
 *
 * <p>Safe for several threads, as code under test may have a thread that waits.
 */
public final class FakeLibc implements Libc {
  private static final int FIRST_DESCRIPTOR = 100;
  private static final int BOUND_INDEX_AT = 4;
  private static final int ETHER_TYPE_AT = 2;
  private static final int EVERY_ETHER_TYPE = 0x0003;

  private final NetlinkScript script;
  private final Object lock = new Object();
  // Guarded by the lock.
  private final Map<Integer, Socket> sockets = new HashMap<>();
  private final Map<String, Queue<Integer>> failures = new HashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final List<byte[]> frames = new ArrayList<>();
  private int nextDescriptor = FIRST_DESCRIPTOR;

  private static final class Socket {
    final int domain;
    final int protocol;
    final Queue<byte[]> queue = new ArrayDeque<>();
    int largestReceive;
    int index;
    int etherType;
    int peer;

    Socket(int domain, int protocol) {
      this.domain = domain;
      this.protocol = protocol;
    }
  }

  /**
   * A system.
   *
   * @param script what its kernel answers
   */
  public FakeLibc(NetlinkScript script) {
    this.script = script;
  }

  /**
   * Makes the next call of a function fail; said twice, the next two.
   *
   * @param function its name, such as {@code recv}
   * @param errno the error number, positive
   */
  public void failNext(String function, int errno) {
    synchronized (lock) {
      failures.computeIfAbsent(function, name -> new ArrayDeque<>()).add(errno);
    }
  }

  /**
   * The calls that set something up, in their order: {@code open}, {@code setns}, {@code socket},
   * {@code bind}, {@code setsockopt}, {@code close}, with their arguments.
   *
   * @return a copy
   */
  public List<String> calls() {
    synchronized (lock) {
      return List.copyOf(calls);
    }
  }

  /**
   * The frames that were sent by packet sockets.
   *
   * @return a copy
   */
  public List<byte[]> frames() {
    synchronized (lock) {
      return List.copyOf(frames);
    }
  }

  /**
   * How many descriptors are open.
   *
   * @return at least 0
   */
  public int openDescriptors() {
    synchronized (lock) {
      return sockets.size();
    }
  }

  /**
   * The room of the smallest first receive of any netlink socket that received.
   *
   * @return octets
   */
  public int smallestReceive() {
    synchronized (lock) {
      return sockets.values().stream()
          .filter(socket -> socket.domain == Sockets.AF_NETLINK && socket.largestReceive > 0)
          .mapToInt(socket -> socket.largestReceive)
          .min()
          .orElse(0);
    }
  }

  /**
   * Delivers a frame to the packet sockets of its EtherType, or of all, on an interface.
   *
   * @param index the interface
   * @param frame the frame
   */
  public void deliver(int index, byte[] frame) {
    int etherType = (frame[12] & 0xFF) << 8 | (frame[13] & 0xFF);
    synchronized (lock) {
      for (Socket socket : sockets.values()) {
        if (socket.domain == Sockets.AF_PACKET
            && socket.index == index
            && (socket.etherType == etherType || socket.etherType == EVERY_ETHER_TYPE)) {
          socket.queue.add(frame.clone());
        }
      }
      lock.notifyAll();
    }
  }

  /**
   * Delivers a notice to all netlink sockets of a protocol.
   *
   * @param protocol the protocol
   * @param datagram the notice
   */
  public void announce(int protocol, byte[] datagram) {
    synchronized (lock) {
      for (Socket socket : sockets.values()) {
        if (socket.domain == Sockets.AF_NETLINK && socket.protocol == protocol) {
          socket.queue.add(datagram.clone());
        }
      }
      lock.notifyAll();
    }
  }

  /** The failure that was asked for, negative; 0 when none was. Guarded by the lock. */
  private int failure(String function) {
    Queue<Integer> waiting = failures.get(function);
    Integer errno = waiting == null ? null : waiting.poll();
    return errno == null ? 0 : -errno;
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    synchronized (lock) {
      calls.add("socket " + domain + " " + protocol);
      int failure = failure("socket");
      return failure < 0 ? failure : add(new Socket(domain, protocol));
    }
  }

  private int add(Socket socket) {
    int descriptor = nextDescriptor++;
    sockets.put(descriptor, socket);
    return descriptor;
  }

  @Override
  public int socketpair(int domain, int type, ByteBuffer descriptors) {
    synchronized (lock) {
      Socket one = new Socket(domain, 0);
      Socket other = new Socket(domain, 0);
      int first = add(one);
      other.peer = first;
      one.peer = add(other);
      descriptors.putInt(descriptors.position(), first);
      descriptors.putInt(descriptors.position() + Integer.BYTES, one.peer);
      return failure("socketpair");
    }
  }

  @Override
  public int bind(int descriptor, ByteBuffer address) {
    synchronized (lock) {
      Socket socket = sockets.get(descriptor);
      if (socket == null) {
        return -Errno.EBADF;
      }
      if (socket.domain == Sockets.AF_PACKET) {
        socket.index = address.getInt(BOUND_INDEX_AT);
        socket.etherType =
            (address.get(ETHER_TYPE_AT) & 0xFF) << 8 | (address.get(ETHER_TYPE_AT + 1) & 0xFF);
        calls.add("bind " + socket.index + " " + Integer.toHexString(socket.etherType));
      }
      return failure("bind");
    }
  }

  @Override
  public int getsockname(int descriptor, ByteBuffer address) {
    return 0;
  }

  @Override
  public int setsockopt(int descriptor, int level, int option, ByteBuffer value) {
    synchronized (lock) {
      calls.add("setsockopt " + level + " " + option);
      return failure("setsockopt");
    }
  }

  @Override
  public int send(int descriptor, ByteBuffer data, int flags) {
    byte[] octets = copy(data);
    Socket socket;
    synchronized (lock) {
      int failure = failure("send");
      socket = sockets.get(descriptor);
      if (failure < 0 || socket == null) {
        return failure < 0 ? failure : -Errno.EBADF;
      }
      if (socket.domain == Sockets.AF_PACKET) {
        frames.add(octets);
      } else if (socket.domain == Sockets.AF_UNIX) {
        Socket peer = sockets.get(socket.peer);
        if (peer != null) {
          peer.queue.add(octets);
        }
        lock.notifyAll();
      }
    }
    if (socket.domain == Sockets.AF_NETLINK) {
      answer(socket, octets);
    }
    return octets.length;
  }

  private void answer(Socket socket, byte[] request) {
    List<byte[]> answers = script.answer(socket.protocol, request);
    synchronized (lock) {
      socket.queue.addAll(answers);
      lock.notifyAll();
    }
  }

  private static byte[] copy(ByteBuffer data) {
    byte[] octets = new byte[data.remaining()];
    data.get(data.position(), octets);
    return octets;
  }

  @Override
  public int recv(int descriptor, ByteBuffer data, int flags) {
    synchronized (lock) {
      Socket socket = sockets.get(descriptor);
      if (socket == null) {
        return -Errno.EBADF;
      }
      socket.largestReceive = Math.max(socket.largestReceive, data.remaining());
      int failure = socket.domain == Sockets.AF_UNIX ? 0 : failure("recv");
      byte @Nullable [] datagram = failure < 0 ? null : socket.queue.poll();
      if (datagram == null) {
        return failure < 0 ? failure : -Errno.EAGAIN;
      }
      int length = Math.min(datagram.length, data.remaining());
      data.put(data.position(), datagram, 0, length);
      return (flags & Sockets.MSG_TRUNC) != 0 ? datagram.length : length;
    }
  }

  @Override
  public int poll(ByteBuffer descriptors, int timeoutMillis) {
    long end = System.nanoTime() + timeoutMillis * 1_000_000L;
    synchronized (lock) {
      int ready = mark(descriptors);
      long left = (end - System.nanoTime()) / 1_000_000L;
      while (ready == 0 && left > 0) {
        try {
          lock.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return -Errno.EINTR;
        }
        ready = mark(descriptors);
        left = (end - System.nanoTime()) / 1_000_000L;
      }
      return ready;
    }
  }

  /** Guarded by the lock. */
  private int mark(ByteBuffer descriptors) {
    int ready = 0;
    for (int at = descriptors.position();
        at + Sockets.POLLFD_LENGTH <= descriptors.limit();
        at += Sockets.POLLFD_LENGTH) {
      Socket socket = sockets.get(descriptors.getInt(at));
      boolean readable = socket == null || !socket.queue.isEmpty();
      short seen = readable ? Sockets.POLLIN : 0;
      descriptors.putShort(at + Integer.BYTES + Short.BYTES, seen);
      ready += readable ? 1 : 0;
    }
    return ready;
  }

  @Override
  public int open(String path, int flags) {
    synchronized (lock) {
      calls.add("open " + path);
      int failure = failure("open");
      return failure < 0 ? failure : add(new Socket(0, 0));
    }
  }

  @Override
  public int setns(int descriptor, int type) {
    synchronized (lock) {
      calls.add("setns on " + Thread.currentThread().getName());
      return failure("setns");
    }
  }

  @Override
  public int ioctl(int descriptor, int request, String interfaceName, ByteBuffer data) {
    synchronized (lock) {
      int failure = sockets.containsKey(descriptor) ? failure("ioctl") : -Errno.EBADF;
      if (failure < 0) {
        return failure;
      }
    }
    return script.ioctl(request, interfaceName, data);
  }

  @Override
  public int close(int descriptor) {
    synchronized (lock) {
      lock.notifyAll();
      return sockets.remove(descriptor) == null ? -Errno.EBADF : failure("close");
    }
  }
}
