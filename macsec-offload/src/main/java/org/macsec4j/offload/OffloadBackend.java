package org.macsec4j.offload;

import org.macsec4j.LeftOver;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.spi.ForwardingBackend;
import org.macsec4j.spi.MacsecBackend;

/**
 * Another backend, with hardware preferred: a SecY whose configuration does not ask for hardware
 * ({@link OffloadPolicy#OFF}, which is what it is unless set) is made as if it said {@link
 * OffloadPolicy#PREFER}. So an application that knows nothing of hardware uses what there is, by
 * nothing but the name of the backend that it opens.
 */
public final class OffloadBackend extends ForwardingBackend {
  private OffloadBackend(MacsecBackend below) {
    super(below);
  }

  /**
   * Prefers the hardware of a backend.
   *
   * @param below the backend, which is closed with this one
   * @return a backend; the caller closes it
   */
  public static OffloadBackend over(MacsecBackend below) {
    return new OffloadBackend(below);
  }

  private static SecyConfig preferring(SecyConfig config) {
    return config.offload() == OffloadPolicy.OFF
        ? config.toBuilder().offload(OffloadPolicy.PREFER).build()
        : config;
  }

  @Override
  public String name() {
    return OffloadProvider.NAME;
  }

  @Override
  public SecyId create(SecyConfig config) {
    return super.create(preferring(config));
  }

  @Override
  public SecyId create(SecyConfig config, LeftOver leftOver) {
    return super.create(preferring(config), leftOver);
  }

  /** What is below. */
  @Override
  public String toString() {
    return "hardware preferred, " + below();
  }
}
