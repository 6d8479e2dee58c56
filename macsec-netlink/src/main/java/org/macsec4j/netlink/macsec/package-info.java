/**
 * What the kernel's MACsec driver understands and says: the attributes of its links (rtnetlink) and
 * of its channels and associations (generic netlink), in both directions. Nothing here is sent.
 */
@NullMarked
package org.macsec4j.netlink.macsec;

import org.jspecify.annotations.NullMarked;
