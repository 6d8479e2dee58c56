package org.macsec4j.mka.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.macsec4j.Counters;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.SecySnapshot;

/**
 * Adds up what the counters of a SecY gain from look to look. So the sums go on when a channel or
 * the SecY itself goes, and their counters with it. What was counted after the last look at such a
 * channel is missed.
 *
 * <p>Not safe for threads.
 */
final class CounterLedger {
  private final Map<String, Long> sums = new TreeMap<>();

  /** By SecY, transmit channel or receive channel: what its counters were. */
  private Map<String, Map<String, Long>> last = new HashMap<>();

  /** What was counted before is not this session's. */
  void begin(SecySnapshot now) {
    last = scopes(now);
    last.forEach((scope, values) -> values.keySet().forEach(name -> sums.putIfAbsent(name, 0L)));
  }

  void take(SecySnapshot now) {
    Map<String, Map<String, Long>> present = scopes(now);
    present.forEach(
        (scope, values) -> {
          Map<String, Long> before = last.getOrDefault(scope, Map.of());
          values.forEach((name, value) -> add(name, before.getOrDefault(name, 0L), value));
        });
    last = present;
  }

  private void add(String name, long before, long now) {
    // A counter that is less than before began anew.
    long gain = Long.compareUnsigned(now, before) < 0 ? now : now - before;
    sums.merge(name, gain, Long::sum);
  }

  /** The sums by name; unsigned. */
  Map<String, Long> sums() {
    return new TreeMap<>(sums);
  }

  private static Map<String, Map<String, Long>> scopes(SecySnapshot now) {
    Map<String, Map<String, Long>> scopes = new HashMap<>();
    scopes.put("secy", values("secy.", now.counters()));
    scopes.put("transmit", values("transmit.", now.transmitSc().counters()));
    for (ReceiveScSnapshot channel : now.receiveScs()) {
      scopes.put(channel.sci().toHex(), values("receive.", channel.counters()));
    }
    return scopes;
  }

  private static Map<String, Long> values(String prefix, Counters<?> counters) {
    Map<String, Long> values = new HashMap<>();
    counters
        .asMap()
        .forEach((counter, value) -> values.put(prefix + counter.standardName(), value));
    return values;
  }
}
