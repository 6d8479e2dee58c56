package org.macsec4j.mka.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.macsec4j.Counter;
import org.macsec4j.Counters;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.SecyCounter;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitScCounter;

/**
 * Adds up what the counters of a SecY gain from look to look. So the sums go on when a channel or
 * the SecY itself goes, and their counters with it. What was counted after the last look at such a
 * channel is missed.
 *
 * <p>Not safe for threads.
 */
final class CounterLedger {
  private final Map<Counter, Long> sums = new HashMap<>();
  private @Nullable SecySnapshot last;

  /** What was counted before is not this session's. */
  void begin(SecySnapshot now) {
    last = now;
    take(now);
  }

  /** All that is counted from now on is this session's. */
  void beginAnew() {
    last = null;
  }

  void take(SecySnapshot now) {
    Optional<SecySnapshot> before = Optional.ofNullable(last);
    add(before.map(SecySnapshot::counters), now.counters());
    add(before.map(was -> was.transmitSc().counters()), now.transmitSc().counters());
    for (ReceiveScSnapshot channel : now.receiveScs()) {
      Optional<ReceiveScSnapshot> known = before.flatMap(was -> was.receiveSc(channel.sci()));
      add(known.map(ReceiveScSnapshot::counters), channel.counters());
    }
    last = now;
  }

  private void add(Optional<? extends Counters<?>> before, Counters<?> now) {
    Map<? extends Counter, Long> known = before.map(Counters::asMap).orElseGet(Map::of);
    now.asMap()
        .forEach(
            (counter, value) -> {
              long was = known.getOrDefault(counter, 0L);
              // A counter that is less than before began anew.
              long gain = Long.compareUnsigned(value, was) < 0 ? value : value - was;
              sums.merge(counter, gain, Long::sum);
            });
  }

  /** The sums by name; unsigned. */
  Map<String, Long> sums() {
    Map<String, Long> named = new TreeMap<>();
    sums.forEach((counter, sum) -> named.put(place(counter) + counter.standardName(), sum));
    return named;
  }

  private static String place(Counter counter) {
    if (counter instanceof SecyCounter) {
      return "secy.";
    }
    return counter instanceof TransmitScCounter ? "transmit." : "receive.";
  }
}
