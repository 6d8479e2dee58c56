package org.macsec4j.mka.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A frame of which headers and basic parameter set have been read and found well-formed. What
 * follows is still locked: verify the ICV with the key of {@link #basic()}'s CKN, then ask for the
 * {@link #mkpdu()}.
 *
 * <p>Refers to the array of the frame, which must not change meanwhile.
 */
public final class ReceivedMkpdu {
  private final byte[] octets;
  private final int offset;
  private final int basicEnd;
  private final int icvStart;
  private final EapolHeader header;
  private final BasicParameterSet basic;
  private final DecodeLimits limits;

  ReceivedMkpdu(
      byte[] octets,
      int offset,
      int basicOctets,
      int mkpduOctets,
      EapolHeader header,
      BasicParameterSet basic,
      DecodeLimits limits) {
    this.octets = octets;
    this.offset = offset;
    this.basicEnd = offset + MkpduLayout.BODY + basicOctets;
    this.icvStart = offset + MkpduLayout.BODY + mkpduOctets - MkpduLayout.ICV_LENGTH;
    this.header = header;
    this.basic = basic;
    this.limits = limits;
  }

  /**
   * The Ethernet and EAPOL header.
   *
   * @return the header
   */
  public EapolHeader header() {
    return header;
  }

  /**
   * The basic parameter set, not yet verified.
   *
   * @return the set
   */
  public BasicParameterSet basic() {
    return basic;
  }

  /**
   * How many octets of the frame the ICV covers: all from the destination address to the ICV.
   *
   * @return octets
   */
  public int coveredLength() {
    return icvStart - offset;
  }

  /**
   * The octets of frame and ICV, without the padding that Ethernet may have added.
   *
   * @return octets
   */
  public int frameLength() {
    return coveredLength() + MkpduLayout.ICV_LENGTH;
  }

  /**
   * Verifies the ICV.
   *
   * @param check compares, with the key of the CKN
   * @return what the check said
   */
  public boolean verify(IcvCheck check) {
    return check.matches(octets, offset, coveredLength());
  }

  /**
   * Reads the other parameter sets.
   *
   * @return the whole MKPDU
   * @throws MalformedMkpduException when a set is malformed
   */
  public Mkpdu mkpdu() throws MalformedMkpduException {
    WireReader reader =
        new WireReader(octets, offset, basicEnd, icvStart, MalformedReason.SET_OVERRUN);
    ParameterSetReader setReader = new ParameterSetReader(limits, basic.version());
    List<ParameterSet> sets = new ArrayList<>(8);
    while (reader.remaining() > 0) {
      if (sets.size() == limits.maxSets()) {
        throw reader.malformed(MalformedReason.TOO_MANY_SETS);
      }
      sets.add(setReader.read(reader));
    }
    OctetString icv = OctetString.of(octets, icvStart, MkpduLayout.ICV_LENGTH);
    return new Mkpdu(basic, sets, Optional.of(icv));
  }
}
