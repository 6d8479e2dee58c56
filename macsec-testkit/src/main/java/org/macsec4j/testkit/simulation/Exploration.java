package org.macsec4j.testkit.simulation;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sums up the outcomes of many worlds. Not for several threads. */
public final class Exploration {
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final TreeMap<Long, Long> recoveryMillis = new TreeMap<>();
  private long worlds;
  private long healthyWorlds;
  private long failures;
  private long userFrames;
  private long deliveries;
  private long mkpdus;
  private long recovered;
  private Duration virtualTime = Duration.ZERO;

  /** Nothing was seen yet. */
  public Exploration() {}

  /**
   * Adds a world.
   *
   * @param outcome what became of it
   */
  public void add(Outcome outcome) {
    worlds++;
    healthyWorlds += outcome.healthy() ? 1 : 0;
    failures += outcome.passed() ? 0 : 1;
    userFrames += outcome.userFrames();
    deliveries += outcome.deliveries();
    mkpdus += outcome.mkpdus();
    virtualTime = virtualTime.plus(outcome.virtualTime());
    outcome.faults().forEach((fault, count) -> faults.merge(fault, count, Long::sum));
    if (!outcome.healthy() && outcome.recovery().isPresent()) {
      recoveryMillis.merge(outcome.recovery().get().toMillis(), 1L, Long::sum);
      recovered++;
    }
  }

  /**
   * How many worlds were added.
   *
   * @return worlds
   */
  public long worlds() {
    return worlds;
  }

  /**
   * In how many of them nothing went wrong by design.
   *
   * @return worlds
   */
  public long healthyWorlds() {
    return healthyWorlds;
  }

  /**
   * In how many worlds a rule did not hold.
   *
   * @return worlds
   */
  public long failures() {
    return failures;
  }

  /**
   * How much time passed in all worlds together.
   *
   * @return virtual time
   */
  public Duration virtualTime() {
    return virtualTime;
  }

  /**
   * How many frames users sent.
   *
   * @return frames
   */
  public long userFrames() {
    return userFrames;
  }

  /**
   * How many frames users got.
   *
   * @return frames
   */
  public long deliveries() {
    return deliveries;
  }

  /**
   * How many MKPDUs hosts sent.
   *
   * @return MKPDUs
   */
  public long mkpdus() {
    return mkpdus;
  }

  /**
   * What went wrong, and how often.
   *
   * @return counts of the faults that occurred
   */
  public Map<Fault, Long> faults() {
    return Collections.unmodifiableMap(faults);
  }

  /**
   * How much went wrong.
   *
   * @return faults of all kinds
   */
  public long faultCount() {
    return faults.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * How long after the faults stopped the last frame was lost, in a share of the faulty worlds.
   *
   * @param share of the worlds, above 0, at most 1; 0.5 for the median
   * @return the time, in milliseconds; empty without a faulty world that came to its end
   * @throws IllegalArgumentException when the share is out of range
   */
  public Optional<Duration> recovery(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is above 0 and at most 1, not " + share);
    }
    long wanted = (long) Math.ceil(share * recovered);
    long seen = 0;
    for (Map.Entry<Long, Long> entry : recoveryMillis.entrySet()) {
      seen += entry.getValue();
      if (seen >= wanted) {
        return Optional.of(Duration.ofMillis(entry.getKey()));
      }
    }
    return Optional.empty();
  }

  /** One line. */
  @Override
  public String toString() {
    return worlds
        + " worlds, "
        + virtualTime.toHours()
        + " virtual hours, "
        + failures
        + " failures";
  }
}
