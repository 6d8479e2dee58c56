package org.macsec4j.testkit.dataplane;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.Sci;
import org.macsec4j.SecyConfig;

/**
 * The SecTAG of a frame (IEEE 802.1AE clause 9).
 *
 * <pre>
 *  0      6      12      14       15   16           20             20 or 28
 *  +------+------+-------+--------+----+------------+--------------+-------------+-----+
 *  |  DA  |  SA  | 88-E5 | TCI,AN | SL |     PN     | SCI, if SC=1 | Secure Data | ICV |
 *  +------+------+-------+--------+----+------------+--------------+-------------+-----+
 *
 *  TCI, AN:  | V=0 | ES | SC | SCB | E | C |   AN   |     SL:  | 0 0 | 0..47 |
 *               80   40   20   10   8   4    2 and 1
 * </pre>
 *
 * <p>The record holds what the tag says and no more: the channel of a tag without an SCI depends on
 * the frame's source address ({@link #channel}), the upper half of an extended packet number on
 * what was received before ({@link #packetNumber(PacketNumber)}).
 *
 * @param endStation the ES bit: the SCI is the source address and port 1
 * @param singleCopyBroadcast the SCB bit: the SCI is the source address and port 0
 * @param encrypted the E bit
 * @param changed the C bit: the secure data differs from the user data, or the ICV is not of 16
 *     octets
 * @param an the association number
 * @param shortLength octets of secure data when they are 1..47, otherwise 0
 * @param packetNumber the low 32 bits of the packet number
 * @param sci the SCI, when the SC bit says that the tag holds one
 */
public record SecTag(
    boolean endStation,
    boolean singleCopyBroadcast,
    boolean encrypted,
    boolean changed,
    AssociationNumber an,
    int shortLength,
    int packetNumber,
    Optional<Sci> sci) {

  /** The EtherType of MACsec (802.1AE table 9-1). */
  public static final int ETHER_TYPE = 0x88E5;

  /** Octets of a SecTAG without an SCI, its EtherType included. */
  public static final int LENGTH_WITHOUT_SCI = 8;

  /** Octets of a SecTAG with an SCI, its EtherType included. */
  public static final int LENGTH_WITH_SCI = 16;

  // Offsets within an Ethernet frame.
  static final int SOURCE = 6;
  static final int START = 12;
  static final int TCI_AN = 14;
  static final int SHORT_LENGTH = 15;
  static final int PACKET_NUMBER = 16;
  static final int SCI = 20;
  static final int MIN_FRAME = 14;

  // Bits of the octet at TCI_AN.
  static final int VERSION_BIT = 0x80;
  static final int ES_BIT = 0x40;
  static final int SC_BIT = 0x20;
  static final int SCB_BIT = 0x10;
  static final int E_BIT = 0x08;
  static final int C_BIT = 0x04;
  static final int AN_MASK = 0x03;

  static final int MAX_SHORT_LENGTH = 47;

  /** The ICV that a clear C bit stands for. */
  static final int FULL_ICV = 16;

  /** An Ethernet MAC fills shorter frames to this length, not counting the FCS. */
  static final int MIN_ETHERNET_FRAME = 60;

  private static final int SCB_PORT = 0;
  private static final int LOW_HALF_SIGN = 31;

  /**
   * Checks what cannot be written: ES or SCB beside an SCI, a short length outside of 0..47.
   *
   * @param endStation the ES bit
   * @param singleCopyBroadcast the SCB bit
   * @param encrypted the E bit
   * @param changed the C bit
   * @param an the association number
   * @param shortLength octets of secure data when they are 1..47, otherwise 0
   * @param packetNumber the low 32 bits of the packet number
   * @param sci the SCI, when the tag holds one
   * @throws IllegalArgumentException when the tag could not be written
   */
  public SecTag {
    Objects.requireNonNull(an, "an");
    if (sci.isPresent() && (endStation || singleCopyBroadcast)) {
      throw new IllegalArgumentException("a SecTAG with ES or SCB holds no SCI");
    }
    if (shortLength < 0 || shortLength > MAX_SHORT_LENGTH) {
      throw new IllegalArgumentException("a short length is 0..47, not " + shortLength);
    }
  }

  /**
   * Reads the SecTAG of a frame. The length of the secure data is not looked at, see {@link
   * #problem}.
   *
   * @param frame the frame from its destination address on
   * @return the tag; empty when the frame is not MACsec or its tag is not valid
   */
  public static Optional<SecTag> decode(byte[] frame) {
    if (tagProblem(frame, 0, frame.length) != null) {
      return Optional.empty();
    }
    int tci = frame[TCI_AN];
    return Optional.of(
        new SecTag(
            (tci & ES_BIT) != 0,
            (tci & SCB_BIT) != 0,
            (tci & E_BIT) != 0,
            (tci & C_BIT) != 0,
            AssociationNumber.of(tci & AN_MASK),
            frame[SHORT_LENGTH],
            Wire.int32(frame, PACKET_NUMBER),
            (tci & SC_BIT) != 0 ? Optional.of(Sci.of(frame, SCI)) : Optional.<Sci>empty()));
  }

  /**
   * What is wrong with the SecTAG of a frame (802.1AE 9.12), but for its packet number.
   *
   * @param frame the frame from its destination address on
   * @param icvLength octets of the ICV when the C bit is set; when it is clear they are 16
   * @return the reason, empty when the tag is valid
   */
  public static Optional<DropReason> problem(byte[] frame, int icvLength) {
    return Optional.ofNullable(problem(frame, 0, frame.length, icvLength));
  }

  static @Nullable DropReason problem(byte[] in, int offset, int length, int icvLength) {
    return problem(in, offset, length, icvLength, FULL_ICV, MIN_ETHERNET_FRAME);
  }

  /**
   * What is wrong with a frame.
   *
   * @param clearIcvLength octets of the ICV where the C bit is clear
   * @param filledTo up to which length a frame may have been filled after its ICV
   */
  static @Nullable DropReason problem(
      byte[] in, int offset, int length, int icvLength, int clearIcvLength, int filledTo) {
    DropReason problem = tagProblem(in, offset, length);
    if (problem != null) {
      return problem;
    }
    int tci = in[offset + TCI_AN];
    int icv = (tci & C_BIT) != 0 ? icvLength : clearIcvLength;
    int shortLength = in[offset + SHORT_LENGTH];
    int secureData = length - START - tagLength(tci) - icv;
    if (shortLength == 0) {
      return secureData > MAX_SHORT_LENGTH ? null : DropReason.TAG_LENGTH;
    }
    // Beyond the ICV there may only be what an Ethernet MAC fills a short frame with.
    boolean fits = secureData == shortLength || (secureData > shortLength && length <= filledTo);
    return fits ? null : DropReason.TAG_LENGTH;
  }

  private static @Nullable DropReason tagProblem(byte[] in, int offset, int length) {
    if (length < MIN_FRAME) {
      return DropReason.RUNT;
    }
    if (Wire.uint16(in, offset + START) != ETHER_TYPE) {
      return DropReason.NO_TAG;
    }
    if (length < START + LENGTH_WITHOUT_SCI) {
      return DropReason.TAG_TRUNCATED;
    }
    int tci = in[offset + TCI_AN];
    if ((tci & VERSION_BIT) != 0) {
      return DropReason.TAG_VERSION;
    }
    if ((tci & SC_BIT) != 0 && (tci & (ES_BIT | SCB_BIT)) != 0) {
      return DropReason.TAG_SCI_CONFLICT;
    }
    if (length < START + tagLength(tci)) {
      return DropReason.TAG_TRUNCATED;
    }
    // A negative octet has a reserved bit set; so has one from 64 on.
    int shortLength = in[offset + SHORT_LENGTH];
    return shortLength < 0 || shortLength > MAX_SHORT_LENGTH ? DropReason.TAG_SHORT_LENGTH : null;
  }

  /** E and C of the frames of a SecY. */
  static int confidentiality(SecyConfig config) {
    boolean encrypts = config.confidentialityOffset().isConfidential();
    boolean changes = encrypts || config.icvLength() != FULL_ICV;
    return (encrypts ? E_BIT : 0) | (changes ? C_BIT : 0);
  }

  static int tagLength(int tci) {
    return (tci & SC_BIT) != 0 ? LENGTH_WITH_SCI : LENGTH_WITHOUT_SCI;
  }

  /** The short length field for this many octets of secure data. */
  static int shortLengthOf(int secureData) {
    return secureData <= MAX_SHORT_LENGTH ? secureData : 0;
  }

  /** A 64-bit packet number from its low half, see {@link #packetNumber(PacketNumber)}. */
  static long recover(long lowestAcceptable, int low) {
    long high = lowestAcceptable >>> Integer.SIZE;
    if (((int) lowestAcceptable & ~low) >>> LOW_HALF_SIGN != 0) {
      high++;
    }
    return (high << Integer.SIZE) | Integer.toUnsignedLong(low);
  }

  /**
   * The extended packet number of this tag (802.1AE 10.6.2): the upper half is that of the lowest
   * acceptable number, or one more when that number is in the second half of its 2^32 and this tag
   * is in the first half of one.
   *
   * @param lowestAcceptable the lowest acceptable packet number of the SA
   * @return the number, all 64 bits
   */
  public PacketNumber packetNumber(PacketNumber lowestAcceptable) {
    return PacketNumber.of(recover(lowestAcceptable.value(), packetNumber));
  }

  /**
   * The SCI that this tag tells (802.1AE 9.5, 9.9).
   *
   * @param source the frame's source address
   * @return the SCI; empty when neither SC, ES nor SCB is set, so that only the one peer of a
   *     point-to-point link can be meant
   */
  public Optional<Sci> channel(MacAddress source) {
    if (singleCopyBroadcast) {
      return Optional.of(new Sci(source, SCB_PORT));
    }
    return endStation ? Optional.of(new Sci(source, Sci.END_STATION_PORT)) : sci;
  }

  /**
   * Octets of this tag, its EtherType included.
   *
   * @return 8 or 16
   */
  public int length() {
    return sci.isPresent() ? LENGTH_WITH_SCI : LENGTH_WITHOUT_SCI;
  }

  /**
   * Writes the tag into a frame, its EtherType first.
   *
   * @param frame the frame
   * @param offset where the tag begins, 12 octets after the frame's beginning
   */
  public void writeTo(byte[] frame, int offset) {
    int start = offset - START;
    write(frame, start, tciAn(), shortLength, packetNumber);
    sci.ifPresent(value -> value.writeTo(frame, start + SCI));
  }

  static void write(byte[] frame, int start, int tciAn, int shortLength, int packetNumber) {
    Wire.putInt32(
        frame, start + START, (ETHER_TYPE << Short.SIZE) | (tciAn << Byte.SIZE) | shortLength);
    Wire.putInt32(frame, start + PACKET_NUMBER, packetNumber);
  }

  /**
   * The octet of TCI and AN.
   *
   * @return 0..127
   */
  public int tciAn() {
    return (endStation ? ES_BIT : 0)
        | (sci.isPresent() ? SC_BIT : 0)
        | (singleCopyBroadcast ? SCB_BIT : 0)
        | (encrypted ? E_BIT : 0)
        | (changed ? C_BIT : 0)
        | an.value();
  }
}
