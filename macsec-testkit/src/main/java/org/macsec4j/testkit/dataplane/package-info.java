/**
 * The data plane of IEEE 802.1AE in memory: one SecY that protects and validates real frames.
 *
 * <p>{@link org.macsec4j.testkit.dataplane.SoftwareSecy} is a whole SecY; {@link
 * org.macsec4j.testkit.dataplane.FrameCipher} opens or seals one frame under one key; {@link
 * org.macsec4j.testkit.dataplane.SecTag} is the tag on the wire.
 */
@NullMarked
package org.macsec4j.testkit.dataplane;

import org.jspecify.annotations.NullMarked;
