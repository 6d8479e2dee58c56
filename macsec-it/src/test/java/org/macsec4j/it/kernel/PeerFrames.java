package org.macsec4j.it.kernel;

import java.util.Optional;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.Sci;
import org.macsec4j.Ssci;
import org.macsec4j.testkit.dataplane.FrameCipher;
import org.macsec4j.testkit.dataplane.SecTag;

/**
 * Frames of the peer for the SecY under test, each with the packet number that is asked for.
 *
 * @param suite the cipher suite
 * @param key number of the key, see {@link Pair#key}; also the SSCI
 * @param sci the SCI in the nonce, and in the SecTAG when that has one
 * @param source the source address
 * @param an the association number
 * @param encrypted whether the user data is encrypted
 * @param form how the SecTAG tells the SCI
 * @param icvLength octets of the ICV
 */
record PeerFrames(
    CipherSuite suite,
    int key,
    Sci sci,
    MacAddress source,
    AssociationNumber an,
    boolean encrypted,
    Form form,
    int icvLength) {
  static final int KEY = 2;
  static final int PAYLOAD = 60;
  static final int FULL_ICV = 16;

  private static final int ADDRESSES = 12;
  private static final int ETHER_TYPE = 0x88B5;

  /** How a SecTAG tells the SCI. */
  enum Form {
    SCI,
    NOTHING,
    ES,
    SCB,
    ES_SCB
  }

  static PeerFrames of(CipherSuite suite) {
    return new PeerFrames(
        suite, KEY, Pair.RIGHT_SCI, Pair.RIGHT_SCI.address(), Pair.AN_0, true, Form.SCI, FULL_ICV);
  }

  PeerFrames clear() {
    return new PeerFrames(suite, key, sci, source, an, false, form, icvLength);
  }

  PeerFrames key(int other) {
    return new PeerFrames(suite, other, sci, source, an, encrypted, form, icvLength);
  }

  PeerFrames from(Sci other) {
    return new PeerFrames(suite, key, other, other.address(), an, encrypted, form, icvLength);
  }

  PeerFrames source(MacAddress other) {
    return new PeerFrames(suite, key, sci, other, an, encrypted, form, icvLength);
  }

  PeerFrames on(AssociationNumber other) {
    return new PeerFrames(suite, key, sci, source, other, encrypted, form, icvLength);
  }

  PeerFrames as(Form other) {
    return new PeerFrames(suite, key, sci, source, an, encrypted, other, icvLength);
  }

  PeerFrames icv(int octets) {
    return new PeerFrames(suite, key, sci, source, an, encrypted, form, octets);
  }

  byte[] pn(long pn) {
    return pn(pn, PAYLOAD);
  }

  byte[] pn(long pn, int payload) {
    FrameCipher.Builder cipher =
        FrameCipher.builder(suite, Pair.key(suite, key), sci).icvLength(icvLength);
    SecTag tag =
        new SecTag(
            form == Form.ES || form == Form.ES_SCB,
            form == Form.SCB || form == Form.ES_SCB,
            encrypted,
            encrypted || icvLength != FULL_ICV,
            an,
            0,
            0,
            form == Form.SCI ? Optional.of(sci) : Optional.empty());
    return (suite.isXpn() ? cipher.ssci(Ssci.of(key)) : cipher)
        .build()
        .seal(plain(payload), tag, PacketNumber.of(pn));
  }

  /** The user's frame, as it is before and after. */
  byte[] plain(int payload) {
    return frame(Pair.LEFT_SCI.address(), source, ETHER_TYPE, payload);
  }

  /** A frame whose octets tell where they stand. */
  static byte[] frame(MacAddress destination, MacAddress source, int etherType, int payload) {
    byte[] frame = new byte[ADDRESSES + 2 + payload];
    destination.writeTo(frame, 0);
    source.writeTo(frame, MacAddress.LENGTH);
    frame[ADDRESSES] = (byte) (etherType >>> Byte.SIZE);
    frame[ADDRESSES + 1] = (byte) etherType;
    for (int at = ADDRESSES + 2; at < frame.length; at++) {
      frame[at] = (byte) at;
    }
    return frame;
  }

  /** A frame with some bits of one octet flipped; from the end when the place is negative. */
  static byte[] flipped(byte[] frame, int place, int bits) {
    byte[] changed = frame.clone();
    changed[place < 0 ? frame.length + place : place] ^= (byte) bits;
    return changed;
  }
}
