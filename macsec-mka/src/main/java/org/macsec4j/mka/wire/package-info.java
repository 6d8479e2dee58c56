/**
 * The wire format of MKA (IEEE 802.1X clause 11): octets to values and back, nothing else. No key,
 * no clock, no state.
 *
 * <p>{@link org.macsec4j.mka.wire.MkpduDecoder} opens a frame in the order of 802.1X 11.11.2:
 * header and basic parameter set first, so that its caller can look up the key and verify the ICV,
 * the other parameter sets after that. {@link org.macsec4j.mka.wire.MkpduEncoder} writes any {@link
 * org.macsec4j.mka.wire.Mkpdu} that can exist.
 */
@NullMarked
package org.macsec4j.mka.wire;

import org.jspecify.annotations.NullMarked;
