package org.macsec4j.examples.openconfig;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.macsec4j.Counter;
import org.macsec4j.Counters;

/**
 * Adds up counters under leaves. A leaf of which a part is not known, as hardware does not supply
 * every counter, is not known itself: a sum of the rest would say too little.
 */
final class Sums {
  private final Map<String, Long> values = new LinkedHashMap<>();
  private final Set<String> unknown = new HashSet<>();

  <C extends Enum<C> & Counter> void add(String leaf, Counters<C> counted, C counter) {
    OptionalLong value = counted.get(counter);
    if (value.isPresent()) {
      values.merge(leaf, value.getAsLong(), Long::sum);
    } else {
      unknown.add(leaf);
    }
  }

  /** The leaves that are known, in the order in which they came. */
  Map<String, Long> known() {
    values.keySet().removeAll(unknown);
    return values;
  }
}
