package org.macsec4j.offload;

import org.macsec4j.MacsecException;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.netlink.LinuxProvider;
import org.macsec4j.netlink.ethtool.PhyPresence;
import org.macsec4j.spi.Availability;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.MacsecBackendProvider;

/**
 * Offers the Linux kernel with hardware preferred, by {@code Macsec.open("offload")}. Found by
 * {@link java.util.ServiceLoader}; never taken unless asked for by name, as hardware is to be
 * trusted by a decision and not by chance.
 */
public final class OffloadProvider implements MacsecBackendProvider {
  static final String NAME = "offload";

  private static final int PRIORITY = -1;

  private final LinuxProvider linux = new LinuxProvider();

  /** For {@link java.util.ServiceLoader}. */
  public OffloadProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return PRIORITY;
  }

  /** Available where an interface claims MACsec, or has a PHY, which cannot claim it. */
  @Override
  public Availability availability() {
    Availability below = linux.availability();
    if (!below.available()) {
      return below;
    }
    try (OffloadDiscovery discovery = OffloadDiscovery.open()) {
      String candidates =
          String.join(
              ", ",
              discovery.all().stream()
                  .filter(OffloadProvider::isCandidate)
                  .map(OffloadSupport::interfaceName)
                  .toList());
      return candidates.isEmpty()
          ? Availability.no(
              "no interface claims macsec-hw-offload or has a PHY; the backend linux does without")
          : Availability.yes("may have MACsec hardware: " + candidates);
    } catch (MacsecException e) {
      return Availability.no(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isCandidate(OffloadSupport support) {
    return support.claim().active() || support.phy().presence() == PhyPresence.PRESENT;
  }

  @Override
  public MacsecBackend open() {
    return OffloadBackend.over(LinuxBackend.builder().open());
  }
}
