package org.macsec4j.mka.runtime;

import java.util.HashMap;
import java.util.Map;
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

  void take(SecySnapshot now) {
    SecySnapshot before = last == null ? now : last;
    add(before.counters(), now.counters());
    add(before.transmitSc().counters(), now.transmitSc().counters());
    for (ReceiveScSnapshot channel : now.receiveScs()) {
      Counters<?> known =
          before
              .receiveSc(channel.sci())
              .<Counters<?>>map(ReceiveScSnapshot::counters)
              .orElseGet(Counters::absent);
      add(known, channel.counters());
    }
    last = now;
  }

  private void add(Counters<?> before, Counters<?> now) {
    now.asMap()
        .forEach(
            (counter, value) -> {
              long was = before.asMap().getOrDefault(counter, 0L);
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
