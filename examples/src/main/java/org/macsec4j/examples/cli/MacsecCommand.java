package org.macsec4j.examples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code macsec} command. Exit codes: 0 done, 1 not as expected, 2 wrong use, or something that
 * cannot be read; 3 see {@link ShowCommand}.
 */
@Command(
    name = "macsec",
    mixinStandardHelpOptions = true,
    versionProvider = MacsecCommand.Version.class,
    description = "MACsec (IEEE 802.1AE) and MKA (IEEE 802.1X) at hand.",
    subcommands = {
      DemoCommand.class,
      InspectCommand.class,
      ShowCommand.class,
      WatchCommand.class,
      OffloadCommand.class,
      CheckCommand.class,
      RunCommand.class,
      GenkeyCommand.class,
      ConvertCommand.class,
      SimulateCommand.class
    })
public final class MacsecCommand implements Callable<Integer> {
  static final int DONE = 0;
  static final int FAILED = 2;

  /** Longer runs of hexadecimal digits in an error may be a key that went to the wrong place. */
  private static final int LONGEST_DIGITS_SHOWN = 8;

  @Spec private CommandSpec spec;

  /**
   * Runs the command and ends the JVM with its exit code.
   *
   * @param args the arguments
   */
  public static void main(String[] args) {
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    int code = run(out, err, args);
    out.flush();
    err.flush();
    System.exit(code);
  }

  /** UTF-8 whatever the locale: the C locale of a service would turn half of a report into ?. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8));
  }

  /**
   * Runs the command.
   *
   * @param out for results
   * @param err for errors
   * @param args the arguments
   * @return the exit code
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(LinuxOptions::onThisSystem, out, err, args);
  }

  /** Runs the command with another system below. */
  static int run(LinuxOptions.Opening opening, PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new MacsecCommand(), new Factory(opening))
        .setOut(out)
        .setErr(err)
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, line) -> wrongUse(e, err))
        .setExecutionExceptionHandler((e, line, parsed) -> failed(e, line, err))
        .execute(args);
  }

  private static int wrongUse(ParameterException e, PrintWriter err) {
    CommandLine line = e.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    err.println(name + ": " + redact(String.valueOf(e.getMessage())));
    err.println("Try '" + name + " --help'.");
    err.flush();
    return FAILED;
  }

  /** A mistake of ours; a stack trace would help nobody who is not at the sources. */
  private static int failed(Exception e, CommandLine line, PrintWriter err) {
    String name = line.getCommandSpec().qualifiedName();
    err.println(name + ": internal error, please report it: " + redact(e.toString()));
    err.flush();
    return FAILED;
  }

  /** The text without anything that may be a key. */
  static String redact(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
        end++;
      }
      if (end - at > LONGEST_DIGITS_SHOWN) {
        out.append("(").append(end - at).append(" hex digits)");
      } else {
        out.append(text, at, Math.max(end, at + 1));
      }
      at = Math.max(end, at + 1);
    }
    return out.toString();
  }

  /** Without a subcommand: what there is. */
  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    spec.commandLine().usage(err);
    err.flush();
    return FAILED;
  }

  /** Makes the subcommands. */
  private record Factory(LinuxOptions.Opening opening) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == ShowCommand.class) {
        return type.cast(new ShowCommand(opening));
      }
      if (type == OffloadCommand.class) {
        return type.cast(new OffloadCommand(opening));
      }
      if (type == CheckCommand.class) {
        return type.cast(new CheckCommand(opening));
      }
      if (type == RunCommand.class) {
        return type.cast(new RunCommand(opening));
      }
      return type == WatchCommand.class
          ? type.cast(new WatchCommand(opening))
          : CommandLine.defaultFactory().create(type);
    }
  }

  /** From the manifest of the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = MacsecCommand.class.getPackage().getImplementationVersion();
      return new String[] {"macsec " + (version == null ? "(built from sources)" : version)};
    }
  }
}
