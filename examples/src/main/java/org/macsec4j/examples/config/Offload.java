package org.macsec4j.examples.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.ReplayProtection;
import org.macsec4j.mka.runtime.SessionOptions;

/**
 * Whether hardware shall protect a link, as files ask for it.
 *
 * @param policy whether
 * @param mode the only place that will do; empty when any will
 * @param windows replay windows that will do where the hardware refuses the configured one
 */
public record Offload(OffloadPolicy policy, Optional<OffloadMode> mode, List<Integer> windows) {
  /** By software. */
  public static final Offload NONE = of(OffloadPolicy.OFF, Optional.empty());

  private static final String RANGE =
      "is off, prefer or require, the last two maybe with mac or phy, and then maybe with window and"
          + " one or more of 0..1073741823";

  private static final String WINDOW = "WINDOW";

  /** The numbers that the kernel has for them, and others took over. */
  private static final List<OffloadMode> BY_NUMBER =
      List.of(OffloadMode.SOFTWARE, OffloadMode.PHY, OffloadMode.MAC);

  private static Offload of(OffloadPolicy policy, Optional<OffloadMode> mode) {
    return new Offload(policy, mode, List.of());
  }

  /** Reads {@code prefer}, {@code require mac}, {@code prefer window 64 128} and the like. */
  static Offload parse(String text) {
    List<String> words = Arrays.asList(text.strip().toUpperCase(Locale.ROOT).split("\\s+", -1));
    int window = words.indexOf(WINDOW);
    List<String> head = window < 0 ? words : words.subList(0, window);
    List<String> windows = window < 0 ? List.of() : words.subList(window + 1, words.size());
    try {
      OffloadPolicy policy = OffloadPolicy.valueOf(words.get(0));
      Optional<OffloadMode> mode = head.stream().skip(1).findFirst().map(OffloadMode::valueOf);
      boolean plain = mode.isEmpty() && window < 0;
      boolean wellFormed = head.size() <= 2 && (window < 0 || !windows.isEmpty());
      boolean hardware = !mode.equals(Optional.of(OffloadMode.SOFTWARE));
      if (wellFormed && hardware && (plain || policy != OffloadPolicy.OFF)) {
        return new Offload(policy, mode, windows.stream().map(Offload::window).toList());
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(RANGE, e);
    }
    throw new IllegalArgumentException(RANGE);
  }

  private static int window(String text) {
    return (int) Knob.number(text, 0, ReplayProtection.MAX_WINDOW_XPN);
  }

  /** Reads the kernel's number, which for those who have it is no wish but a must. */
  static Offload parseNumber(String text) {
    try {
      OffloadMode mode = BY_NUMBER.get((int) Knob.number(text, 0, BY_NUMBER.size() - 1));
      return mode == OffloadMode.SOFTWARE ? NONE : of(OffloadPolicy.REQUIRE, Optional.of(mode));
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
        .orElseGet(() -> options.withOffload(policy))
        .withOffloadReplayWindows(windows);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    String place = mode.map(where -> " " + where).orElse("");
    String others =
        windows.stream().map(window -> " " + window).collect(Collectors.joining("", " window", ""));
    return (policy + place + (windows.isEmpty() ? "" : others)).toLowerCase(Locale.ROOT);
  }
}
