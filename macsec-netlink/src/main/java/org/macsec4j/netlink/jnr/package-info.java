/**
 * The C library through jnr-ffi; the only place with native calls. No API.
 *
 * <p>It is exported, and to everybody, because jnr-ffi defines the class behind {@link
 * org.macsec4j.netlink.jnr.LibcFunctions} in an unnamed module, which must be able to see it.
 */
@NullMarked
package org.macsec4j.netlink.jnr;

import org.jspecify.annotations.NullMarked;
