package org.macsec4j.netlink;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacsecException;
import org.macsec4j.SecyEvent;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.netlink.link.LinkMonitor;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.transport.SocketLoop;
import org.macsec4j.spi.Registration;

/**
 * Tells what happens to SecYs.
 *
 * <p>The kernel tells of links alone: that one came, changed or went. Of channels, SAs, used up
 * packet numbers and whether a SecY can send it tells nothing. So this looks now and then, and
 * whenever a link's notice gives a reason to, and tells the difference to what was there before. It
 * looks more often when the packet numbers of an SA run out soon at the rate seen.
 */
final class SecyWatch implements AutoCloseable {
  /** How often to look when nothing presses. */
  static final long CALM_MILLIS = 1_000;

  /** How often at most. */
  static final long PRESSED_MILLIS = 50;

  /** So many looks before the packet numbers of an SA run out. */
  private static final int LOOKS_AHEAD = 8;

  private final SocketLoop loop;
  private final Supplier<List<SecySnapshot>> secys;
  private final List<Consumer<SecyEvent>> listeners = new CopyOnWriteArrayList<>();
  private final Registration links;
  // On the loop's thread alone, once it began.
  private final Map<Integer, Seen> seen = new TreeMap<>();
  private boolean begun;
  private long lastNanos;
  private @Nullable Registration next;

  /** A SecY as it was seen last. */
  private record Seen(SecySnapshot snapshot, SecyShape shape) {}

  SecyWatch(SocketLoop loop, LinkMonitor monitor, Supplier<List<SecySnapshot>> secys) {
    this.loop = loop;
    this.secys = secys;
    begin();
    this.links = monitor.listen(new Reasons());
    loop.execute(this::look);
  }

  /**
   * What is there now is known, and everything from now on is told: so this looks at once, before
   * the loop's thread has any part in it.
   */
  private void begin() {
    try {
      secys.get().forEach(secy -> seen.put(secy.id().index(), new Seen(secy, SecyShape.of(secy))));
      begun = true;
    } catch (MacsecException e) {
      LinuxBackend.LOG.debug("the SecYs cannot be looked at: {}", e.getMessage());
    }
  }

  Registration add(Consumer<SecyEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Something was changed through this backend: look at once. */
  void soon() {
    loop.execute(this::look);
  }

  private void look() {
    if (next != null) {
      next.close();
    }
    long now = System.nanoTime();
    long delay = CALM_MILLIS;
    try {
      Map<Integer, SecySnapshot> present = new TreeMap<>();
      secys.get().forEach(secy -> present.put(secy.id().index(), secy));
      delay = delay(present, now - lastNanos);
      compare(present);
    } catch (MacsecException e) {
      LinuxBackend.LOG.debug("the SecYs cannot be looked at: {}", e.getMessage());
    }
    lastNanos = now;
    next = loop.schedule(delay, this::look);
  }

  private void compare(Map<Integer, SecySnapshot> present) {
    List<Seen> gone =
        seen.values().stream()
            .filter(old -> !present.containsKey(old.snapshot.id().index()))
            .toList();
    for (Seen old : gone) {
      seen.remove(old.snapshot.id().index());
      tell(new SecyEvent.Removed(old.snapshot.id()));
    }
    for (SecySnapshot secy : present.values()) {
      Seen now = new Seen(secy, SecyShape.of(secy));
      Seen old = seen.put(secy.id().index(), now);
      if (old != null) {
        compare(old, now);
      } else if (begun) {
        tell(new SecyEvent.Created(secy.id()));
      }
    }
    begun = true;
  }

  private void compare(Seen old, Seen now) {
    SecyId id = now.snapshot.id();
    if (!old.shape.equals(now.shape)) {
      tell(new SecyEvent.Changed(id));
    }
    for (TransmitSaSnapshot sa : now.snapshot.transmitSc().sas()) {
      if (isExhausted(sa) && !wasExhausted(old, sa)) {
        tell(new SecyEvent.PacketNumbersExhausted(id, sa.an()));
      }
    }
    if (old.snapshot.operational() != now.snapshot.operational()) {
      tell(new SecyEvent.OperationalChanged(id, now.snapshot.operational()));
    }
  }

  /** An SA that came and was used up between two looks is news, too. */
  private static boolean wasExhausted(Seen old, TransmitSaSnapshot sa) {
    return old.snapshot
        .transmitSc()
        .sa(sa.an())
        .filter(was -> was.key().equals(sa.key()) && isExhausted(was))
        .isPresent();
  }

  private static boolean isExhausted(TransmitSaSnapshot sa) {
    return sa.nextPn().value() == 0;
  }

  private long delay(Map<Integer, SecySnapshot> present, long elapsedNanos) {
    double shortest = CALM_MILLIS;
    for (SecySnapshot secy : present.values()) {
      Seen old = seen.get(secy.id().index());
      for (TransmitSaSnapshot sa : secy.transmitSc().sas()) {
        TransmitSaSnapshot was =
            old == null ? null : old.snapshot.transmitSc().sa(sa.an()).orElse(null);
        if (was != null && was.key().equals(sa.key()) && !secy.config().cipherSuite().isXpn()) {
          double used = sa.nextPn().value() - was.nextPn().value();
          double left = 0xFFFF_FFFFL - sa.nextPn().value();
          double millis = used <= 0 ? CALM_MILLIS : left / used * elapsedNanos / 1e6;
          shortest = Math.min(shortest, millis / LOOKS_AHEAD);
        }
      }
    }
    return Math.max(PRESSED_MILLIS, (long) shortest);
  }

  private void tell(SecyEvent event) {
    for (Consumer<SecyEvent> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        LinuxBackend.LOG.warn("a listener failed at {}", event, e);
      }
    }
  }

  @Override
  public void close() {
    links.close();
    listeners.clear();
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
