package org.macsec4j.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.examples.config.LinkFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which file a command reads links from. */
final class LinkFileOptions {
  @Parameters(paramLabel = "FILE", description = "the file; its format is told by what is in it")
  private @Nullable Path file;

  @Option(
      names = {"-i", "--interface"},
      paramLabel = "DEV",
      description =
          "the interface, which wpa_supplicant.conf and .netdev files do not name; of others, this"
              + " alone")
  private @Nullable String interfaceName;

  Path file() {
    return Objects.requireNonNull(file);
  }

  /**
   * Reads the file.
   *
   * @throws InvalidConfigurationException with all that is wrong
   */
  LinkFile read() {
    LinkFile read = LinkFile.read(file(), interfaceName);
    if (read.links().isEmpty() && read.staticLinks().isEmpty()) {
      throw new InvalidConfigurationException(
          file().toString(), List.of("it names no interface " + interfaceName));
    }
    return read;
  }

  /** Says what is wrong, a line each; gives the exit code. */
  int refused(CommandSpec command, InvalidConfigurationException e) {
    PrintWriter err = command.commandLine().getErr();
    e.problems()
        .forEach(problem -> err.println("macsec " + command.name() + ": " + file + ": " + problem));
    err.flush();
    return MacsecCommand.FAILED;
  }
}
