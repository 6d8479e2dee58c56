package org.macsec4j.examples.inspect;

import org.macsec4j.PacketNumber;
import org.macsec4j.Sci;

/**
 * A MACsec frame that a key has authenticated.
 *
 * @param sak the key
 * @param sci the sender
 * @param packetNumber all 64 bits
 * @param ssci the SSCI under which it opened; 0 without extended packet numbers
 * @param userFrame the frame before it was protected
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier for one frame, never compared
record OpenedFrame(KnownSak sak, Sci sci, PacketNumber packetNumber, int ssci, byte[] userFrame) {}
