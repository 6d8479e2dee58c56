package org.macsec4j.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;

/**
 * Carries out the {@link OffloadPolicy} of a SecY that was just made, the same way in every
 * backend: each place of hardware that will do is tried and read back, as there are systems that
 * say that it is done and do nothing.
 */
public final class OffloadSelection {
  private final SecyConfig config;
  private final SecyId secy;
  private final Hardware hardware;
  private final List<MacsecException> refusals = new ArrayList<>();

  /** What a backend does with a SecY that is down and has no channel and no SA. */
  public interface Hardware {
    /**
     * Says who protects its frames.
     *
     * @param mode who
     * @throws MacsecException when it is refused
     */
    void set(OffloadMode mode);

    /**
     * Reads who protects its frames.
     *
     * @return who
     * @throws MacsecException when it cannot be read
     */
    OffloadMode observed();
  }

  private OffloadSelection(SecyConfig config, SecyId secy, Hardware hardware) {
    this.config = config;
    this.secy = secy;
    this.hardware = hardware;
  }

  /**
   * Carries out the policy of a configuration.
   *
   * @param config of the SecY
   * @param secy the SecY, just made, by software as yet
   * @param hardware sets and reads who protects it
   * @return why software protects its frames although hardware is preferred; empty when everything
   *     is as wanted
   * @throws MacsecException when hardware is required and there is none that does it, with the
   *     reason of each place; the caller takes the SecY away
   */
  public static Optional<String> carryOut(SecyConfig config, SecyId secy, Hardware hardware) {
    if (config.offload() == OffloadPolicy.OFF) {
      return Optional.empty();
    }
    return new OffloadSelection(config, secy, hardware).select();
  }

  private Optional<String> select() {
    List<OffloadMode> places =
        config.offloadMode().map(List::of).orElse(List.of(OffloadMode.MAC, OffloadMode.PHY));
    for (OffloadMode place : places) {
      if (works(place)) {
        return Optional.empty();
      }
    }
    if (config.offload() == OffloadPolicy.REQUIRE) {
      throw refusal();
    }
    backToSoftware();
    return Optional.of(reasons());
  }

  private boolean works(OffloadMode place) {
    try {
      set(secy, hardware, place);
      return true;
    } catch (MacsecException e) {
      refusals.add(e);
      return false;
    }
  }

  /**
   * Says who protects the frames of a SecY, and reads it back.
   *
   * @param secy the SecY
   * @param hardware sets and reads who protects it
   * @param mode who
   * @throws MacsecException when it is refused, also {@link Kind#UNSUPPORTED} when the system said
   *     that it was done and did nothing
   */
  public static void set(SecyId secy, Hardware hardware, OffloadMode mode) {
    hardware.set(mode);
    OffloadMode now = hardware.observed();
    if (now != mode) {
      throw new MacsecException(
          Kind.UNSUPPORTED,
          "cannot offload "
              + secy
              + ": the system says that "
              + mode
              + " is set, but it is "
              + now);
    }
  }

  /** A driver may have failed with the work half done. */
  private void backToSoftware() {
    if (hardware.observed() != OffloadMode.SOFTWARE) {
      hardware.set(OffloadMode.SOFTWARE);
    }
  }

  /** That there is no such hardware says less than any other reason. */
  private MacsecException refusal() {
    MacsecException telling =
        refusals.stream()
            .filter(refusal -> refusal.kind() != Kind.UNSUPPORTED)
            .findFirst()
            .orElse(refusals.get(0));
    MacsecException all = new MacsecException(telling.kind(), reasons(), telling);
    refusals.stream().filter(other -> other != telling).forEach(all::addSuppressed);
    return all;
  }

  private String reasons() {
    return refusals.stream()
        .map(MacsecException::getMessage)
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
