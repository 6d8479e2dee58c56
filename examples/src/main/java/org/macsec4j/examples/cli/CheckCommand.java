package org.macsec4j.examples.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacsecException;
import org.macsec4j.SecyId;
import org.macsec4j.examples.inspect.JsonWriter;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.offload.WireCheck;
import org.macsec4j.offload.WireVerdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code macsec check}: whether the wire is really protected. */
@Command(
    name = "check",
    description =
        "Sends up to three marked frames through a SecY, which nobody takes, and looks whether they"
            + " come by protected or in clear. Needs CAP_NET_RAW.",
    footer = {
      "",
      "  macsec check macsec0                 looks at the interface below, on this host",
      "  macsec check macsec0 --from eth1     looks at another one that the frames come to, such as"
          + " a mirror port",
      "  macsec check macsec0 --from eth0 --from-netns blue",
      "",
      "With offload the frames are protected below all that this host can see: look from the other"
          + " side of the wire.",
      "",
      "Exit code: 0 protected; 1 in clear; 2 not known, or it could not be looked at."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final int IN_CLEAR = 1;

  private final LinuxOptions.Opening opening;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "DEV", description = "the secured interface")
  private String device = "";

  @Option(
      names = "--from",
      paramLabel = "IF",
      description = "the interface to look at (default: the one below DEV)")
  private @Nullable String from;

  @Option(
      names = "--from-netns",
      paramLabel = "NETNS",
      description = "the network namespace of IF (default: that of DEV)")
  private @Nullable String fromNamespace;

  @Option(
      names = {"-j", "--json"},
      description = "one JSON object, for programs")
  private boolean json;

  @Mixin private final NetnsOption netns = new NetnsOption();

  CheckCommand(LinuxOptions.Opening opening) {
    this.opening = opening;
  }

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    if (from == null && fromNamespace != null) {
      throw new ParameterException(
          command.commandLine(), "--from-netns needs --from, an interface to look at");
    }
    PrintWriter out = command.commandLine().getOut();
    try (LinuxBackend backend = opening.open(netns.of(LinuxBackend.builder()))) {
      WireVerdict verdict = look(backend);
      out.println(json ? json(verdict) : text(verdict));
      return switch (verdict.state()) {
        case PROTECTED -> MacsecCommand.DONE;
        case CLEAR -> IN_CLEAR;
        case UNKNOWN -> MacsecCommand.FAILED;
      };
    } catch (MacsecException e) {
      return ShowCommand.failed(command, e);
    } finally {
      out.flush();
    }
  }

  private WireVerdict look(LinuxBackend backend) {
    SecyId secy = ShowCommand.find(backend, device);
    WireCheck check = WireCheck.of(backend, secy);
    if (from == null) {
      return check.atParent();
    }
    if (fromNamespace == null) {
      return check.at(backend, from);
    }
    try (LinuxBackend observer =
        opening.open(NetnsOption.in(LinuxBackend.builder(), fromNamespace))) {
      return check.at(observer, from);
    }
  }

  private String text(WireVerdict verdict) {
    return "%s: %s, seen at %s%s: %s"
        .formatted(
            device,
            OffloadTable.lower(verdict.state()),
            verdict.observer(),
            fromNamespace == null ? "" : " in " + fromNamespace,
            verdict.reason());
  }

  private String json(WireVerdict verdict) {
    JsonWriter writer = new JsonWriter().field("name", device);
    netns.name().ifPresent(name -> writer.field("namespace", name));
    writer.field("state", OffloadTable.lower(verdict.state())).field("reason", verdict.reason());
    writer.field("observer", verdict.observer());
    Optional.ofNullable(fromNamespace).ifPresent(name -> writer.field("observerNamespace", name));
    return writer.end();
  }
}
