package org.macsec4j.examples.cli;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.macsec4j.examples.inspect.CaptureException;
import org.macsec4j.examples.inspect.InspectKeys;
import org.macsec4j.examples.inspect.Inspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens a capture. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    versionProvider = MacsecCommand.Version.class,
    description = {
      "Opens a recording (pcap or pcapng, also gzip) of a MACsec link: tells the MKA conversation,"
          + " verifies it, unwraps its keys and decrypts the data frames.",
      "Exit code 0 when the file could be read, whatever was found in it; 2 when not.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  macsec inspect link.pcap --ckn 6162 --cak 000102030405060708090a0b0c0d0e0f",
      "  macsec inspect link.pcapng --keys keys.txt --json",
      "  macsec inspect link.pcap --saks psk_config_data",
      "  macsec inspect link.pcap --sak 02:00:00:00:0a:01/1:0:HEX --sak 020000000b020001:0:HEX",
      ""
    })
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "the capture")
  private String file = "";

  @Option(
      names = "--cak",
      paramLabel = "HEX",
      description = "a CAK, 32 or 64 digits; goes with the --ckn of the same place")
  private List<String> caks = List.of();

  @Option(names = "--ckn", paramLabel = "HEX", description = "the name of a CAK, 2 to 64 digits")
  private List<String> ckns = List.of();

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "a file of CKNs and CAKs, a pair a line; keeps keys out of the process list")
  private @Nullable String keyFile;

  @Option(
      names = "--saks",
      paramLabel = "FILE",
      description = "a file of SAKs, as macsec run --export-keys writes it")
  private @Nullable String sakFile;

  @Option(
      names = "--sak",
      paramLabel = "SCI:AN:HEX",
      description = "the key of an SA that was not agreed by MKA; several for one SA are all tried")
  private List<String> saks = List.of();

  @Option(
      names = "--salt",
      paramLabel = "HEX",
      description = "their salt, 24 digits: makes them XPN")
  private @Nullable String salt;

  @Option(names = "--ssci", paramLabel = "SCI=N", description = "the SSCI of a sender, with XPN")
  private List<String> sscis = List.of();

  @Option(names = "--json", description = "one JSON object a line, a summary last")
  private boolean json;

  @Option(names = "--show-keys", description = "show the SAKs that were unwrapped")
  private boolean showKeys;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    KeyOptions options = new KeyOptions();
    options.named(caks, ckns);
    options.file(path(keyFile, options));
    options.sakFile(path(sakFile, options));
    options.saks(saks);
    options.salt(salt);
    options.sscis(sscis);
    boolean cakGiven = !caks.isEmpty() || keyFile != null;
    options.checkTogether(salt != null, !saks.isEmpty(), !sscis.isEmpty(), cakGiven);
    Path capture = path(file, options);
    InspectKeys keys = options.keys();
    try {
      if (!options.problems().isEmpty() || capture == null) {
        options.problems().forEach(problem -> err.println("macsec inspect: " + problem));
        return MacsecCommand.FAILED;
      }
      return inspect(capture, keys, spec.commandLine().getOut(), err);
    } finally {
      keys.destroy();
      err.flush();
    }
  }

  private static @Nullable Path path(@Nullable String name, KeyOptions options) {
    try {
      return name == null ? null : Path.of(name);
    } catch (InvalidPathException e) {
      options.problems().add("no name of a file: " + MacsecCommand.redact(e.getReason()));
      return null;
    }
  }

  private int inspect(Path capture, InspectKeys keys, PrintWriter out, PrintWriter err) {
    try {
      if (json) {
        Inspection.asJson(capture, keys, showKeys, out);
      } else {
        Inspection.asText(capture, keys, showKeys, Terminal.style(), out);
      }
      return MacsecCommand.DONE;
    } catch (CaptureException e) {
      out.flush();
      err.println("macsec inspect: " + e.getMessage());
      return MacsecCommand.FAILED;
    }
  }
}
