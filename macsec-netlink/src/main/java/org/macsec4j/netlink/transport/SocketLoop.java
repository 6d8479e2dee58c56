package org.macsec4j.netlink.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.libc.Sockets;
import org.macsec4j.spi.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One daemon thread that waits for any number of sockets and for the time, and runs what belongs to
 * whichever came: everything that is received happens on it, one thing at a time.
 *
 * <p>Closing a descriptor does not wake who waits for it, so the thread waits for one end of a pair
 * of sockets too, and whoever wants its attention sends an octet into the other end. And a
 * descriptor that is closed while somebody reads it may stand for another socket by then, so the
 * sockets are closed on the thread too, when it reads none.
 *
 * <p>Safe for several threads. The thread starts with the first work and ends with {@link #close}.
 */
public final class SocketLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SocketLoop.class);
  private static final int MAX_WAIT_MILLIS = 60_000;
  private static final int FIRST_SOURCES = 8;

  /** How long {@link #close} waits for what the thread is doing. */
  private static final int END_MILLIS = 5_000;

  private final Libc libc;
  private final String name;
  private final int waker;
  private final int wakened;
  private final ByteBuffer octet = Sockets.buffer(1);
  // Of the thread alone, and kept from round to round, so that a round allocates nothing.
  private final ByteBuffer sink = Sockets.buffer(1);
  private final List<Source> waiting = new ArrayList<>();
  private final List<Runnable> due = new ArrayList<>();
  private ByteBuffer descriptors = Sockets.buffer(FIRST_SOURCES * Sockets.POLLFD_LENGTH);
  private final Object lock = new Object();
  // Guarded by the lock.
  private final List<Source> sources = new ArrayList<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong((Timer timer) -> timer.nanoTime));
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Queue<Source> removed = new ArrayDeque<>();
  private @Nullable Thread thread;
  private boolean closed;

  /** A socket, and what reads it. */
  private final class Source implements Runnable {
    private final int descriptor;
    private final Runnable onReadable;

    /** Guarded by the lock. */
    private boolean there = true;

    Source(int descriptor, Runnable onReadable) {
      this.descriptor = descriptor;
      this.onReadable = onReadable;
    }

    /** A descriptor that was taken out meanwhile may stand for another socket by now. */
    @Override
    public void run() {
      synchronized (lock) {
        if (!there) {
          return;
        }
      }
      onReadable.run();
    }
  }

  private record Timer(long nanoTime, Runnable task) {}

  /**
   * A loop whose thread has not started yet.
   *
   * @param libc the system
   * @param name the name of its thread
   * @throws NetlinkException when there is no descriptor left
   */
  public SocketLoop(Libc libc, String name) {
    this.libc = libc;
    this.name = name;
    ByteBuffer pair = Sockets.buffer(2 * Integer.BYTES);
    int type = Sockets.SOCK_DGRAM | Sockets.SOCK_CLOEXEC | Sockets.SOCK_NONBLOCK;
    int made = libc.socketpair(Sockets.AF_UNIX, type, pair);
    if (made < 0) {
      throw new NetlinkException("socketpair", -made);
    }
    waker = pair.getInt(0);
    wakened = pair.getInt(Integer.BYTES);
  }

  /**
   * Waits for a socket too, and closes it in the end, also when this loop is closed already.
   *
   * @param descriptor the socket; belongs to the loop from now on
   * @param onReadable runs on the thread whenever it can be read; must read until it would block
   * @return ends it when closed; after that it does not run any more, unless it runs just now, and
   *     the socket is closed as soon as it does not
   */
  public Registration add(int descriptor, Runnable onReadable) {
    Source source = new Source(descriptor, onReadable);
    if (!change(() -> sources.add(source))) {
      libc.close(descriptor);
    }
    return () -> remove(source);
  }

  private void remove(Source source) {
    synchronized (lock) {
      if (sources.remove(source)) {
        source.there = false;
        removed.add(source);
        wake();
      }
    }
  }

  /**
   * Runs a task on the thread, soon.
   *
   * @param task the task
   */
  public void execute(Runnable task) {
    change(() -> tasks.add(task));
  }

  /**
   * Runs a task on the thread, later.
   *
   * @param delayMillis when
   * @param task the task
   * @return cancels it when closed before it ran
   */
  public Registration schedule(long delayMillis, Runnable task) {
    Timer timer = new Timer(System.nanoTime() + delayMillis * 1_000_000L, task);
    change(() -> timers.add(timer));
    return () -> change(() -> timers.remove(timer));
  }

  /** False, and nothing is done, after the end. */
  private boolean change(Runnable what) {
    synchronized (lock) {
      if (closed) {
        return false;
      }
      what.run();
      if (thread == null) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
      }
      wake();
      return true;
    }
  }

  private void wake() {
    libc.send(waker, octet, Sockets.MSG_DONTWAIT);
  }

  private void run() {
    while (true) {
      int timeout;
      synchronized (lock) {
        if (closed) {
          break;
        }
        waiting.clear();
        waiting.addAll(sources);
        timeout = timeoutMillis();
      }
      due.clear();
      poll(timeout);
      takeDue();
      for (Runnable task : due) {
        runSafely(task);
      }
      closeRemoved();
    }
    synchronized (lock) {
      removed.addAll(sources);
      sources.clear();
      closeRemoved();
      closeWaker();
    }
  }

  private void closeRemoved() {
    synchronized (lock) {
      for (Source source = removed.poll(); source != null; source = removed.poll()) {
        libc.close(source.descriptor);
      }
    }
  }

  private void closeWaker() {
    libc.close(waker);
    libc.close(wakened);
  }

  /** Guarded by the lock. */
  private int timeoutMillis() {
    if (!tasks.isEmpty()) {
      return 0;
    }
    Timer next = timers.peek();
    if (next == null) {
      return MAX_WAIT_MILLIS;
    }
    long millis = (next.nanoTime - System.nanoTime() + 999_999L) / 1_000_000L;
    return (int) Math.max(0, Math.min(millis, MAX_WAIT_MILLIS));
  }

  private void poll(int timeout) {
    int needed = (waiting.size() + 1) * Sockets.POLLFD_LENGTH;
    if (descriptors.capacity() < needed) {
      descriptors = Sockets.buffer(2 * needed);
    }
    descriptors.clear();
    ask(wakened);
    for (Source source : waiting) {
      ask(source.descriptor);
    }
    libc.poll(descriptors.flip(), timeout);
    if (seen(0)) {
      drainWaker();
    }
    for (int i = 0; i < waiting.size(); i++) {
      if (seen(i + 1)) {
        due.add(waiting.get(i));
      }
    }
  }

  private void ask(int descriptor) {
    descriptors.putInt(descriptor).putShort(Sockets.POLLIN).putShort((short) 0);
  }

  private boolean seen(int index) {
    int revents = index * Sockets.POLLFD_LENGTH + Integer.BYTES + Short.BYTES;
    return descriptors.getShort(revents) != 0;
  }

  private void drainWaker() {
    while (libc.recv(wakened, sink, Sockets.MSG_DONTWAIT) > 0) {
      sink.clear();
    }
  }

  private void takeDue() {
    synchronized (lock) {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        due.add(task);
      }
      long now = System.nanoTime();
      for (Timer next = timers.peek();
          next != null && next.nanoTime - now <= 0;
          next = timers.peek()) {
        due.add(next.task);
        timers.remove();
      }
    }
  }

  /** One receiver's fault must not end the others'. */
  private void runSafely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("{}: a task failed", name, e);
    }
  }

  /**
   * Ends the thread after what it does just now, and closes the sockets. What has not run will not.
   * Waits for that, at most five seconds, unless called on the thread itself; hold no lock that a
   * task could wait for.
   */
  @Override
  public void close() {
    Thread ending;
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      ending = thread;
      if (ending == null) {
        closeWaker();
        return;
      }
      wake();
    }
    if (ending != Thread.currentThread()) {
      awaitEnd(ending);
    }
  }

  private void awaitEnd(Thread ending) {
    try {
      ending.join(END_MILLIS);
      if (ending.isAlive()) {
        LOG.warn(
            "{}: a task still runs after {} ms; the thread ends when it does", name, END_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
