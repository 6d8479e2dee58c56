package org.macsec4j.examples.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.examples.config.Format;
import org.macsec4j.examples.config.Link;
import org.macsec4j.examples.config.LinkFile;
import org.macsec4j.examples.config.StaticLink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code macsec convert}: what one program's file says, in the words of another. */
@Command(
    name = "convert",
    description =
        "Reads a link's configuration as macsec, wpa_supplicant or NetworkManager have it, and writes"
            + " it as another of them does. What it prints has the key in it: redirect it to a file"
            + " of your own (umask 077). Static keys, as systemd-networkd has them, can be written as"
            + " networkd's alone; for another format it says what the file asks for.",
    footer = {
      "",
      "  macsec convert wpa_supplicant.conf -i eth0 > macsec.conf",
      "  macsec convert eth0.nmconnection --to wpa_supplicant",
      "",
      "Exit code: 0 when nothing is lost; 1 when the other has no word for a setting, which is said;"
          + " 2 when the file cannot be read, or asks for what macsec does not do."
    },
    mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
  private static final int LOST = 1;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final LinkFileOptions from = new LinkFileOptions();

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE})")
  private Format format = Format.MACSEC;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    PrintWriter err = command.commandLine().getErr();
    try {
      LinkFile read = from.read();
      read.notes().forEach(note -> err.println("macsec convert: note: " + note));
      return write(read, command.commandLine().getOut(), err);
    } catch (InvalidConfigurationException e) {
      return from.refused(command, e);
    } finally {
      err.flush();
    }
  }

  private int write(LinkFile read, PrintWriter out, PrintWriter err) {
    int code = MacsecCommand.DONE;
    for (StaticLink link : read.staticLinks()) {
      out.print(format.write(link).text());
    }
    for (Link link : read.links()) {
      Format.Written written = format.write(link);
      out.print(written.text());
      for (String lost : written.lost()) {
        err.println("macsec convert: " + link.interfaceName() + ": cannot be said: " + lost);
        code = LOST;
      }
    }
    out.flush();
    return code;
  }
}
