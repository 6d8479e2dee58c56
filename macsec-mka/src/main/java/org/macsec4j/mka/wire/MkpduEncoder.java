package org.macsec4j.mka.wire;

import static org.macsec4j.mka.wire.MkpduLayout.BODY;
import static org.macsec4j.mka.wire.MkpduLayout.ICV_LENGTH;
import static org.macsec4j.mka.wire.MkpduLayout.SET_HEAD;
import static org.macsec4j.mka.wire.MkpduLayout.padded;

import java.util.List;
import java.util.Objects;
import org.macsec4j.mka.Ckn;

/**
 * Writes MKPDUs as Ethernet frames (IEEE 802.1X 11.11.3). Whatever {@link Mkpdu} exists can be
 * written, reserved bits and unknown sets included, except one that is longer than an EAPOL packet.
 * Padding within is zero; the frame ends with the ICV, so Ethernet may have to pad it.
 *
 * <p>Immutable, for use by any number of threads.
 */
public final class MkpduEncoder {
  /** Parameter sets by type, an ICV indicator only when the MKPDU has one. */
  public static final MkpduEncoder DEFAULT = new MkpduEncoder(SetOrder.ASCENDING, false);

  private final SetOrder order;
  private final boolean icvIndicator;

  private MkpduEncoder(SetOrder order, boolean icvIndicator) {
    this.order = Objects.requireNonNull(order, "order");
    this.icvIndicator = icvIndicator;
  }

  /**
   * The same encoder with another order.
   *
   * @param order the order of the parameter sets
   * @return an encoder
   */
  public MkpduEncoder withOrder(SetOrder order) {
    return new MkpduEncoder(order, icvIndicator);
  }

  /**
   * The same encoder, told whether to precede each ICV with an ICV indicator. Some switches ask for
   * it.
   *
   * @param always true for an indicator in each frame, false for one only where the MKPDU has it
   * @return an encoder
   */
  public MkpduEncoder withIcvIndicator(boolean always) {
    return always == icvIndicator ? this : new MkpduEncoder(order, always);
  }

  /**
   * Writes a frame.
   *
   * @param header the Ethernet and EAPOL header
   * @param mkpdu the MKPDU; an ICV that it holds is not looked at
   * @param icv computes the ICV
   * @return the frame, from its destination address to its ICV
   * @throws IllegalArgumentException when the MKPDU is longer than 65535 octets
   */
  public byte[] encode(EapolHeader header, Mkpdu mkpdu, IcvFunction icv) {
    List<ParameterSet> sets = order.arrange(mkpdu.sets(), icvIndicator);
    BasicParameterSet basic = mkpdu.basic();
    int basicLength = MkpduLayout.BASIC_FIXED_BODY + basic.ckn().length();
    int mkpduLength = SET_HEAD + padded(basicLength) + ICV_LENGTH;
    for (ParameterSet set : sets) {
      mkpduLength += ParameterSetWriter.octets(set);
    }
    if (mkpduLength > MkpduLayout.MAX_EAPOL_BODY) {
      throw new IllegalArgumentException(
          "an EAPOL packet has at most 65535 octets; this MKPDU has " + mkpduLength);
    }
    byte[] frame = new byte[BODY + mkpduLength];
    WireWriter writer = new WireWriter(frame);
    write(header, mkpduLength, writer);
    write(basic, basicLength, writer);
    writer.position(BODY + SET_HEAD + padded(basicLength));
    for (ParameterSet set : sets) {
      ParameterSetWriter.write(set, writer);
    }
    int covered = frame.length - ICV_LENGTH;
    icv.compute(frame, 0, covered, frame, covered);
    return frame;
  }

  private static void write(EapolHeader header, int mkpduLength, WireWriter writer) {
    writer.address(header.destination());
    writer.address(header.source());
    writer.u16(header.etherType());
    writer.u8(header.eapolVersion());
    writer.u8(MkpduLayout.PACKET_TYPE_MKA);
    writer.u16(mkpduLength);
  }

  private static void write(BasicParameterSet basic, int bodyLength, WireWriter writer) {
    Ckn ckn = basic.ckn();
    int flags =
        (basic.keyServer() ? MkpduLayout.FLAG_KEY_SERVER : 0)
            | (basic.macsecDesired() ? MkpduLayout.FLAG_MACSEC_DESIRED : 0)
            | basic.macsecCapability().code() << MkpduLayout.CAPABILITY_SHIFT;
    writer.u8(basic.version());
    writer.u8(basic.keyServerPriority());
    writer.u16(flags << 8 | bodyLength);
    writer.i64(basic.sci().toLong());
    writer.memberIdentifier(basic.actorMemberIdentifier());
    writer.u32(basic.actorMessageNumber());
    writer.u32(basic.algorithmAgility());
    writer.ckn(ckn);
  }

  /** The order and the indicator. */
  @Override
  public String toString() {
    return "MkpduEncoder[order=" + order + ", icvIndicator=" + icvIndicator + "]";
  }
}
