package org.macsec4j.examples.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.mka.runtime.SessionOptions;

/**
 * Whether hardware shall protect a link, as files ask for it.
 *
 * @param policy whether
 * @param mode the only place that will do; empty when any will
 */
public record Offload(OffloadPolicy policy, Optional<OffloadMode> mode) {
  /** By software. */
  public static final Offload NONE = new Offload(OffloadPolicy.OFF, Optional.empty());

  private static final String RANGE =
      "is off, prefer or require, the last two maybe with mac or phy";

  /** The numbers that the kernel has for them, and others took over. */
  private static final List<OffloadMode> BY_NUMBER =
      List.of(OffloadMode.SOFTWARE, OffloadMode.PHY, OffloadMode.MAC);

  /** Reads {@code prefer}, {@code require mac} and the like. */
  static Offload parse(String text) {
    String[] words = text.strip().toUpperCase(Locale.ROOT).split("\\s+", -1);
    try {
      OffloadPolicy policy = OffloadPolicy.valueOf(words[0]);
      if (words.length == 1) {
        return new Offload(policy, Optional.empty());
      }
      OffloadMode mode = OffloadMode.valueOf(words[1]);
      if (words.length == 2 && mode != OffloadMode.SOFTWARE && policy != OffloadPolicy.OFF) {
        return new Offload(policy, Optional.of(mode));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(RANGE, e);
    }
    throw new IllegalArgumentException(RANGE);
  }

  /** Reads the kernel's number, which for those who have it is no wish but a must. */
  static Offload parseNumber(String text) {
    try {
      OffloadMode mode = BY_NUMBER.get((int) Knob.number(text, 0, BY_NUMBER.size() - 1));
      return mode == OffloadMode.SOFTWARE
          ? NONE
          : new Offload(OffloadPolicy.REQUIRE, Optional.of(mode));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is 0 (off), 1 (PHY) or 2 (MAC)", e);
    }
  }

  /** The kernel's number that comes next to it; the MAC where any place will do. */
  int number() {
    return policy == OffloadPolicy.OFF ? 0 : BY_NUMBER.indexOf(mode.orElse(OffloadMode.MAC));
  }

  /**
   * Options of a session with it.
   *
   * @param options the others
   * @return new options
   */
  public SessionOptions addTo(SessionOptions options) {
    return mode.map(place -> options.withOffload(policy, place))
        .orElseGet(() -> options.withOffload(policy));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    String place = mode.map(where -> " " + where).orElse("");
    return (policy + place).toLowerCase(Locale.ROOT);
  }
}
