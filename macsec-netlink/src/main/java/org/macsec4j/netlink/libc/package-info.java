/**
 * The seam below which the operating system is: {@link org.macsec4j.netlink.libc.Libc}, a handful
 * of calls of the C library, and the error numbers they answer with.
 *
 * <p>{@code org.macsec4j.netlink.jnr} implements it for the real system, {@code
 * org.macsec4j.netlink.fake} for tests.
 */
@NullMarked
package org.macsec4j.netlink.libc;

import org.jspecify.annotations.NullMarked;
