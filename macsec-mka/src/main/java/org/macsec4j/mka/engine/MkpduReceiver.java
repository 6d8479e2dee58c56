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
  record Accepted(MkaParticipant participant, Mkpdu mkpdu, MacAddress from) {}

  private final PortContext context;
  private final KeyRing ring;
  private final MkpduDecoder decoder;
  private @Nullable Ckn lastUnknown;
  private @Nullable MacAddress lastUnknownFrom;
  private @Nullable MacAddress lastIcvFailedFrom;

  MkpduReceiver(PortContext context, KeyRing ring) {
    this.context = context;
    this.ring = ring;
    this.decoder = MkpduDecoder.DEFAULT.withEtherTypes(context.config.etherType());
  }

  /** The last CKN that was none of ours; null when there was none. */
  @Nullable Ckn lastUnknown() {
    return lastUnknown;
  }

  /** Who sent that; null when there was none. */
  @Nullable MacAddress lastUnknownFrom() {
    return lastUnknownFrom;
  }

  /** Who sent the last wrong ICV; null when there was none. */
  @Nullable MacAddress lastIcvFailedFrom() {
    return lastIcvFailedFrom;
  }

  /** The MKPDU; null when the frame was dropped. */
  @Nullable Accepted receive(byte[] frame) {
    context.counters.mkpdusIn++;
    MacAddress from = source(frame);
    try {
      ReceivedMkpdu received = decoder.open(frame);
      BasicParameterSet basic = received.basic();
      MkaParticipant participant = ring.participant(basic.ckn());
      if (participant == null) {
        lastUnknown = basic.ckn();
        lastUnknownFrom = from;
        return drop(DropReason.UNKNOWN_CKN, from);
      }
      if (!participant.isRunning()) {
        return drop(DropReason.KEY_NOT_VALID, from);
      }
      if (basic.algorithmAgility() != BasicParameterSet.ALGORITHM_AGILITY) {
        return drop(DropReason.UNKNOWN_ALGORITHMS, from);
      }
      if (!received.verify(participant.keys()::icvMatches)) {
        lastIcvFailedFrom = from;
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
