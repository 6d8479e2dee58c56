package org.macsec4j.mka.statespace;

/**
 * What can happen next.
 *
 * @param kind what
 * @param member to whom
 * @param index which of the frames held back, where it is about one
 * @param command the number, within this step, of the SecY command whose answer is spoilt
 * @param fault how
 */
@SuppressWarnings("EnumOrdinal") // a step is kept as a number within one run alone
record Step(Kind kind, int member, int index, int command, Fault fault) {
  /** Kinds of steps, and how many of the faults of a path they use up. */
  enum Kind {
    /** A member that is down starts. */
    START(0),
    /** The answer of a SecY that was late comes. */
    ANSWER(0),
    /** The next frame comes. */
    DELIVER(0),
    /** Nothing comes; the time goes on to the next deadline. */
    TIMEOUT(0),
    /** A frame that was held back comes: late, or out of order, or a second time. */
    RELEASE(0),
    /** Somebody asks the key server for a new key. */
    REKEY(0),
    /** The next frame gets lost. */
    LOSE(1),
    /** The next frame is held back: others overtake it, and any time passes. */
    HOLD(1),
    /** The next frame comes, and a copy of it is held back. */
    DUPLICATE(1),
    /** The member vanishes with its SecY. */
    CRASH(1),
    /** The member vanishes, and what it installed stays. */
    CRASH_LEAVING_SECY(1);

    static final Kind[] ALL = values();

    final int cost;

    Kind(int cost) {
      this.cost = cost;
    }
  }

  /** What can be wrong with the answer of a SecY. */
  enum Fault {
    NONE,
    /** The command is not carried out, and refused. */
    REFUSED,
    /** The command is carried out, and the answer comes any time later. */
    LATE;

    static final Fault[] ALL = values();
  }

  Step(Kind kind, int member, int index) {
    this(kind, member, index, -1, Fault.NONE);
  }

  Step with(int spoiltCommand, Fault how) {
    return new Step(kind, member, index, spoiltCommand, how);
  }

  int cost() {
    return kind.cost + (fault == Fault.NONE ? 0 : 1);
  }

  int encode() {
    return kind.ordinal() | member << 4 | fault.ordinal() << 8 | index << 12 | (command + 1) << 20;
  }

  static Step decode(int code) {
    return new Step(
        Kind.ALL[code & 0xF],
        code >> 4 & 0xF,
        code >> 12 & 0xFF,
        (code >> 20) - 1,
        Fault.ALL[code >> 8 & 0xF]);
  }

  @Override
  public String toString() {
    String which = kind == Kind.RELEASE ? " frame " + index : "";
    String spoilt = fault == Fault.NONE ? "" : ", command " + command + " " + fault;
    return kind + " " + (char) ('A' + member) + which + spoilt;
  }
}
