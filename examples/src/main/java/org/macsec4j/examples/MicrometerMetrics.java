package org.macsec4j.examples;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.mka.runtime.SessionMetrics;

/**
 * The numbers of a session as Micrometer's meters. A template: copy it, or parts of it, into an
 * application that has Micrometer; the library does not need it.
 *
 * <pre>{@code
 * MkaSession link = MkaSession.start(macsec, "eth0", config);
 * MicrometerMetrics metrics = new MicrometerMetrics(link, "eth0", Tags.of("site", "north"));
 * metrics.bindTo(registry);
 * }</pre>
 *
 * <p>Each metric has the name of {@link SessionMetrics} with {@value #PREFIX} before it, so a
 * registry shows it in its own spelling: {@code macsec.mka.mkpdusIn}, Prometheus {@code
 * macsec_mka_mkpdusIn_total}. Counters go on when SAs, channels or the SecY are made anew. What
 * comes later, as the counters of receive channels do, is registered when it is seen: at the next
 * reading.
 *
 * <p>Keep it: Micrometer does not. Its meters go when it or the session is closed, the latter at
 * the next reading.
 */
public final class MicrometerMetrics implements MeterBinder, AutoCloseable {
  /** What stands before each name. */
  public static final String PREFIX = "macsec.";

  /** One reading of a registry asks each meter; the session is asked once. */
  private static final long ONE_READING_NANOS = Duration.ofMillis(200).toNanos();

  private final MkaSession session;
  private final Tags tags;
  private final Map<String, Meter> meters = new HashMap<>();
  private @Nullable MeterRegistry registry;
  private @Nullable SessionMetrics latest;
  private long latestAt;

  /**
   * Metrics of a session, not bound yet.
   *
   * @param session the session
   * @param interfaceName becomes the tag {@code interface}
   * @param more other tags
   */
  public MicrometerMetrics(MkaSession session, String interfaceName, Iterable<Tag> more) {
    this.session = session;
    this.tags = Tags.of("interface", interfaceName).and(more);
  }

  /**
   * Registers what there is.
   *
   * @param to where
   * @throws IllegalStateException when it is bound already
   */
  @Override
  public synchronized void bindTo(MeterRegistry to) {
    if (registry != null) {
      throw new IllegalStateException("these metrics are bound already");
    }
    registry = to;
    read();
  }

  /** The numbers of now, or of the same reading; with meters for all that is new in them. */
  private synchronized @Nullable SessionMetrics read() {
    MeterRegistry to = registry;
    if (to == null) {
      return latest;
    }
    if (session.isClosed()) {
      close();
      return latest;
    }
    long now = to.config().clock().monotonicTime();
    SessionMetrics known = latest;
    if (known != null && now - latestAt < ONE_READING_NANOS) {
      return known;
    }
    SessionMetrics fresh = session.metrics();
    latest = fresh;
    latestAt = now;
    fresh.counters().keySet().forEach(name -> meters.computeIfAbsent(name, n -> counter(n, to)));
    fresh.gauges().keySet().forEach(name -> meters.computeIfAbsent(name, n -> gauge(n, to)));
    return fresh;
  }

  /** A session of before may have left meters of these names, which were not read since its end. */
  private void makeRoom(String name, MeterRegistry to) {
    to.find(PREFIX + name).tags(tags).meters().stream()
        .filter(meter -> meter.getId().getTags().equals(tags.stream().toList()))
        .forEach(to::remove);
  }

  private Meter counter(String name, MeterRegistry to) {
    makeRoom(name, to);
    return FunctionCounter.builder(
            PREFIX + name, this, metrics -> metrics.value(name, SessionMetrics::counters))
        .tags(tags)
        .register(to);
  }

  private Meter gauge(String name, MeterRegistry to) {
    makeRoom(name, to);
    return Gauge.builder(
            PREFIX + name, this, metrics -> metrics.value(name, SessionMetrics::gauges))
        .tags(tags)
        .register(to);
  }

  private double value(String name, Function<SessionMetrics, Map<String, Long>> which) {
    SessionMetrics metrics = read();
    long value = metrics == null ? 0 : which.apply(metrics).getOrDefault(name, 0L);
    // Counters are unsigned.
    return value >= 0 ? value : 2.0 * (value >>> 1);
  }

  /** Takes the meters away. Repeating it does no harm; the session goes on. */
  @Override
  public synchronized void close() {
    MeterRegistry from = registry;
    registry = null;
    if (from != null) {
      // Only its own: a later session's may have taken their place, and a registry goes by names.
      List<Meter> present = from.getMeters();
      meters.values().stream()
          .filter(own -> present.stream().anyMatch(meter -> meter == own))
          .forEach(from::remove);
    }
    meters.clear();
  }
}
