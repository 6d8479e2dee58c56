package org.macsec4j.examples.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacsecException;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.offload.OffloadDiscovery;
import org.macsec4j.offload.OffloadSupport;
import org.macsec4j.offload.ProbeVerdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code macsec offload}: which interfaces can do MACsec in hardware. */
@Command(
    name = "offload",
    description =
        "Shows which interfaces can do MACsec in hardware: what each claims, a hint; what is known"
            + " of its driver, from its source; and with --probe what it really does.",
    footer = {
      "",
      "  macsec offload                  all interfaces of this network namespace",
      "  macsec offload eth0 --probe     switches offload on, on a scratch SecY, and off again",
      "",
      "Exit code: 0 when all was shown, whatever the verdict; 2 when it could not be read, or there"
          + " is no such interface."
    },
    mixinStandardHelpOptions = true)
final class OffloadCommand implements Callable<Integer> {
  private final LinuxOptions.Opening opening;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "DEV",
      description = "the interface (default: all that a SecY can be made on)")
  private @Nullable String device;

  @Option(
      names = "--probe",
      description = "really switch offload on, for a moment; needs CAP_NET_ADMIN")
  private boolean probe;

  @Option(
      names = {"-j", "--json"},
      description = "one JSON object a line, for programs")
  private boolean json;

  @Mixin private final NetnsOption netns = new NetnsOption();

  OffloadCommand(LinuxOptions.Opening opening) {
    this.opening = opening;
  }

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    PrintWriter out = command.commandLine().getOut();
    try (LinuxBackend backend = opening.open(netns.of(LinuxBackend.builder()));
        OffloadDiscovery discovery = OffloadDiscovery.on(backend)) {
      List<OffloadSupport> found = device == null ? discovery.all() : List.of(discovery.of(device));
      for (OffloadSupport support : found) {
        Optional<ProbeVerdict> verdict =
            probe ? Optional.of(discovery.probe(support.interfaceName())) : Optional.empty();
        print(out, support, verdict);
      }
      if (found.isEmpty() && !json) {
        out.println("there is no interface that a SecY can be made on");
      }
      return MacsecCommand.DONE;
    } catch (MacsecException e) {
      return ShowCommand.failed(command, e);
    } finally {
      out.flush();
    }
  }

  private void print(PrintWriter out, OffloadSupport support, Optional<ProbeVerdict> verdict) {
    if (json) {
      out.println(OffloadJson.of(support, verdict, netns.name()));
    } else {
      out.print(OffloadTable.of(support, verdict));
    }
  }
}
