package org.macsec4j.netlink;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.PacketNumberThreshold;
import org.macsec4j.SecyEvent;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.netlink.link.LinkMonitor;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.transport.SocketLoop;
import org.macsec4j.netlink.wire.MalformedMessageException;
import org.macsec4j.spi.Registration;
import org.macsec4j.spi.ThresholdAlarm;

/**
 * Tells what happens to SecYs.
 *
 * <p>The kernel tells of links alone: that one came, changed or went. Of channels, SAs, packet
 * numbers that run out and whether a SecY can send it tells nothing. So this looks now and then,
 * and whenever a link's notice gives a reason to, and tells the difference to what was there
 * before. {@link WatchPace} says how often.
 */
final class SecyWatch implements AutoCloseable {
  private final SocketLoop loop;
  private final Supplier<List<SecySnapshot>> secys;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final Registration links;
  // On the loop's thread alone, once it is made.
  private final Map<Integer, Seen> seen = new TreeMap<>();
  private boolean failing;
  private volatile boolean closed;
  private long lastNanos;
  private @Nullable Registration next;

  /** A SecY as it was seen last. */
  private record Seen(SecySnapshot snapshot, SecyShape shape) {}

  /** Hears of everything; its alarm of the packet numbers is its own. */
  private static final class Watcher {
    final Consumer<SecyEvent> listener;
    final ThresholdAlarm alarm;

    Watcher(PacketNumberThreshold threshold, Consumer<SecyEvent> listener) {
      this.listener = listener;
      this.alarm = new ThresholdAlarm(threshold, this::tell);
    }

    void tell(SecyEvent event) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        LinuxBackend.LOG.warn("a listener failed at {}", event, e);
      }
    }
  }

  /** Looks at once, so that nothing that happens after this is taken for what was there before. */
  SecyWatch(SocketLoop loop, LinkMonitor monitor, Supplier<List<SecySnapshot>> secys) {
    this.loop = loop;
    this.secys = secys;
    secys.get().forEach(secy -> seen.put(secy.id().index(), new Seen(secy, SecyShape.of(secy))));
    this.lastNanos = System.nanoTime();
    this.links = monitor.listen(new Reasons());
  }

  /** Looks soon, as the new listener may be beyond its threshold already. */
  Registration add(PacketNumberThreshold threshold, Consumer<SecyEvent> listener) {
    Watcher watcher = new Watcher(threshold, listener);
    watchers.add(watcher);
    soon();
    return () -> watchers.remove(watcher);
  }

  /** Something was changed through this backend: look at once. */
  void soon() {
    loop.execute(this::look);
  }

  /** Told with the next look, after that the SecY was made. */
  void tellLater(SecyEvent event) {
    loop.execute(
        () -> {
          look();
          tell(event);
        });
  }

  private void look() {
    if (next != null) {
      next.close();
    }
    long now = System.nanoTime();
    long delay = WatchPace.CALM_MILLIS;
    try {
      Map<Integer, SecySnapshot> present = new TreeMap<>();
      secys.get().forEach(secy -> present.put(secy.id().index(), secy));
      delay = delay(present, now - lastNanos);
      compare(present);
      failing = false;
    } catch (MacsecException | MalformedMessageException e) {
      notSeen(e);
    }
    lastNanos = now;
    next = loop.schedule(delay, this::look);
  }

  /** Events are missed from now on, which is to be known, once. */
  private void notSeen(RuntimeException e) {
    if (!failing && !closed) {
      LinuxBackend.LOG.warn("the watch cannot look at the SecYs: {}", e.getMessage());
    }
    failing = true;
  }

  private void compare(Map<Integer, SecySnapshot> present) {
    List<Seen> gone =
        seen.values().stream()
            .filter(old -> !present.containsKey(old.snapshot.id().index()))
            .toList();
    for (Seen old : gone) {
      seen.remove(old.snapshot.id().index());
      watchers.forEach(watcher -> watcher.alarm.forget(old.snapshot.id()));
      tell(new SecyEvent.Removed(old.snapshot.id()));
    }
    for (SecySnapshot secy : present.values()) {
      Seen now = new Seen(secy, SecyShape.of(secy));
      Seen old = seen.put(secy.id().index(), now);
      if (old == null) {
        tell(new SecyEvent.Created(secy.id()));
      } else if (!old.shape.equals(now.shape)) {
        tell(new SecyEvent.Changed(secy.id()));
      }
      watchers.forEach(watcher -> watcher.alarm.look(secy));
      tellExhausted(old, secy);
      if (old != null && old.snapshot.operational() != secy.operational()) {
        tell(new SecyEvent.OperationalChanged(secy.id(), secy.operational()));
      }
    }
  }

  private void tellExhausted(@Nullable Seen old, SecySnapshot now) {
    for (TransmitSaSnapshot sa : now.transmitSc().sas()) {
      boolean toldBefore =
          old != null
              && old.snapshot
                  .transmitSc()
                  .sa(sa.an())
                  .filter(was -> was.isExhausted() && was.key().equals(sa.key()))
                  .isPresent();
      if (sa.isExhausted() && !toldBefore) {
        tell(new SecyEvent.PacketNumbersExhausted(now.id(), sa.an()));
      }
    }
  }

  private long delay(Map<Integer, SecySnapshot> present, long elapsedNanos) {
    List<PacketNumberThreshold> thresholds =
        watchers.stream().map(watcher -> watcher.alarm.threshold()).toList();
    long shortest = WatchPace.CALM_MILLIS;
    for (SecySnapshot secy : present.values()) {
      Seen old = seen.get(secy.id().index());
      for (TransmitSaSnapshot sa : secy.transmitSc().sas()) {
        TransmitSaSnapshot was =
            old == null ? null : old.snapshot.transmitSc().sa(sa.an()).orElse(null);
        if (was != null) {
          CipherSuite suite = secy.config().cipherSuite();
          shortest =
              Math.min(shortest, WatchPace.delayMillis(suite, was, sa, elapsedNanos, thresholds));
        }
      }
    }
    return shortest;
  }

  private void tell(SecyEvent event) {
    watchers.forEach(watcher -> watcher.tell(event));
  }

  @Override
  public void close() {
    closed = true;
    links.close();
    watchers.clear();
  }

  private final class Reasons implements LinkMonitor.Listener {
    @Override
    public void present(LinkInfo link) {
      lookIfMacsec(link);
    }

    @Override
    public void gone(LinkInfo link) {
      lookIfMacsec(link);
    }

    private void lookIfMacsec(LinkInfo link) {
      if (link.isMacsec()) {
        look();
      }
    }

    @Override
    public void lost() {
      look();
    }
  }
}
