package org.macsec4j;

/** The answer to a {@link SecyCommand}. */
public sealed interface SecyResult {
  /** The command was carried out. */
  record Done() implements SecyResult {}

  /**
   * The command changed nothing.
   *
   * @param cause why, with what to do
   */
  record Failed(MacsecException cause) implements SecyResult {}

  /**
   * The answer of success.
   *
   * @return done
   */
  static SecyResult done() {
    return new Done();
  }

  /**
   * Throws the cause of a failure.
   *
   * @throws MacsecException when the command failed
   */
  default void orThrow() {
    if (this instanceof Failed failed) {
      throw failed.cause();
    }
  }
}
