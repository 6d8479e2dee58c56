package org.macsec4j.netlink.macsec;

/**
 * Commands and attributes of the generic netlink family {@code macsec}, version 1.
 *
 * <pre>
 *  MACSEC_CMD_     #                 MACSEC_ATTR_    #  value
 *  GET_TXSC        0 dump only       IFINDEX         1  u32, the secured interface
 *  ADD_RXSC        1                 RXSC_CONFIG     2  nest RXSC_ATTR
 *  DEL_RXSC        2                 SA_CONFIG       3  nest SA_ATTR
 *  UPD_RXSC        3                 SECY            4  nest SECY_ATTR         in a dump
 *  ADD_TXSA        4                 TXSA_LIST       5  1..n { nest SA_ATTR }  in a dump
 *  DEL_TXSA        5                 RXSC_LIST       6  1..n { nest RXSC_ATTR } in a dump
 *  UPD_TXSA        6                 TXSC_STATS      7  nest of u64            in a dump
 *  ADD_RXSA        7                 SECY_STATS      8  nest of u64            in a dump
 *  DEL_RXSA        8                 OFFLOAD         9  nest: TYPE 1, u8
 *  UPD_RXSA        9
 *  UPD_OFFLOAD    10
 *
 *  RXSC_ATTR_      #  value          SA_ATTR_        #  value
 *  SCI             1  8 octets       AN              1  u8: 0..3
 *  ACTIVE          2  u8: 0, 1       ACTIVE          2  u8: 0, 1
 *  SA_LIST         3  1..n { nest }  PN              3  u32, with XPN u64
 *  STATS           4  nest of u64    KEY             4  16 or 32 octets; never in a dump
 *                                    KEYID           5  16 octets
 *  SECY_ATTR_      #  value          STATS           6  nest of u32
 *  SCI             1  8 octets       SSCI            8  u32 in network byte order; XPN
 *  ENCODING_SA     2  u8             SALT            9  12 octets; XPN; never in a dump
 *  WINDOW          3  u32; replay on
 *  CIPHER_SUITE    4  u64
 *  ICV_LEN         5  u8             PROTECT 6, REPLAY 7, OPER 8, VALIDATE 9, ENCRYPT 10,
 *                                    INC_SCI 11, ES 12, SCB 13: u8
 * </pre>
 *
 * <p>Numbers are in the byte order of the machine where nothing else is said. Nests come without
 * the bit that says so.
 */
final class MacsecNumbers {
  static final int CMD_GET_TXSC = 0;
  static final int CMD_ADD_RXSC = 1;
  static final int CMD_DEL_RXSC = 2;
  static final int CMD_UPD_RXSC = 3;
  static final int CMD_ADD_TXSA = 4;
  static final int CMD_DEL_TXSA = 5;
  static final int CMD_UPD_TXSA = 6;
  static final int CMD_ADD_RXSA = 7;
  static final int CMD_DEL_RXSA = 8;
  static final int CMD_UPD_RXSA = 9;
  static final int CMD_UPD_OFFLOAD = 10;

  static final int ATTR_IFINDEX = 1;
  static final int ATTR_RXSC_CONFIG = 2;
  static final int ATTR_SA_CONFIG = 3;
  static final int ATTR_SECY = 4;
  static final int ATTR_TXSA_LIST = 5;
  static final int ATTR_RXSC_LIST = 6;
  static final int ATTR_TXSC_STATS = 7;
  static final int ATTR_SECY_STATS = 8;
  static final int ATTR_OFFLOAD = 9;

  static final int OFFLOAD_TYPE = 1;

  static final int RXSC_SCI = 1;
  static final int RXSC_ACTIVE = 2;
  static final int RXSC_SA_LIST = 3;
  static final int RXSC_STATS = 4;

  static final int SA_AN = 1;
  static final int SA_ACTIVE = 2;
  static final int SA_PN = 3;
  static final int SA_KEY = 4;
  static final int SA_KEYID = 5;
  static final int SA_STATS = 6;
  static final int SA_SSCI = 8;
  static final int SA_SALT = 9;

  static final int SECY_SCI = 1;
  static final int SECY_ENCODING_SA = 2;
  static final int SECY_WINDOW = 3;
  static final int SECY_CIPHER_SUITE = 4;
  static final int SECY_ICV_LEN = 5;
  static final int SECY_PROTECT = 6;
  static final int SECY_REPLAY = 7;
  static final int SECY_OPER = 8;
  static final int SECY_VALIDATE = 9;
  static final int SECY_ENCRYPT = 10;
  static final int SECY_INC_SCI = 11;
  static final int SECY_ES = 12;
  static final int SECY_SCB = 13;

  private MacsecNumbers() {}
}
