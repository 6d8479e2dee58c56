package org.macsec4j.mka.wire;

/**
 * Every offset, size and code of an MKPDU, named once (IEEE 802.1X 11.3 and 11.11). All integers
 * are big-endian; an offset counts from the start of the thing drawn.
 *
 * <pre>
 * Frame (802.1X 11.1, 11.3)
 *
 *   0      6      12    14   15   16     18                                  body length
 *   +------+------+-----+----+----+------+-----------+------+------+-----+   = 18..ICV's end
 *   |  DA  |  SA  |type |ver |pkt |body  | basic set | set  | set… | ICV |   then Ethernet padding,
 *   |  6   |  6   |888E | 3  | 5  |len 2 | 32..64    |      |      | 16  |   which nobody covers
 *   +------+------+-----+----+----+------+-----------+------+------+-----+
 *   |------------------- octets that the ICV covers ---------------|
 *
 * Head of a parameter set (11.11.1). The body length leaves out the head and the zero octets that
 * fill the set up to a multiple of four.
 *
 *          0            1                 2                    3
 *   +-------------+-------------+-----------+-----------+-------------+
 *   |    type     | specific 8  |specific 4 | len 11..8 |  len 7..0   |
 *   +-------------+-------------+-----------+-----------+-------------+
 *
 * Basic parameter set (11.11.1, figure 11-8): always first, so it has no type; len = 28 + CKN
 *
 *   0 version | 1 key server priority | 2  KS.MD.cap.cap.len | 3 len
 *   4 SCI 8 | 12 actor MI 12 | 24 actor MN 4 | 28 algorithm agility 4 | 32 CKN 1..32 | 0..
 *
 * Live (1) and Potential (2) Peer List (11.11, figure 11-9): len = 16 n
 *
 *   0 type | 1 key server SSCI, low octet (Live, version 3, with an XPN SAK) | 2 . len | 3 len
 *   4 MI 12 | 16 MN 4 | …
 *
 * MACsec SAK Use (3, figure 11-10): len = 40, or 0 when MACsec is not used
 *
 *   0 type | 1 LAN.LAN.LTX.LRX.OAN.OAN.OTX.ORX | 2 PTX.PRX.0.DP.len | 3 len
 *   4 latest key server MI 12 | 16 latest KN 4 | 20 latest lowest PN 4
 *  24 old key server MI 12    | 36 old KN 4    | 40 old lowest PN 4
 *
 * Distributed SAK (4, figures 11-11 and 11-12): len = 0, 28, or 12 + wrapped key
 *
 *   0 type | 1 AN.AN.CO.CO.0.0.0.0 | 2 . len | 3 len
 *   4 KN 4 | 8 wrapped key 24                     len 28: GCM-AES-128
 *   4 KN 4 | 8 cipher suite 8 | 16 wrapped key    len 36 (128-bit SAK) or 52 (256-bit SAK)
 *
 * Distributed CAK (5, figure 11-13): 4 wrapped CAK 24 or 40 | CKN 1..32
 * KMD (6, figure 11-14):             4 KMD
 * Announcement (7, figure 11-15):    4 TLVs, each: type 7 bits, length 9 bits, value
 * XPN (8, figure 11-16):             1 suspension time | 4 latest lowest PN, high 4 | 8 old, high 4
 * ICV indicator (255, figure 11-17): len = 16; the body is the ICV
 * </pre>
 */
final class MkpduLayout {
  // Frame
  static final int DESTINATION = 0;
  static final int SOURCE = 6;
  static final int ETHERTYPE = 12;
  static final int EAPOL_VERSION = 14;
  static final int PACKET_TYPE = 15;
  static final int BODY_LENGTH = 16;
  static final int BODY = 18;

  static final int PACKET_TYPE_MKA = 5;
  static final int MAX_EAPOL_BODY = 0xFFFF;

  // MKPDU (11.11.2)
  static final int MIN_MKPDU = 32;
  static final int ALIGNMENT = 4;
  static final int ICV_LENGTH = 16;

  // Head of a parameter set
  static final int SET_TYPE = 0;
  static final int SET_SPECIFIC = 1;
  static final int SET_LENGTH = 2;
  static final int SET_HEAD = 4;
  static final int MAX_SET_BODY = 0xFFF;

  // Types of parameter sets (table 11-7)
  static final int TYPE_LIVE_PEER_LIST = 1;
  static final int TYPE_POTENTIAL_PEER_LIST = 2;
  static final int TYPE_MACSEC_SAK_USE = 3;
  static final int TYPE_DISTRIBUTED_SAK = 4;
  static final int TYPE_DISTRIBUTED_CAK = 5;
  static final int TYPE_KMD = 6;
  static final int TYPE_ANNOUNCEMENT = 7;
  static final int TYPE_XPN = 8;
  static final int TYPE_ICV_INDICATOR = 255;

  // Basic parameter set
  static final int BASIC_VERSION = 0;
  static final int BASIC_PRIORITY = 1;
  static final int BASIC_FLAGS = 2;
  static final int BASIC_SCI = 4;
  static final int BASIC_MI = 12;
  static final int BASIC_MN = 24;
  static final int BASIC_AGILITY = 28;
  static final int BASIC_CKN = 32;
  static final int BASIC_FIXED_BODY = BASIC_CKN - SET_HEAD;
  static final int FLAG_KEY_SERVER = 0x80;
  static final int FLAG_MACSEC_DESIRED = 0x40;
  static final int CAPABILITY_SHIFT = 4;
  static final int TWO_BITS = 3;

  // Peer lists
  static final int PEER_ENTRY = 16;

  // MACsec SAK Use
  static final int SAK_USE_BODY = 40;
  static final int FLAG_LATEST_TX = 0x20;
  static final int FLAG_LATEST_RX = 0x10;
  static final int FLAG_OLD_TX = 0x02;
  static final int FLAG_OLD_RX = 0x01;
  static final int LATEST_AN_SHIFT = 6;
  static final int OLD_AN_SHIFT = 2;
  static final int FLAG_PLAIN_TX = 0x8;
  static final int FLAG_PLAIN_RX = 0x4;
  static final int FLAG_DELAY_PROTECT = 0x1;

  // Distributed SAK
  static final int DISTRIBUTED_AN_SHIFT = 6;
  static final int OFFSET_SHIFT = 4;
  static final int IMPLIED_SUITE_BODY = 28;
  static final int EXPLICIT_SUITE_FIXED = 12;
  static final int MIN_WRAPPED_KEY = 24;
  static final int MIN_EXPLICIT_SUITE_BODY = EXPLICIT_SUITE_FIXED + MIN_WRAPPED_KEY;

  // Distributed CAK
  static final int MIN_DISTRIBUTED_CAK_BODY = MIN_WRAPPED_KEY + 1;
  static final int MAX_DISTRIBUTED_CAK_BODY = 40 + 32;

  // Announcement TLVs (11.12)
  static final int TLV_HEAD = 2;
  static final int TLV_TYPE_SHIFT = 9;
  static final int MAX_TLV_TYPE = 0x7F;
  static final int MAX_TLV_LENGTH = 0x1FF;
  static final int CIPHER_SUITE_ENTRY = 10;

  // XPN
  static final int XPN_BODY = 8;

  private MkpduLayout() {}

  static int padded(int length) {
    return length + ALIGNMENT - 1 & -ALIGNMENT;
  }
}
