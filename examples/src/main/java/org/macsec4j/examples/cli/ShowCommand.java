package org.macsec4j.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacsecException;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.examples.openconfig.OpenConfigState;
import org.macsec4j.netlink.DumpTruncatedException;
import org.macsec4j.netlink.LinuxBackend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code macsec show}: the SecYs of this machine, whoever made them. */
@Command(
    name = "show",
    description =
        "Shows the SecYs of the Linux kernel, with their channels and associations, whoever made"
            + " them. Needs no privilege. Keys are never shown: the kernel does not tell them.",
    footer = {
      "",
      "  macsec show                all SecYs of this network namespace",
      "  macsec show macsec0 -s     one of them, with all its counters",
      "  macsec show --json | jq    for programs",
      "  macsec show --openconfig   the state of all as openconfig-macsec has it (RFC 7951)",
      "",
      "Of SecYs that macsec run takes care of, also what MKA knows: peers, keys, counters.",
      "",
      "Exit code: 0 when all was shown, also when there is none; 2 when it could not be read, or"
          + " there is no such SecY; 3 when the kernel's report hides a SecY that exists."
    },
    mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
  private static final int HIDDEN = 3;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final LinuxOptions options;

  @Option(
      names = {"-s", "--statistics"},
      description = "with all counters; one that the hardware does not tell is a dash")
  private boolean statistics;

  @Option(
      names = "--openconfig",
      description = "all of it as one document in the shape of openconfig-macsec, for collectors")
  private boolean openconfig;

  @Option(
      names = "--status",
      paramLabel = "DIR",
      description = "where macsec run leaves the state of MKA: ${DEFAULT-VALUE}")
  private Path status = StatusFolder.USUAL;

  ShowCommand(LinuxOptions.Opening opening) {
    options = new LinuxOptions(opening);
  }

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    try (LinuxBackend backend = options.open()) {
      show(backend, command.commandLine().getOut());
      return MacsecCommand.DONE;
    } catch (MacsecException e) {
      return failed(command, e);
    }
  }

  /** Says in one sentence why SecYs could not be read; gives the exit code. */
  static int failed(CommandSpec command, MacsecException e) {
    PrintWriter err = command.commandLine().getErr();
    err.println("macsec " + command.name() + ": " + e.getMessage());
    err.flush();
    return e instanceof DumpTruncatedException ? HIDDEN : MacsecCommand.FAILED;
  }

  private void show(LinuxBackend backend, PrintWriter out) {
    try {
      if (options.device().isPresent()) {
        SecySnapshot secy = backend.read(find(backend, options.device().get()));
        if (openconfig) {
          printOpenConfig(out, List.of(secy));
        } else {
          print(out, secy);
        }
        return;
      }
      if (openconfig) {
        printOpenConfig(out, backend.readAll());
        return;
      }
      List<SecySnapshot> secys = all(backend, out);
      if (secys.isEmpty() && !options.json()) {
        out.println("there is no SecY" + options.namespace().map(n -> " in " + n).orElse(""));
      }
      secys.forEach(secy -> print(out, secy));
    } finally {
      out.flush();
    }
  }

  /** All at once; where one is hidden, those that are not are shown before that is said. */
  private List<SecySnapshot> all(LinuxBackend backend, PrintWriter out) {
    try {
      return backend.readAll();
    } catch (DumpTruncatedException e) {
      for (SecyId secy : backend.list()) {
        unlessHidden(backend, secy).ifPresent(seen -> print(out, seen));
      }
      throw e;
    }
  }

  private static Optional<SecySnapshot> unlessHidden(LinuxBackend backend, SecyId secy) {
    try {
      return Optional.of(backend.read(secy));
    } catch (DumpTruncatedException e) {
      return Optional.empty();
    }
  }

  /** The SecY of a name. */
  static SecyId find(LinuxBackend backend, String device) {
    List<SecyId> all = backend.list();
    return all.stream()
        .filter(secy -> secy.name().equals(device))
        .findFirst()
        .orElseThrow(
            () ->
                new MacsecException(
                    MacsecException.Kind.NOT_FOUND,
                    "there is no SecY "
                        + device
                        + "; there is "
                        + (all.isEmpty()
                            ? "none"
                            : String.join(", ", all.stream().map(SecyId::name).toList()))));
  }

  private void printOpenConfig(PrintWriter out, List<SecySnapshot> secys) {
    out.println(
        OpenConfigState.json(
            secys.stream()
                .map(
                    secy ->
                        new OpenConfigState.Port(secy, mka(secy).map(StatusFolder.Said::leaves)))
                .toList()));
  }

  private Optional<StatusFolder.Said> mka(SecySnapshot secy) {
    return new StatusFolder(status).about(secy.transmitSc().sci());
  }

  private void print(PrintWriter out, SecySnapshot secy) {
    Optional<StatusFolder.Said> mka = mka(secy);
    if (options.json()) {
      out.println(SecyJson.of(secy, statistics, options.namespace(), mka));
    } else {
      String where = options.namespace().map(name -> "in " + name + ", ").orElse("");
      out.print(SecyTable.of(secy, statistics, where));
      mka.ifPresent(said -> print(out, said));
    }
  }

  private static void print(PrintWriter out, StatusFolder.Said said) {
    out.print(said.text());
    if (said.isOld()) {
      out.println(
          "        as of "
              + said.age().toSeconds()
              + " s ago: macsec run has not said anything since");
    }
  }
}
