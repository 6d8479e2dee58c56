/**
 * Opens recordings of MACsec links: reads pcap and pcapng, follows the MKA conversation, unwraps
 * the keys it carries, and authenticates and decrypts the data frames with them.
 *
 * <p>A frame goes one way: {@link org.macsec4j.examples.inspect.CaptureReader} → {@link
 * org.macsec4j.examples.inspect.Inspection} → {@link org.macsec4j.examples.inspect.Finding} → a
 * {@link org.macsec4j.examples.inspect.Report}. A capture is read twice: first for its keys, then
 * for its frames, as a key is often distributed after the first frame that somebody recorded.
 */
@NullMarked
package org.macsec4j.examples.inspect;

import org.jspecify.annotations.NullMarked;
