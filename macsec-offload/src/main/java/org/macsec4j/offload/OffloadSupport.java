package org.macsec4j.offload;

import java.util.List;
import java.util.Optional;
import org.macsec4j.netlink.ethtool.DriverInfo;
import org.macsec4j.netlink.ethtool.PhyInfo;

/**
 * What is to be found of an interface's MACsec hardware without touching it.
 *
 * @param interfaceName the interface
 * @param driver who drives it; empty when nobody says so
 * @param phy its PHYs
 * @param claim what it claims, a hint
 * @param knowledge what is known of its driver and its PHYs' drivers, no fact; empty for the others
 * @param inUse what is in use; empty when the kernel hides a SecY
 */
public record OffloadSupport(
    String interfaceName,
    Optional<DriverInfo> driver,
    PhyInfo phy,
    FeatureClaim claim,
    List<DriverKnowledge> knowledge,
    Optional<OffloadUse> inUse) {
  /**
   * Copies the list.
   *
   * @param interfaceName the interface
   * @param driver who drives it
   * @param phy its PHYs
   * @param claim what it claims
   * @param knowledge what is known of its drivers
   * @param inUse what is in use
   */
  public OffloadSupport {
    knowledge = List.copyOf(knowledge);
  }
}
