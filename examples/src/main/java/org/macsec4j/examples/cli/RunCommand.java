package org.macsec4j.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException;
import org.macsec4j.examples.config.LinkFile;
import org.macsec4j.netlink.LeftOver;
import org.macsec4j.netlink.LinuxBackend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code macsec run}: secures the interfaces that a file names, until it is ended. */
@Command(
    name = "run",
    description =
        "Secures the interfaces that a file names with MACsec and MKA, and keeps them so until it is"
            + " ended. Reads macsec's own format, a network block of wpa_supplicant.conf, or a"
            + " keyfile of NetworkManager. Needs CAP_NET_ADMIN and CAP_NET_RAW.",
    footer = {
      "",
      "  macsec run /etc/macsec.conf",
      "  macsec run wpa_supplicant.conf -i eth0",
      "",
      "SIGHUP reads the file again: new keys are taken over without losing a frame, a link with"
          + " other changes starts again, and the rest goes on. SIGTERM and SIGINT end all links and"
          + " remove their devices. A link that cannot be started is tried again every five seconds.",
      "",
      "Exit code: 0 when ended by a signal; 2 when the file is wrong, or MACsec is not available."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final long TEND_SECONDS = 5;
  private static final long LAST_WORDS_MILLIS = 5_000;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final LinuxOptions.Opening opening;
  private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "CONFIG", description = "the file; its format is told by what is in it")
  private @Nullable Path file;

  @Option(
      names = {"-i", "--interface"},
      paramLabel = "DEV",
      description = "the interface, which wpa_supplicant.conf does not name; of others, this alone")
  private @Nullable String interfaceName;

  @Option(
      names = {"-n", "--netns"},
      paramLabel = "NETNS",
      description = "in another network namespace, a name of 'ip netns'")
  private @Nullable String namespace;

  /** What a signal asks for. */
  private enum Order {
    RELOAD,
    END
  }

  RunCommand(LinuxOptions.Opening opening) {
    this.opening = opening;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Consumer<String> log =
        line -> {
          out.println(CLOCK.format(LocalTime.now(ZoneId.systemDefault())) + " " + line);
          out.flush();
        };
    try {
      LinkFile first = read(log);
      run(first, log);
      return MacsecCommand.DONE;
    } catch (InvalidConfigurationException e) {
      e.problems().forEach(problem -> err.println("macsec run: " + file + ": " + problem));
    } catch (MacsecException e) {
      err.println("macsec run: " + e.getMessage());
    }
    err.flush();
    return MacsecCommand.FAILED;
  }

  private LinkFile read(Consumer<String> log) {
    LinkFile read = LinkFile.read(Objects.requireNonNull(file), interfaceName);
    if (read.links().isEmpty()) {
      throw new InvalidConfigurationException(
          String.valueOf(file), java.util.List.of("it names no interface " + interfaceName));
    }
    read.notes().forEach(note -> log.accept("note: " + file + ": " + note));
    return read;
  }

  private void run(LinkFile first, Consumer<String> log) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    LinuxBackend.Builder builder = LinuxBackend.builder().leftOver(LeftOver.RECREATE);
    if (namespace != null) {
      builder = builder.namespace(namespace);
    }
    try (Macsec macsec = Macsec.using(opening.open(builder));
        LinkRunner links = new LinkRunner(macsec, log)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(ended), "ends the links"));
      if (!Hangup.onEach(() -> orders.add(Order.RELOAD))) {
        log.accept("this JVM does not tell of SIGHUP: to read the file again, start again");
      }
      links.apply(first.links());
      follow(links, log);
    } finally {
      log.accept("ended");
      ended.countDown();
    }
  }

  private void follow(LinkRunner links, Consumer<String> log) throws InterruptedException {
    for (Order order = orders.poll(TEND_SECONDS, TimeUnit.SECONDS);
        order != Order.END;
        order = orders.poll(TEND_SECONDS, TimeUnit.SECONDS)) {
      if (order == Order.RELOAD) {
        reload(links, log);
      }
      links.tend();
    }
  }

  /** A file that is wrong changes nothing: the links go on as they are. */
  private void reload(LinkRunner links, Consumer<String> log) {
    try {
      LinkFile again = read(log);
      log.accept("read " + file + " again");
      links.apply(again.links());
    } catch (InvalidConfigurationException e) {
      e.problems().forEach(problem -> log.accept("not taken over: " + file + ": " + problem));
    }
  }

  /** In the shutdown hook: it is meant to end so, and that is no failure. */
  private void end(CountDownLatch ended) {
    orders.add(Order.END);
    try {
      ended.await(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(MacsecCommand.DONE);
  }
}
