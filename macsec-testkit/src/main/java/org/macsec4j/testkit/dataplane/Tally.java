package org.macsec4j.testkit.dataplane;

import java.util.EnumMap;
import java.util.Map;
import org.macsec4j.Counter;
import org.macsec4j.Counters;

/** Counts the counters of one object. */
@SuppressWarnings("EnumOrdinal") // an EnumMap would box a Long for each frame
final class Tally<C extends Enum<C> & Counter> {
  private final Class<C> type;
  private final long[] values;

  Tally(Class<C> type) {
    this.type = type;
    values = new long[type.getEnumConstants().length];
  }

  void count(C counter) {
    values[counter.ordinal()]++;
  }

  void add(C counter, long amount) {
    values[counter.ordinal()] += amount;
  }

  Counters<C> counters() {
    Map<C, Long> map = new EnumMap<>(type);
    for (C counter : type.getEnumConstants()) {
      map.put(counter, values[counter.ordinal()]);
    }
    return Counters.of(type, map);
  }
}
