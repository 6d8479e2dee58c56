package org.macsec4j.examples.config;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 30}, {@code 30s}, {@code 500ms}, {@code 5m}. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)?");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Durations() {}

  /**
   * Reads a duration; seconds when there is no unit.
   *
   * @param text the text
   * @return the duration, 0 or longer
   * @throws IllegalArgumentException when it is none
   */
  public static Duration parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no duration such as 30s, 500ms, 5m, 2h or 1d");
    }
    String unit = form.group(2) == null ? "s" : form.group(2);
    return UNITS
        .getOrDefault(unit, Duration.ofSeconds(1))
        .multipliedBy(Long.parseLong(form.group(1)));
  }

  /** As {@link #parse} reads it: whole seconds, or milliseconds. */
  static String print(Duration duration) {
    return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
  }
}
