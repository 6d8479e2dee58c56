package org.macsec4j.offload;

import java.util.Optional;
import org.macsec4j.OffloadMode;

/**
 * What came of switching offload on: the only answer that is a fact, for that moment.
 *
 * @param interfaceName the interface
 * @param mac MACsec in its MAC
 * @param phy MACsec in its PHY
 */
public record ProbeVerdict(String interfaceName, Attempt mac, Attempt phy) {
  /** How an attempt ended. */
  public enum Outcome {
    /** It was on: switched, and read back. */
    WORKS,
    /** There is no such hardware ({@code EOPNOTSUPP}). */
    NO_HARDWARE,
    /** The hardware has no room left ({@code ENOSPC}). */
    FULL,
    /** The interface is part of something else, or the hardware is busy ({@code EBUSY}). */
    BUSY,
    /** The kernel said that it was done, and it was not. */
    IGNORED,
    /** This process may not try ({@code EPERM}). */
    NO_PRIVILEGE,
    /** Anything else; the reason tells. */
    FAILED
  }

  /**
   * An attempt in one mode.
   *
   * @param outcome how it ended
   * @param reason the kernel's reason in words; empty when it works
   */
  public record Attempt(Outcome outcome, String reason) {}

  /**
   * The mode that works.
   *
   * @return MAC or PHY, MAC when both do; empty when none does
   */
  public Optional<OffloadMode> works() {
    if (mac.outcome == Outcome.WORKS) {
      return Optional.of(OffloadMode.MAC);
    }
    return phy.outcome == Outcome.WORKS ? Optional.of(OffloadMode.PHY) : Optional.empty();
  }
}
