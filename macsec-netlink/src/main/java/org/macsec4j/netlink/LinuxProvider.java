package org.macsec4j.netlink;

import org.macsec4j.spi.Availability;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.MacsecBackendProvider;

/**
 * Offers the MACsec driver of the Linux kernel. Found by {@link java.util.ServiceLoader};
 * applications that want a namespace of their own use {@link LinuxBackend#builder()}.
 */
public final class LinuxProvider implements MacsecBackendProvider {
  static final String NAME = "linux";

  private static final int PRIORITY = 100;

  /** For {@link java.util.ServiceLoader}. */
  public LinuxProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return PRIORITY;
  }

  @Override
  public Availability availability() {
    return Readiness.probe().toAvailability();
  }

  @Override
  public MacsecBackend open() {
    return LinuxBackend.builder().open();
  }
}
