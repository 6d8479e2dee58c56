/**
 * The backend for the MACsec driver of the Linux kernel, over rtnetlink and generic netlink.
 *
 * <p>{@code Macsec.open()} finds it. {@link org.macsec4j.netlink.LinuxBackend} opens it in another
 * network namespace, and has what only Linux can do.
 */
@NullMarked
package org.macsec4j.netlink;

import org.jspecify.annotations.NullMarked;
