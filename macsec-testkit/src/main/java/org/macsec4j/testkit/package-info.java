/**
 * Hosts, links and virtual time for tests of MACsec without a kernel.
 *
 * <p>A newcomer needs two names: {@link org.macsec4j.testkit.Lab}, which makes hosts and joins
 * them, and {@link org.macsec4j.testkit.Host}, which hands out the same {@link org.macsec4j.Macsec}
 * type as production does.
 */
@NullMarked
package org.macsec4j.testkit;

import org.jspecify.annotations.NullMarked;
