package org.macsec4j.testkit.dataplane;

import org.jspecify.annotations.Nullable;
import org.macsec4j.ReceiveSaCounter;
import org.macsec4j.ReceiveScCounter;
import org.macsec4j.Sci;
import org.macsec4j.SecyCounter;
import org.macsec4j.ValidateFrames;

/**
 * The way of a frame from the wire to the controlled port (IEEE 802.1AE 10.6 and figure 10-5).
 *
 * <p>The order of the checks is the standard's: tag, channel, association, replay, ICV. What a
 * frame says is believed, and the replay window moved, only after its ICV is right. Where
 * validation is not strict, a frame that fails is delivered all the same when its user data is
 * readable, which is when its C bit is clear.
 */
final class ReceivePath {
  private static final int SCB_PORT = 0;

  private final SecyState state;

  ReceivePath(SecyState state) {
    this.state = state;
  }

  int validate(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    if (!state.up) {
      return state.drop(DropReason.PORT_DISABLED);
    }
    int icvLength = state.icvLength;
    DropReason problem = SecTag.problem(in, inOffset, length, icvLength);
    if (problem == DropReason.NO_TAG) {
      return untagged(in, inOffset, length, out, outOffset);
    }
    if (problem == DropReason.RUNT) {
      return state.drop(problem);
    }
    int tci = problem == DropReason.TAG_TRUNCATED ? 0 : in[inOffset + SecTag.TCI_AN];
    if ((tci & (SecTag.E_BIT | SecTag.C_BIT)) == SecTag.E_BIT) {
      return state.drop(DropReason.RESERVED_FOR_KAY);
    }
    if (problem != null) {
      return badTag(problem);
    }
    int data = FrameCipher.dataLength(in, inOffset, length, icvLength);
    ReceiveChannel channel = channel(tci, in, inOffset);
    ReceiveAssociation sa = channel == null ? null : channel.sas[tci & SecTag.AN_MASK];
    int low = Wire.int32(in, inOffset + SecTag.PACKET_NUMBER);
    long pn = sa == null ? Integer.toUnsignedLong(low) : sa.replay.recover(low);
    if (pn == 0 && (sa != null || !state.config().cipherSuite().isXpn())) {
      return badTag(DropReason.PACKET_NUMBER_ZERO);
    }
    if (channel == null) {
      return unknownSci(tci, in, inOffset, data, out, outOffset);
    }
    if (sa == null || !sa.enabled || !channel.enabled) {
      return notInUse(channel, sa, tci, in, inOffset, data, out, outOffset);
    }
    return validate(channel, sa, pn, in, inOffset, data, out, outOffset);
  }

  /** The rest for a frame whose SA is in use. */
  private int validate(
      ReceiveChannel channel,
      ReceiveAssociation sa,
      long pn,
      byte[] in,
      int inOffset,
      int data,
      byte[] out,
      int outOffset) {
    boolean late = !sa.replay.accepts(pn);
    if (late && state.replayProtected) {
      channel.tally.count(ReceiveScCounter.IN_PKTS_LATE);
      return state.drop(DropReason.LATE);
    }
    int tci = in[inOffset + SecTag.TCI_AN];
    boolean changed = (tci & SecTag.C_BIT) != 0;
    boolean check = changed || state.validateFrames != ValidateFrames.DISABLED;
    if (!check || !sa.cipher.open(in, inOffset, data, pn, out, outOffset + SecTag.START)) {
      return failed(channel, sa, changed, late)
          ? deliver(tci, in, inOffset, data, out, outOffset)
          : state.drop(DropReason.NOT_VALID);
    }
    sa.replay.validated(pn, state.replayWindow);
    Wire.copyAddresses(in, inOffset, out, outOffset);
    channel.tally.add(
        (tci & SecTag.E_BIT) != 0
            ? ReceiveScCounter.IN_OCTETS_DECRYPTED
            : ReceiveScCounter.IN_OCTETS_VALIDATED,
        data);
    if (late) {
      channel.tally.count(ReceiveScCounter.IN_PKTS_DELAYED);
    } else {
      channel.tally.count(ReceiveScCounter.IN_PKTS_OK);
      sa.tally.count(ReceiveSaCounter.IN_PKTS_OK);
    }
    return SecTag.START + data;
  }

  /** Counts a frame that is not valid or was not checked. Gives whether it is delivered. */
  private boolean failed(
      ReceiveChannel channel, ReceiveAssociation sa, boolean changed, boolean late) {
    ValidateFrames mode = state.validateFrames;
    if (changed || mode == ValidateFrames.STRICT) {
      channel.tally.count(ReceiveScCounter.IN_PKTS_NOT_VALID);
      sa.tally.count(ReceiveSaCounter.IN_PKTS_NOT_VALID);
      return false;
    }
    if (mode == ValidateFrames.CHECK) {
      channel.tally.count(ReceiveScCounter.IN_PKTS_INVALID);
      sa.tally.count(ReceiveSaCounter.IN_PKTS_INVALID);
    } else {
      channel.tally.count(
          late ? ReceiveScCounter.IN_PKTS_DELAYED : ReceiveScCounter.IN_PKTS_UNCHECKED);
    }
    return true;
  }

  private int untagged(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    if (state.validateFrames == ValidateFrames.STRICT) {
      state.tally.count(SecyCounter.IN_PKTS_NO_TAG);
      return state.drop(DropReason.NO_TAG);
    }
    state.tally.count(SecyCounter.IN_PKTS_UNTAGGED);
    System.arraycopy(in, inOffset, out, outOffset, length);
    return length;
  }

  private int badTag(DropReason reason) {
    state.tally.count(SecyCounter.IN_PKTS_BAD_TAG);
    return state.drop(reason);
  }

  private int unknownSci(int tci, byte[] in, int inOffset, int data, byte[] out, int outOffset) {
    if (mustValidate(tci)) {
      state.tally.count(SecyCounter.IN_PKTS_NO_SCI);
      return state.drop(DropReason.UNKNOWN_SCI);
    }
    state.tally.count(SecyCounter.IN_PKTS_UNKNOWN_SCI);
    return deliver(tci, in, inOffset, data, out, outOffset);
  }

  private int notInUse(
      ReceiveChannel channel,
      @Nullable ReceiveAssociation sa,
      int tci,
      byte[] in,
      int inOffset,
      int data,
      byte[] out,
      int outOffset) {
    boolean discard = mustValidate(tci);
    channel.tally.count(
        discard ? ReceiveScCounter.IN_PKTS_NOT_USING_SA : ReceiveScCounter.IN_PKTS_UNUSED_SA);
    if (sa != null) {
      sa.tally.count(
          discard ? ReceiveSaCounter.IN_PKTS_NOT_USING_SA : ReceiveSaCounter.IN_PKTS_UNUSED_SA);
    }
    return discard
        ? state.drop(DropReason.SA_NOT_IN_USE)
        : deliver(tci, in, inOffset, data, out, outOffset);
  }

  private boolean mustValidate(int tci) {
    return (tci & SecTag.C_BIT) != 0 || state.validateFrames == ValidateFrames.STRICT;
  }

  /** Delivers user data as it stands in the frame, without the SecTAG and the ICV. */
  private static int deliver(
      int tci, byte[] in, int inOffset, int data, byte[] out, int outOffset) {
    Wire.copyAddresses(in, inOffset, out, outOffset);
    System.arraycopy(
        in, inOffset + SecTag.START + SecTag.tagLength(tci), out, outOffset + SecTag.START, data);
    return SecTag.START + data;
  }

  /** The channel of a frame, from its tag or, without an SCI there, from the context (9.9). */
  private @Nullable ReceiveChannel channel(int tci, byte[] in, int inOffset) {
    if ((tci & SecTag.SC_BIT) != 0) {
      return state.channel(Wire.int64(in, inOffset + SecTag.SCI));
    }
    if ((tci & (SecTag.ES_BIT | SecTag.SCB_BIT)) == 0) {
      return state.onlyChannel();
    }
    int port = (tci & SecTag.SCB_BIT) != 0 ? SCB_PORT : Sci.END_STATION_PORT;
    return state.channel((Wire.uint48(in, inOffset + SecTag.SOURCE) << Short.SIZE) | port);
  }
}
