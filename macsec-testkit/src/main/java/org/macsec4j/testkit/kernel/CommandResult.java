package org.macsec4j.testkit.kernel;

/**
 * What a program said.
 *
 * @param exitCode its exit code, 0 if all went well
 * @param output what it printed to the standard output
 * @param error what it printed to the standard error
 */
public record CommandResult(int exitCode, String output, String error) {
  /**
   * Whether the exit code is 0.
   *
   * @return true if all went well
   */
  public boolean isOk() {
    return exitCode == 0;
  }
}
