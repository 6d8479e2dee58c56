/**
 * The keys of MKA (IEEE 802.1X 6.2 and 9.3): how each is derived from another, and the ICV.
 *
 * <p>{@link org.macsec4j.mka.crypto.MkaCrypto} is the seam to the library that computes; {@link
 * org.macsec4j.mka.crypto.MkaKeys} is what a participant holds. Whatever holds a key can be
 * destroyed and prints nothing of it.
 */
@NullMarked
package org.macsec4j.mka.crypto;

import org.jspecify.annotations.NullMarked;
