package org.macsec4j.testkit.dataplane;

import java.util.function.Consumer;
import org.macsec4j.AssociationNumber;
import org.macsec4j.SecyCounter;
import org.macsec4j.TransmitSaCounter;
import org.macsec4j.TransmitScCounter;

/** The way of a frame from the controlled port to the wire (IEEE 802.1AE 10.5). */
final class TransmitPath {
  private final SecyState state;
  private final int mtu;
  private final Consumer<AssociationNumber> exhausted;
  private final long ownSci;
  private final long ownAddress;

  TransmitPath(SecyState state, int mtu, Consumer<AssociationNumber> exhausted) {
    this.state = state;
    this.mtu = mtu;
    this.exhausted = exhausted;
    ownSci = state.sci.toLong();
    ownAddress = state.sci.address().value();
  }

  int protect(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    if (!state.up) {
      return state.drop(DropReason.PORT_DISABLED);
    }
    if (length < SecTag.MIN_FRAME) {
      return state.drop(DropReason.RUNT);
    }
    if (!state.protectFrames) {
      return untagged(in, inOffset, length, out, outOffset);
    }
    TransmitAssociation sa = state.encoding();
    if (sa == null || !sa.isEnabled()) {
      state.noLoss = false;
      return state.drop(DropReason.NO_TRANSMIT_SA);
    }
    int tci = tci(sa, in, inOffset);
    int tagLength = SecTag.tagLength(tci);
    int total = length + tagLength + state.icvLength;
    if (total - SecTag.MIN_FRAME > mtu) {
      state.tally.count(SecyCounter.OUT_PKTS_TOO_LONG);
      return state.drop(DropReason.TOO_LONG);
    }
    int data = length - SecTag.START;
    Wire.copyAddresses(in, inOffset, out, outOffset);
    long pn = sa.takePn();
    SecTag.write(out, outOffset, tci, SecTag.shortLengthOf(data), (int) pn);
    if ((tci & SecTag.SC_BIT) != 0) {
      Wire.putInt64(out, outOffset + SecTag.SCI, ownSci);
    }
    // A single copy broadcast is the SCI of port 0 to whoever receives it.
    boolean broadcast = (tci & SecTag.SCB_BIT) != 0 && !state.has(Quirk.NO_BROADCAST_PORT);
    sa.cipher.useSci(broadcast ? ownAddress << Short.SIZE : ownSci);
    boolean encrypts = (tci & SecTag.E_BIT) != 0;
    sa.cipher.seal(in, inOffset, data, out, outOffset, tagLength, encrypts, pn);
    count(sa, encrypts, data);
    if (sa.isExhausted()) {
      state.noLoss = false;
      exhausted.accept(sa.an());
    }
    return total;
  }

  private int untagged(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    if (length - SecTag.MIN_FRAME > mtu) {
      state.tally.count(SecyCounter.OUT_PKTS_TOO_LONG);
      return state.drop(DropReason.TOO_LONG);
    }
    System.arraycopy(in, inOffset, out, outOffset, length);
    state.tally.count(SecyCounter.OUT_PKTS_UNTAGGED);
    return length;
  }

  /**
   * The TCI and AN of a frame (802.1AE 9.5, 10.5.3). ES and SCB speak of the source address, so
   * they are for frames of our own address; others get the SCI instead. It is left out only where a
   * single peer knows it anyway.
   */
  private int tci(TransmitAssociation sa, byte[] in, int inOffset) {
    int tci =
        state.has(Quirk.CONFIDENTIALITY_AT_ONCE) ? state.confidentiality | sa.an().value() : sa.tci;
    if (state.includeSci) {
      return tci | SecTag.SC_BIT;
    }
    if (!state.endStation && !state.singleCopyBroadcast) {
      return state.peerCount() <= 1 ? tci : tci | SecTag.SC_BIT;
    }
    if (Wire.uint48(in, inOffset + SecTag.SOURCE) != ownAddress
        && !state.has(Quirk.TAG_BITS_OF_ANY_SOURCE)) {
      return tci | SecTag.SC_BIT;
    }
    return tci
        | (state.endStation ? SecTag.ES_BIT : 0)
        | (state.singleCopyBroadcast ? SecTag.SCB_BIT : 0);
  }

  private void count(TransmitAssociation sa, boolean encrypted, int octets) {
    if (encrypted) {
      sa.tally.count(TransmitSaCounter.OUT_PKTS_ENCRYPTED);
      state.transmitTally.count(TransmitScCounter.OUT_PKTS_ENCRYPTED);
      state.transmitTally.add(TransmitScCounter.OUT_OCTETS_ENCRYPTED, octets);
    } else {
      sa.tally.count(TransmitSaCounter.OUT_PKTS_PROTECTED);
      state.transmitTally.count(TransmitScCounter.OUT_PKTS_PROTECTED);
      state.transmitTally.add(TransmitScCounter.OUT_OCTETS_PROTECTED, octets);
    }
  }
}
