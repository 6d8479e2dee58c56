package org.macsec4j.spi;

import java.util.Objects;

/**
 * Whether a backend can work here.
 *
 * @param available whether it can
 * @param reason when not, why not and what would help; otherwise a word on what was found
 */
public record Availability(boolean available, String reason) {
  /**
   * Checks that there is a reason.
   *
   * @param available whether it can
   * @param reason when not, why not and what would help
   */
  public Availability {
    Objects.requireNonNull(reason, "reason");
  }

  /**
   * It can work.
   *
   * @param found what was found, for instance {@code Linux 6.12}
   * @return an availability
   */
  public static Availability yes(String found) {
    return new Availability(true, found);
  }

  /**
   * It cannot work.
   *
   * @param reason why, and what would help
   * @return an availability
   */
  public static Availability no(String reason) {
    return new Availability(false, reason);
  }
}
