package org.macsec4j.netlink.ethtool;

import java.util.List;

/**
 * The PHYs of an interface.
 *
 * @param presence whether there is one
 * @param drivers the names of their drivers, for instance {@code NXP C45 TJA1103}; none when there
 *     is no PHY, or it is not known
 */
public record PhyInfo(PhyPresence presence, List<String> drivers) {
  /**
   * Copies the list.
   *
   * @param presence whether there is one
   * @param drivers the names of their drivers
   */
  public PhyInfo {
    drivers = List.copyOf(drivers);
  }
}
