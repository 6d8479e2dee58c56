/**
 * The backend for the MACsec driver of the Linux kernel, over rtnetlink and generic netlink.
 *
 * <p>The backend is not there yet: this module holds its name and its place in the house. Until it
 * comes, {@code Macsec.open()} has no kernel backend to find.
 */
@NullMarked
package org.macsec4j.netlink;

import org.jspecify.annotations.NullMarked;
