/**
 * MACsec in the words of IEEE Std 802.1AE: SecYs, secure channels, secure associations.
 *
 * <p>A newcomer needs two names: {@link org.macsec4j.Macsec}, the front door, and {@link
 * org.macsec4j.SecyConfig}, what a SecY shall be. Everything else is a value that one of the two
 * gives or takes. Values are immutable; key material lives in {@link
 * org.macsec4j.SecureAssociationKey}, which is destroyed and never printed.
 */
@NullMarked
package org.macsec4j;

import org.jspecify.annotations.NullMarked;
