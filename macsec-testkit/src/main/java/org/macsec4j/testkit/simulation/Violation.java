package org.macsec4j.testkit.simulation;

/** A rule that must hold in every world does not hold in this one. */
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String rule;

  Violation(String rule, String what) {
    super(what);
    this.rule = rule;
  }

  /** The rule, in words. */
  String rule() {
    return rule;
  }
}
