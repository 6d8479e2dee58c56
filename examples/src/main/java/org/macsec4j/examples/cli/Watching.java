package org.macsec4j.examples.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacsecException;
import org.macsec4j.PacketNumberThreshold;
import org.macsec4j.SecyEvent;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.spi.Registration;

/**
 * Prints events until there were enough of them, the time is over, nobody reads any more, or it is
 * stopped. The backend's thread only hands events over: what is slow, to read a SecY and to print,
 * is done on the thread that called.
 */
final class Watching {
  private static final int CAPACITY = 10_000;
  private static final long PATIENCE_NANOS = Duration.ofMillis(250).toNanos();

  private final LinuxBackend backend;
  private final LinuxOptions options;
  private final PrintWriter out;
  private final PrintWriter err;
  private final BlockingQueue<Heard> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong lost = new AtomicLong();
  private final Map<Integer, SecySnapshot> known = new HashMap<>();
  private volatile boolean stopped;

  private record Heard(Instant time, SecyEvent event) {}

  Watching(LinuxBackend backend, LinuxOptions options, PrintWriter out, PrintWriter err) {
    this.backend = backend;
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /** Ends it soon; from any thread. */
  void stop() {
    stopped = true;
  }

  /**
   * Watches.
   *
   * @throws MacsecException when the SecYs cannot be watched
   */
  void run(PacketNumberThreshold threshold, @Nullable Duration limit, long count)
      throws InterruptedException {
    long begin = System.nanoTime();
    long nanos = limit == null ? Long.MAX_VALUE : limit.toNanos();
    // Before the watch: what it tells of is then always a difference to this.
    backend.readAll().forEach(secy -> known.put(secy.id().index(), secy));
    Registration watch = backend.watch(threshold, this::hear);
    try {
      long printed = 0;
      long left = nanos;
      while (!stopped && printed < count && left > 0) {
        Heard heard = queue.poll(Math.min(left, PATIENCE_NANOS), TimeUnit.NANOSECONDS);
        if (heard != null) {
          print(heard);
          printed++;
        }
        tellLost();
        // A pipe that nobody reads any more.
        stopped |= out.checkError();
        left = nanos - (System.nanoTime() - begin);
      }
    } finally {
      watch.close();
    }
  }

  private void hear(SecyEvent event) {
    if (options.isMeant(event.secy().name()) && !queue.offer(new Heard(Instant.now(), event))) {
      lost.incrementAndGet();
    }
  }

  private void print(Heard heard) {
    SecyEvent event = heard.event();
    SecySnapshot before = known.remove(event.secy().index());
    SecySnapshot now = event instanceof SecyEvent.Removed ? null : read(event.secy()).orElse(null);
    if (now != null) {
      known.put(now.id().index(), now);
    }
    List<String> changes =
        before == null || now == null ? List.of() : SecyDifference.between(before, now);
    EventLine line = new EventLine(heard.time(), event, now, changes);
    out.println(options.json() ? line.json() : line.text());
    out.flush();
  }

  /** Empty when it is gone by now, or hidden. */
  private Optional<SecySnapshot> read(SecyId secy) {
    try {
      return Optional.of(backend.read(secy));
    } catch (MacsecException e) {
      return Optional.empty();
    }
  }

  private void tellLost() {
    long count = lost.getAndSet(0);
    if (count > 0) {
      err.println("macsec watch: " + count + " events were lost, as they came too fast");
      err.flush();
    }
  }
}
