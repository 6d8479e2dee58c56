/**
 * What the drivers of interfaces say of themselves: features, names, PHYs. {@link
 * org.macsec4j.netlink.ethtool.Ethtool} asks, {@link org.macsec4j.netlink.LinuxBackend#ethtool()}
 * opens it.
 *
 * <p>It is what {@code ethtool -k} and {@code ethtool -i} print, as values. What follows from it
 * for MACsec is the business of {@code org.macsec4j.offload}.
 */
@NullMarked
package org.macsec4j.netlink.ethtool;

import org.jspecify.annotations.NullMarked;
