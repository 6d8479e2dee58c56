package org.macsec4j;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one object at one moment. A counter that the backend cannot supply is absent,
 * which is not the same as 0: hardware often counts only some.
 *
 * @param <C> which object's counters
 */
public final class Counters<C extends Enum<C> & Counter> {
  private final Map<C, Long> values;

  private Counters(Map<C, Long> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * Counters of a map.
   *
   * @param counters the enum of the counters
   * @param values the counters that are known; read as unsigned; copied
   * @param <C> which object's counters
   * @return the counters
   */
  public static <C extends Enum<C> & Counter> Counters<C> of(
      Class<C> counters, Map<C, Long> values) {
    EnumMap<C, Long> copy = new EnumMap<>(counters);
    copy.putAll(values);
    return new Counters<>(copy);
  }

  /**
   * No counter at all, for a backend that cannot tell any.
   *
   * @param <C> which object's counters
   * @return counters that are all absent
   */
  public static <C extends Enum<C> & Counter> Counters<C> absent() {
    return new Counters<>(Collections.<C, Long>emptyMap());
  }

  /**
   * One counter.
   *
   * @param counter which one
   * @return its value, read as unsigned; empty when the backend cannot supply it
   */
  public OptionalLong get(C counter) {
    Long value = values.get(counter);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /**
   * The counters that are known.
   *
   * @return an unmodifiable map in the order of the enum
   */
  public Map<C, Long> asMap() {
    return values;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Counters<?> counters && values.equals(counters.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Standard names and values. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(e -> e.getKey().standardName() + " " + Long.toUnsignedString(e.getValue()))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
