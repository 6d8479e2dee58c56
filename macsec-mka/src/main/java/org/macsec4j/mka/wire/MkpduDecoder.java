package org.macsec4j.mka.wire;

import static org.macsec4j.mka.wire.MkpduLayout.ALIGNMENT;
import static org.macsec4j.mka.wire.MkpduLayout.BASIC_CKN;
import static org.macsec4j.mka.wire.MkpduLayout.BASIC_FIXED_BODY;
import static org.macsec4j.mka.wire.MkpduLayout.BODY;
import static org.macsec4j.mka.wire.MkpduLayout.ICV_LENGTH;
import static org.macsec4j.mka.wire.MkpduLayout.MAX_SET_BODY;
import static org.macsec4j.mka.wire.MkpduLayout.MIN_MKPDU;
import static org.macsec4j.mka.wire.MkpduLayout.SET_HEAD;
import static org.macsec4j.mka.wire.MkpduLayout.TWO_BITS;
import static org.macsec4j.mka.wire.MkpduLayout.padded;

import java.util.Arrays;
import java.util.Objects;
import org.macsec4j.MacAddress;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;

/**
 * Reads MKPDUs from Ethernet frames, in the order of IEEE 802.1X 11.11.2, of MKA versions 1 to 3
 * and above, parameter sets in any order.
 *
 * <p>The work is in two steps, because a receiver must not believe a parameter set before the ICV
 * holds, and cannot verify the ICV before it knows the CKN: {@link #open} reads the headers and the
 * basic parameter set, {@link ReceivedMkpdu#verify} runs the caller's check, {@link
 * ReceivedMkpdu#mkpdu} reads the rest. {@link #decode} does the first and the last at once, for
 * tools that show what cannot be verified.
 *
 * <p><b>Strict or lenient?</b> What decides where things begin and end is strict: a length that
 * contradicts itself makes the whole MKPDU malformed, and so does a known set whose length has no
 * meaning in versions 1 to 3, as it cannot be told which of its fields to believe and a key taken
 * from the wrong place is worse than a dropped frame. What does not decide anything is lenient:
 * unknown sets, reserved bits, padding, EAPOL and MKA versions are taken as they come. A sender of
 * a version above 3 may have longer SAK Use and XPN sets; the fields known here are read and the
 * rest is skipped, as 802.1X 11.5 asks for octets added by later versions.
 *
 * <p>Immutable, for use by any number of threads. No input makes it throw anything other than
 * {@link MalformedMkpduException}.
 */
public final class MkpduDecoder {
  /** Accepts EtherType 88-8E and group destinations, within {@link DecodeLimits#DEFAULT}. */
  public static final MkpduDecoder DEFAULT =
      new MkpduDecoder(DecodeLimits.DEFAULT, false, EapolHeader.ETHERTYPE);

  private final DecodeLimits limits;
  private final boolean individualDestinations;
  private final int[] etherTypes;

  private MkpduDecoder(DecodeLimits limits, boolean individualDestinations, int... etherTypes) {
    this.limits = Objects.requireNonNull(limits, "limits");
    this.individualDestinations = individualDestinations;
    this.etherTypes = etherTypes;
  }

  /**
   * The same decoder within other limits.
   *
   * @param limits the limits
   * @return a decoder
   */
  public MkpduDecoder withLimits(DecodeLimits limits) {
    return new MkpduDecoder(limits, individualDestinations, etherTypes);
  }

  /**
   * The same decoder for other EtherTypes.
   *
   * @param etherTypes all that are to be taken for EAPOL; 88-8E only when it is among them
   * @return a decoder
   */
  public MkpduDecoder withEtherTypes(int... etherTypes) {
    return Arrays.equals(etherTypes, this.etherTypes)
        ? this
        : new MkpduDecoder(limits, individualDestinations, etherTypes.clone());
  }

  /**
   * The same decoder, but one that also takes frames to the address of a single station. The
   * standard forbids them (11.11.2 a); some devices can be set to send them, and a tool shows them.
   *
   * @return a decoder
   */
  public MkpduDecoder withIndividualDestinations() {
    return new MkpduDecoder(limits, true, etherTypes);
  }

  /**
   * Reads headers and basic parameter set of a frame.
   *
   * @param frame the frame from its destination address on; not copied, so it must not change while
   *     the result is in use
   * @return the opened frame
   * @throws MalformedMkpduException when the frame is no MKPDU
   */
  public ReceivedMkpdu open(byte[] frame) throws MalformedMkpduException {
    return open(frame, 0, frame.length);
  }

  /**
   * Reads headers and basic parameter set of a frame within an array.
   *
   * @param octets the array; not copied, so it must not change while the result is in use
   * @param offset where the frame begins
   * @param length octets of the frame, padding included
   * @return the opened frame
   * @throws MalformedMkpduException when the frame is no MKPDU
   * @throws IndexOutOfBoundsException when offset and length do not lie within the array
   */
  public ReceivedMkpdu open(byte[] octets, int offset, int length) throws MalformedMkpduException {
    Objects.checkFromIndexSize(offset, length, octets.length);
    if (length > limits.maxFrameOctets()) {
      throw new MalformedMkpduException(MalformedReason.FRAME_TOO_LONG, 0);
    }
    int body = offset + BODY;
    int bodyLength = checkHeader(octets, offset, length);
    int basicLength = checkBasic(octets, offset, bodyLength);
    BasicParameterSet basic = basic(octets, body, basicLength);
    EapolHeader header =
        new EapolHeader(
            MacAddress.of(octets, offset + MkpduLayout.DESTINATION),
            MacAddress.of(octets, offset + MkpduLayout.SOURCE),
            u16(octets, offset + MkpduLayout.ETHERTYPE),
            octets[offset + MkpduLayout.EAPOL_VERSION] & 0xFF);
    return new ReceivedMkpdu(
        octets, offset, SET_HEAD + padded(basicLength), bodyLength, header, basic, limits);
  }

  /**
   * Reads a whole frame, its ICV unverified.
   *
   * @param frame the frame from its destination address on
   * @return the MKPDU
   * @throws MalformedMkpduException when the frame is no MKPDU
   */
  public Mkpdu decode(byte[] frame) throws MalformedMkpduException {
    return open(frame).mkpdu();
  }

  /** Ethernet and EAPOL header, then 11.11.2 a to c; the length of the MKPDU comes out. */
  private int checkHeader(byte[] octets, int offset, int length) throws MalformedMkpduException {
    if (length < BODY) {
      throw new MalformedMkpduException(MalformedReason.FRAME_TOO_SHORT, length);
    }
    if (!isEapol(u16(octets, offset + MkpduLayout.ETHERTYPE))) {
      throw new MalformedMkpduException(MalformedReason.WRONG_ETHERTYPE, MkpduLayout.ETHERTYPE);
    }
    if (octets[offset + MkpduLayout.PACKET_TYPE] != MkpduLayout.PACKET_TYPE_MKA) {
      throw new MalformedMkpduException(MalformedReason.NOT_MKA, MkpduLayout.PACKET_TYPE);
    }
    if (!individualDestinations && (octets[offset + MkpduLayout.DESTINATION] & 1) == 0) {
      throw new MalformedMkpduException(
          MalformedReason.INDIVIDUAL_DESTINATION, MkpduLayout.DESTINATION);
    }
    int bodyLength = u16(octets, offset + MkpduLayout.BODY_LENGTH);
    if (bodyLength > length - BODY) {
      throw new MalformedMkpduException(MalformedReason.BODY_TRUNCATED, MkpduLayout.BODY_LENGTH);
    }
    if (bodyLength < MIN_MKPDU) {
      throw new MalformedMkpduException(MalformedReason.MKPDU_TOO_SHORT, MkpduLayout.BODY_LENGTH);
    }
    if (bodyLength % ALIGNMENT != 0) {
      throw new MalformedMkpduException(MalformedReason.MKPDU_NOT_ALIGNED, MkpduLayout.BODY_LENGTH);
    }
    return bodyLength;
  }

  /** 11.11.2 d; the length of the basic parameter set comes out. */
  private static int checkBasic(byte[] octets, int offset, int bodyLength)
      throws MalformedMkpduException {
    int lengthAt = BODY + MkpduLayout.SET_LENGTH;
    int basicLength = u16(octets, offset + lengthAt) & MAX_SET_BODY;
    if (basicLength < BASIC_FIXED_BODY + Ckn.MIN_LENGTH
        || basicLength > BASIC_FIXED_BODY + Ckn.MAX_LENGTH) {
      throw new MalformedMkpduException(MalformedReason.BASIC_SET_LENGTH, lengthAt);
    }
    if (SET_HEAD + padded(basicLength) + ICV_LENGTH > bodyLength) {
      throw new MalformedMkpduException(MalformedReason.BASIC_SET_OVERRUN, lengthAt);
    }
    return basicLength;
  }

  /** Every octet read here was counted by {@link #checkBasic}. */
  private static BasicParameterSet basic(byte[] octets, int at, int basicLength)
      throws MalformedMkpduException {
    WireReader reader =
        new WireReader(octets, at - BODY, at, at + BASIC_CKN, MalformedReason.BASIC_SET_OVERRUN);
    int version = reader.u8();
    int priority = reader.u8();
    int flags = reader.u16() >>> 8;
    Sci sci = reader.sci();
    MemberIdentifier actor = reader.memberIdentifier();
    long messageNumber = reader.u32();
    int agility = reader.i32();
    return new BasicParameterSet(
        version,
        priority,
        (flags & MkpduLayout.FLAG_KEY_SERVER) != 0,
        (flags & MkpduLayout.FLAG_MACSEC_DESIRED) != 0,
        MacsecCapability.ofCode(flags >>> MkpduLayout.CAPABILITY_SHIFT & TWO_BITS),
        sci,
        actor,
        messageNumber,
        agility,
        Ckn.of(octets, at + BASIC_CKN, basicLength - BASIC_FIXED_BODY));
  }

  private boolean isEapol(int etherType) {
    for (int accepted : etherTypes) {
      if (accepted == etherType) {
        return true;
      }
    }
    return false;
  }

  private static int u16(byte[] octets, int at) {
    return (octets[at] & 0xFF) << 8 | (octets[at + 1] & 0xFF);
  }

  /** What is accepted, for logs. */
  @Override
  public String toString() {
    return "MkpduDecoder[etherTypes="
        + Arrays.toString(Arrays.stream(etherTypes).mapToObj(Integer::toHexString).toArray())
        + ", individualDestinations="
        + individualDestinations
        + ", "
        + limits
        + "]";
  }
}
