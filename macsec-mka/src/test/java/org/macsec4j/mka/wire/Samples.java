package org.macsec4j.mka.wire;

import java.util.Arrays;
import java.util.HexFormat;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;

/** Frames built by hand from digits, for what no recording has. The ICV is sixteen octets EE. */
final class Samples {
  static final MemberIdentifier MI_A = MemberIdentifier.parse("a1a2a3a4a5a6a7a8a9aaabac");
  static final MemberIdentifier MI_B = MemberIdentifier.parse("b1b2b3b4b5b6b7b8b9babbbc");
  static final String ICV = "ee".repeat(16);

  /** Basic parameter set of version 3, CKN of 3 octets: 32 + 4 octets. */
  static final String BASIC =
      "0310f01f" + "020000000a010001" + MI_A + "00000007" + "0080c201" + "aabbcc00";

  private Samples() {}

  static BasicParameterSet basic() {
    return basic(3);
  }

  static BasicParameterSet basic(int version) {
    return new BasicParameterSet(
        version,
        16,
        true,
        true,
        MacsecCapability.CONFIDENTIALITY_OFFSET_0_30_50,
        Sci.parse("02:00:00:00:0a:01/1"),
        MI_A,
        7,
        BasicParameterSet.ALGORITHM_AGILITY,
        Ckn.parse("aabbcc"));
  }

  /** A frame of the MKPDU that the digits make, headers in front, padding as it comes. */
  static byte[] frame(String... mkpdu) {
    byte[] body = HexFormat.of().parseHex(String.join("", mkpdu));
    return frame(body.length, body);
  }

  static byte[] frame(int bodyLength, byte[] body) {
    byte[] head = HexFormat.of().parseHex("0180c2000003" + "020000000a01" + "888e0305");
    byte[] frame = Arrays.copyOf(head, 18 + body.length);
    frame[16] = (byte) (bodyLength >>> 8);
    frame[17] = (byte) bodyLength;
    System.arraycopy(body, 0, frame, 18, body.length);
    return frame;
  }

  static void icv(byte[] octets, int offset, int length, byte[] target, int at) {
    Arrays.fill(target, at, at + 16, (byte) 0xEE);
  }
}
