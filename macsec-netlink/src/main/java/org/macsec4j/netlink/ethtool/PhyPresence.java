package org.macsec4j.netlink.ethtool;

/** Whether the kernel has a PHY of an interface in its care. */
public enum PhyPresence {
  /** There is one, or several. */
  PRESENT,
  /** There is none that the kernel knows; one that firmware takes care of may be there. */
  ABSENT,
  /** This kernel does not tell: it is older than 6.12, or has no ethtool netlink. */
  UNKNOWN
}
