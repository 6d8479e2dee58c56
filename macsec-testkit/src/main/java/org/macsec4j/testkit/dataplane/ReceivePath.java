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
  private static final int ETHER_TYPE_LENGTH = 2;

  private final SecyState state;

  ReceivePath(SecyState state) {
    this.state = state;
  }

  int validate(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    if (state.up) {
      return receive(in, inOffset, length, out, outOffset);
    }
    boolean isDropped =
        state.has(Quirk.COUNTS_WHILE_DISABLED)
            && receive(in, inOffset, length, out, outOffset) == SoftwareSecy.DROPPED;
    return isDropped ? SoftwareSecy.DROPPED : state.drop(DropReason.PORT_DISABLED);
  }

  private int receive(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    DropReason problem = problem(in, inOffset, length);
    if (problem == DropReason.NO_TAG) {
      return untagged(in, inOffset, length, out, outOffset);
    }
    if (problem == DropReason.RUNT) {
      return state.drop(problem);
    }
    if (state.has(Quirk.CUT_TAG_NOT_COUNTED) && isCut(in, inOffset, length)) {
      return state.drop(DropReason.TAG_TRUNCATED);
    }
    int tci = problem == DropReason.TAG_TRUNCATED ? 0 : in[inOffset + SecTag.TCI_AN];
    if ((tci & (SecTag.E_BIT | SecTag.C_BIT)) == SecTag.E_BIT) {
      return state.drop(DropReason.RESERVED_FOR_KAY);
    }
    if (problem != null) {
      return badTag(problem, tci, in, inOffset, length, out, outOffset);
    }
    int data = FrameCipher.dataLength(in, inOffset, length, state.icvLength, state.clearIcvLength);
    ReceiveChannel channel = channel(tci, in, inOffset);
    if (channel == null && state.has(Quirk.CHANNEL_BEFORE_TAG)) {
      return unknownSci(tci, in, inOffset, length, out, outOffset);
    }
    ReceiveAssociation sa = channel == null ? null : channel.sas[tci & SecTag.AN_MASK];
    int low = Wire.int32(in, inOffset + SecTag.PACKET_NUMBER);
    long pn = sa == null ? Integer.toUnsignedLong(low) : sa.replay.recover(low);
    if (pn == 0 && !mayBeZero(sa)) {
      return badTag(DropReason.PACKET_NUMBER_ZERO);
    }
    if (channel == null) {
      return unknownSci(tci, in, inOffset, length, out, outOffset);
    }
    boolean receives = channel.enabled || state.has(Quirk.DISABLED_CHANNEL_RECEIVES);
    if (sa == null || !sa.enabled || !receives) {
      return notInUse(channel, sa, tci, in, inOffset, data, out, outOffset);
    }
    return validate(channel, sa, pn, in, inOffset, data, out, outOffset);
  }

  private @Nullable DropReason problem(byte[] in, int inOffset, int length) {
    int filledTo = state.has(Quirk.FILLED_FRAME_IS_BAD) ? 0 : SecTag.MIN_ETHERNET_FRAME;
    return SecTag.problem(in, inOffset, length, state.icvLength, state.clearIcvLength, filledTo);
  }

  /** Whether the SecTAG and the two octets after it are not all there. */
  private static boolean isCut(byte[] in, int inOffset, int length) {
    int tci = length > SecTag.TCI_AN ? in[inOffset + SecTag.TCI_AN] : 0;
    return length < SecTag.START + SecTag.tagLength(tci) + ETHER_TYPE_LENGTH;
  }

  /** An extended number is known to be 0 when the rest of it is known. */
  private boolean mayBeZero(@Nullable ReceiveAssociation sa) {
    return state.config().cipherSuite().isXpn()
        && (sa == null || state.has(Quirk.PACKET_NUMBERS_IN_32_BITS));
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
    if (state.replayProtected && !sa.replay.accepts(pn, state.replayWindow)) {
      channel.tally.count(ReceiveScCounter.IN_PKTS_LATE);
      return state.drop(DropReason.LATE);
    }
    boolean late = sa.replay.isDelayed(pn, state.replayWindow);
    int tci = in[inOffset + SecTag.TCI_AN];
    boolean changed = (tci & SecTag.C_BIT) != 0;
    boolean check = changed || state.validateFrames != ValidateFrames.DISABLED;
    boolean valid = check && sa.cipher.open(in, inOffset, data, pn, out, outOffset + SecTag.START);
    if (countsOctets(valid)) {
      channel.tally.add(
          (tci & SecTag.E_BIT) != 0
              ? ReceiveScCounter.IN_OCTETS_DECRYPTED
              : ReceiveScCounter.IN_OCTETS_VALIDATED,
          data);
    }
    if (!valid) {
      return failed(channel, sa, changed, late)
          ? deliver(tci, in, inOffset, data, out, outOffset)
          : state.drop(DropReason.NOT_VALID);
    }
    sa.replay.validated(pn, state.replayWindow);
    Wire.copyAddresses(in, inOffset, out, outOffset);
    if (late) {
      channel.tally.count(ReceiveScCounter.IN_PKTS_DELAYED);
    } else {
      channel.tally.count(ReceiveScCounter.IN_PKTS_OK);
      sa.tally.count(ReceiveSaCounter.IN_PKTS_OK);
    }
    return SecTag.START + data;
  }

  private boolean countsOctets(boolean valid) {
    return state.has(Quirk.OCTETS_BY_MODE)
        ? state.validateFrames != ValidateFrames.DISABLED
        : valid;
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
    if (!state.up) {
      return state.drop(DropReason.PORT_DISABLED);
    }
    state.tally.count(SecyCounter.IN_PKTS_UNTAGGED);
    System.arraycopy(in, inOffset, out, outOffset, length);
    return length;
  }

  private int badTag(DropReason reason) {
    state.tally.count(SecyCounter.IN_PKTS_BAD_TAG);
    return state.drop(reason);
  }

  /** A bad SecTAG, unless its channel is looked at first and there is none. */
  private int badTag(
      DropReason reason, int tci, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    boolean unknown =
        reason != DropReason.TAG_TRUNCATED
            && state.has(Quirk.CHANNEL_BEFORE_TAG)
            && channel(tci, in, inOffset) == null;
    return unknown ? unknownSci(tci, in, inOffset, length, out, outOffset) : badTag(reason);
  }

  private int unknownSci(int tci, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    if (isOfContext(tci) && state.has(Quirk.UNKNOWN_CONTEXT_NOT_COUNTED)) {
      return state.drop(DropReason.UNKNOWN_SCI);
    }
    if (mustValidate(tci)) {
      state.tally.count(SecyCounter.IN_PKTS_NO_SCI);
      return state.drop(DropReason.UNKNOWN_SCI);
    }
    int data =
        state.has(Quirk.CHANNEL_BEFORE_TAG)
            ? length - SecTag.START - SecTag.tagLength(tci) - SecTag.FULL_ICV
            : FrameCipher.dataLength(in, inOffset, length, state.icvLength);
    if (!state.up || data < 0) {
      return state.drop(data < 0 ? DropReason.TAG_LENGTH : DropReason.PORT_DISABLED);
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
    if (sa != null && !state.has(Quirk.UNUSED_SA_COUNTS_NOTHING)) {
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

  /** Whether the channel of a frame is known by the context alone (9.9). */
  private boolean isOfContext(int tci) {
    int told = SecTag.SC_BIT | SecTag.ES_BIT;
    return (tci & (state.has(Quirk.NO_BROADCAST_PORT) ? told : told | SecTag.SCB_BIT)) == 0;
  }

  /** The channel of a frame, from its tag or, without an SCI there, from the context (9.9). */
  private @Nullable ReceiveChannel channel(int tci, byte[] in, int inOffset) {
    if ((tci & SecTag.SC_BIT) != 0) {
      return state.channel(Wire.int64(in, inOffset + SecTag.SCI));
    }
    if (isOfContext(tci)) {
      ReceiveChannel only = state.onlyChannel();
      boolean hidden =
          only != null && !only.enabled && state.has(Quirk.UNKNOWN_CONTEXT_NOT_COUNTED);
      return hidden ? null : only;
    }
    boolean broadcast = (tci & SecTag.SCB_BIT) != 0 && !state.has(Quirk.NO_BROADCAST_PORT);
    int port = broadcast ? SCB_PORT : Sci.END_STATION_PORT;
    return state.channel((Wire.uint48(in, inOffset + SecTag.SOURCE) << Short.SIZE) | port);
  }
}
