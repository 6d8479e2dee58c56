/**
 * Which octets are a netlink message: headers, attributes, acknowledgements. Nothing here knows a
 * socket or MACsec.
 */
@NullMarked
package org.macsec4j.netlink.wire;

import org.jspecify.annotations.NullMarked;
