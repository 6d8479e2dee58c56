package org.macsec4j.examples.cli;

import java.io.PrintWriter;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacsecException;
import org.macsec4j.PacketNumber;
import org.macsec4j.PacketNumberThreshold;
import org.macsec4j.netlink.LinuxBackend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code macsec watch}: what happens to the SecYs of this machine, as it happens. */
@Command(
    name = "watch",
    description =
        "Prints what happens to the SecYs of the Linux kernel, one line an event: created, changed"
            + " by whomever and in what, removed, able to send or not, packet numbers that run out."
            + " Needs no privilege. As the kernel tells of interfaces alone, the rest is seen once"
            + " a second, and oftener before packet numbers run out.",
    footer = {
      "",
      "  macsec watch                          until it is ended by Ctrl-C",
      "  macsec watch macsec0 --count 1        waits for the next event of one SecY",
      "  macsec watch --for 5m --json          for five minutes, for programs",
      "",
      "Exit code: 0 when it ended as asked or by SIGINT or SIGTERM; 2 when SecYs could not be"
          + " watched; 3 when the kernel's report hides a SecY that exists."
    },
    mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
  private static final int MAX_PERCENT = 99;
  private static final long LAST_WORDS_MILLIS = 2_000;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final LinuxOptions options;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "end after so long, such as 30s, 5m or 2h (default: never)")
  private @Nullable Duration limit;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "end after so many events (default: never)")
  private long count = Long.MAX_VALUE;

  @Option(
      names = "--pn-threshold",
      paramLabel = "PERCENT",
      description =
          "tell of a transmit SA when so much of its packet numbers is used: 1..99 (default 75)")
  private int percent = 75;

  WatchCommand(LinuxOptions.Opening opening) {
    options = new LinuxOptions(opening);
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    check(command);
    try {
      watch(command.commandLine().getOut(), command.commandLine().getErr());
      return MacsecCommand.DONE;
    } catch (MacsecException e) {
      return ShowCommand.failed(command, e);
    }
  }

  private void check(CommandSpec command) {
    if (count < 1) {
      throw new ParameterException(command.commandLine(), "--count is 1 or more, not " + count);
    }
    if (percent < 1 || percent > MAX_PERCENT) {
      throw new ParameterException(
          command.commandLine(), "--pn-threshold is 1..99 percent, not " + percent);
    }
  }

  private void watch(PrintWriter out, PrintWriter err) throws InterruptedException {
    try (LinuxBackend backend = options.open()) {
      Watching watching = new Watching(backend, options, out, err);
      EndBySignal.during(() -> watch(watching, out), watching::stop, LAST_WORDS_MILLIS);
    }
  }

  private void watch(Watching watching, PrintWriter out) throws InterruptedException {
    try {
      watching.run(threshold(percent), limit, count);
    } finally {
      out.flush();
    }
  }

  static PacketNumberThreshold threshold(int percent) {
    return new PacketNumberThreshold(
        part(PacketNumber.MAX_32, percent), part(PacketNumber.MAX_64, percent));
  }

  /** So much of the numbers that end with {@code last}; 75 percent is what 802.1X has. */
  private static PacketNumber part(PacketNumber last, int percent) {
    BigInteger numbers = new BigInteger(last.toString()).add(BigInteger.ONE);
    return PacketNumber.of(
        numbers.multiply(BigInteger.valueOf(percent)).divide(BigInteger.valueOf(100)).longValue());
  }
}
