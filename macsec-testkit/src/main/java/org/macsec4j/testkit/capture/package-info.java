/**
 * Recordings that Wireshark opens: {@link org.macsec4j.testkit.capture.Capture} collects frames,
 * {@link org.macsec4j.testkit.capture.PcapngWriter} writes them, {@link
 * org.macsec4j.testkit.capture.WiresharkKeys} writes the tables of keys.
 */
@NullMarked
package org.macsec4j.testkit.capture;

import org.jspecify.annotations.NullMarked;
