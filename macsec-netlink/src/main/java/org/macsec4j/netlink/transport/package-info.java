/**
 * How requests reach the kernel and answers come back: sockets, sequence numbers, dumps, families,
 * and a thread that waits for several sockets. Nothing here knows MACsec.
 */
@NullMarked
package org.macsec4j.netlink.transport;

import org.jspecify.annotations.NullMarked;
