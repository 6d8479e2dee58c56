package org.macsec4j.examples.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Starts the short commands once, so that the JVM that runs this can keep what they load: see the
 * script {@code macsec}. What they print is thrown away, and that some fail, as on a system without
 * MACsec, does not matter.
 */
final class StartUp {
  private static final String[][] COMMANDS = {{"show"}, {"genkey"}, {"show", "--json"}, {"--help"}};

  private StartUp() {}

  /**
   * Runs the commands.
   *
   * @param args none
   */
  public static void main(String[] args) {
    PrintWriter nowhere =
        new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    for (String[] command : COMMANDS) {
      MacsecCommand.run(nowhere, nowhere, command);
    }
  }
}
