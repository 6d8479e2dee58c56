package org.macsec4j.mka.engine;

import org.jspecify.annotations.Nullable;
import org.macsec4j.MacAddress;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.EapolHeader;
import org.macsec4j.mka.wire.MalformedMkpduException;
import org.macsec4j.mka.wire.MalformedReason;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.MkpduDecoder;
import org.macsec4j.mka.wire.ReceivedMkpdu;

/**
 * From octets to an MKPDU that was made with a key of ours (IEEE 802.1X 11.11.2): the form, the
 * name of the key, the algorithms, the ICV, and only then the parameter sets. Whatever fails is
 * counted and forgotten; a frame can do no more harm than that.
 */
final class MkpduReceiver {
  /** An MKPDU with a right ICV, and whose CA it is in. */
  record Accepted(MkaParticipant participant, Mkpdu mkpdu, MacAddress from) {
    /** Takes it if it says nothing new; false, and nothing is done, otherwise. */
    boolean isHeardAgain(long now) {
      return participant.hearAgain(now, mkpdu);
    }
  }

  private static final int ETHERTYPE_AT = 2 * MacAddress.LENGTH;
  private static final int EAPOL_VERSION_AT = ETHERTYPE_AT + Short.BYTES;

  /** An MKPDU that was dropped: what it was under, who sent it, and when. */
  record Seen(Ckn ckn, MacAddress from, long at) {}

  private final PortContext context;
  private final KeyRing ring;
  private final MkpduDecoder decoder;
  private @Nullable Seen unknownCkn;
  private @Nullable Seen keyNotValid;
  private @Nullable Seen icvFailed;

  MkpduReceiver(PortContext context, KeyRing ring) {
    this.context = context;
    this.ring = ring;
    this.decoder = MkpduDecoder.DEFAULT.withEtherTypes(context.config.etherType());
  }

  /** The last MKPDU whose CKN was none of ours; null when there was none. */
  @Nullable Seen unknownCkn() {
    return unknownCkn;
  }

  /** The last MKPDU under a key of ours that is not valid now; null when there was none. */
  @Nullable Seen keyNotValid() {
    return keyNotValid;
  }

  /** The last MKPDU whose ICV was wrong; null when there was none. */
  @Nullable Seen icvFailed() {
    return icvFailed;
  }

  /** The MKPDU; null when the frame was dropped. */
  @Nullable Accepted receive(long now, byte[] frame) {
    context.counters.mkpdusIn++;
    MacAddress from = source(frame);
    if (isEapol(frame)) {
      context.counters.heard(from, frame[EAPOL_VERSION_AT] & 0xFF);
    }
    try {
      ReceivedMkpdu received = decoder.open(frame);
      BasicParameterSet basic = received.basic();
      MkaParticipant participant = ring.participant(basic.ckn());
      if (participant == null) {
        unknownCkn = new Seen(basic.ckn(), from, now);
        return drop(DropReason.UNKNOWN_CKN, from);
      }
      if (!participant.isRunning()) {
        keyNotValid = new Seen(basic.ckn(), from, now);
        return drop(DropReason.KEY_NOT_VALID, from);
      }
      if (basic.algorithmAgility() != BasicParameterSet.ALGORITHM_AGILITY) {
        return drop(DropReason.UNKNOWN_ALGORITHMS, from);
      }
      if (!received.verify(participant.keys()::icvMatches)) {
        icvFailed = new Seen(basic.ckn(), from, now);
        return drop(DropReason.ICV_FAILED, from);
      }
      return new Accepted(participant, received.mkpdu(), from);
    } catch (MalformedMkpduException e) {
      return drop(reason(e.reason()), from);
    }
  }

  private @Nullable Accepted drop(DropReason reason, MacAddress from) {
    context.drop(reason, from);
    return null;
  }

  private static DropReason reason(MalformedReason reason) {
    return switch (reason) {
      case NOT_MKA, WRONG_ETHERTYPE -> DropReason.NOT_MKA;
      case INDIVIDUAL_DESTINATION -> DropReason.INDIVIDUAL_DESTINATION;
      default -> DropReason.MALFORMED;
    };
  }

  private boolean isEapol(byte[] frame) {
    int type = context.config.etherType();
    return frame.length > EAPOL_VERSION_AT
        && (frame[ETHERTYPE_AT] & 0xFF) == type >>> Byte.SIZE
        && (frame[ETHERTYPE_AT + 1] & 0xFF) == (type & 0xFF);
  }

  private static MacAddress source(byte[] frame) {
    int end = 2 * MacAddress.LENGTH;
    return frame.length < end ? new MacAddress(0) : MacAddress.of(frame, MacAddress.LENGTH);
  }

  /** The EtherType that a diagnosis names. */
  String etherType() {
    int type = context.config.etherType();
    return type == EapolHeader.ETHERTYPE
        ? "EAPOL-MKA"
        : "EAPOL-MKA (EtherType " + Integer.toHexString(type) + ")";
  }
}
