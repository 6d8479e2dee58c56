package org.macsec4j.testkit.simulation;

/**
 * What can go wrong in a simulated world. Each is counted when it really happens, so that a reader
 * of the counts sees that the worlds are not empty.
 */
public enum Fault {
  /** A frame was lost on the wire. */
  LOSS("frames lost"),
  /** A frame came much later than usual. */
  DELAY("frames delayed"),
  /** A frame overtook an earlier one of its sender. */
  REORDER("frames reordered"),
  /** A frame came twice. */
  DUPLICATION("frames duplicated"),
  /** A bit of a frame was changed by the wire. */
  CORRUPTION("frames corrupted"),
  /** A frame did not come over, as the network was in two parts. */
  PARTITION("frames stopped by a partition"),
  /** A frame did not come over, as the way was cut in this direction. */
  ONE_WAY_CUT("frames stopped by a one-way cut"),
  /** An MKA process stood still; what came in meanwhile waited. */
  PAUSE("pauses"),
  /** An MKA process stood still; what came in meanwhile was lost. */
  PAUSE_DEAF("pauses with lost input"),
  /** A host crashed and lost everything. */
  CRASH("crashes"),
  /** An MKA process crashed; its SecY went on with the keys it had, and was found so later. */
  CRASH_LEAVING_SECY("crashes over a stale SecY"),
  /** A member left in good order, and came back with another configuration. */
  RECONFIGURATION("reconfigurations"),
  /** A SecY refused a command. */
  COMMAND_REFUSED("commands refused"),
  /** A SecY cannot do a suite that it was told to use. */
  SUITE_UNSUPPORTED("suites refused"),
  /** A SecY carried a command out late. */
  COMMAND_LATE("commands carried out late"),
  /** A SecY carried a command out at once and said so late. */
  ANSWER_LATE("answers late"),
  /** An answer came a second time, when nobody waited for it any more. */
  ANSWER_REPEATED("answers repeated"),
  /** Somebody asked for a new key. */
  REKEY("rekeys asked for"),
  /** A CAK gave way to another on all hosts. */
  ROLL_OVER("CAK roll-overs"),
  /** A host lost its primary CAK, and went on with the fallback. */
  KEY_REMOVED("CAKs removed"),
  /** A host got its primary CAK again. */
  KEY_ADDED("CAKs added"),
  /** A member said that it would be silent, and was. */
  SUSPENSION("in-service suspensions"),
  /** The attacker sent an old MKPDU again. */
  MKPDU_REPLAYED("MKPDUs replayed"),
  /** The attacker sent an MKPDU of a former life of its sender. */
  MKPDU_OF_FORMER_LIFE("MKPDUs of former lives replayed"),
  /** The attacker sent a host its own MKPDU. */
  MKPDU_REFLECTED("MKPDUs reflected"),
  /** The attacker sent an MKPDU with bits changed. */
  MKPDU_FORGED("MKPDUs forged"),
  /** The attacker sent an MKPDU with a CKN that nobody knows. */
  CKN_UNKNOWN("MKPDUs with an unknown CKN"),
  /** The attacker sent an MKPDU of an invented member under a key that it guessed. */
  MEMBER_INVENTED("MKPDUs of invented members"),
  /** The attacker sent octets that are no MKPDU. */
  GARBAGE("garbage MKPDUs"),
  /** The attacker sent an old protected frame again. */
  DATA_REPLAYED("user frames replayed"),
  /** The attacker sent a host its own protected frame. */
  DATA_REFLECTED("user frames reflected"),
  /** The attacker sent a protected frame with bits changed. */
  DATA_FORGED("user frames forged"),
  /** The attacker sent a user frame in clear. */
  DATA_IN_CLEAR("user frames injected in clear");

  private final String text;

  Fault(String text) {
    this.text = text;
  }

  /** What was counted, in words. */
  @Override
  public String toString() {
    return text;
  }
}
