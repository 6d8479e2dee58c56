package org.macsec4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.LeftOver;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException;
import org.macsec4j.examples.config.Link;
import org.macsec4j.examples.config.LinkFile;
import org.macsec4j.mka.runtime.SakLog;
import org.macsec4j.mka.runtime.SessionOptions;
import org.macsec4j.netlink.LinuxBackend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code macsec run}: secures the interfaces that a file names, until it is ended. */
@Command(
    name = "run",
    description =
        "Secures the interfaces that a file names with MACsec and MKA, and keeps them so until it is"
            + " ended. Reads macsec's own format, a network block of wpa_supplicant.conf, a keyfile"
            + " of NetworkManager, or with static keys, and without MKA, a .netdev file of"
            + " systemd-networkd. Needs CAP_NET_ADMIN and CAP_NET_RAW.",
    footer = {
      "",
      "  macsec run /etc/macsec.conf",
      "  macsec run wpa_supplicant.conf -i eth0",
      "  macsec run /etc/systemd/network/macsec0.netdev",
      "",
      "SIGHUP reads the file again: new keys are taken over without losing a frame, a link with"
          + " other changes starts again, and the rest goes on. SIGTERM and SIGINT end all links and"
          + " remove their devices. A link that cannot be started is tried again every five seconds.",
      "",
      "A link with static keys does not follow changes of its file. At its end it says up to which"
          + " packet number each key was used: one that is used again must go on from there.",
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
  @Mixin private final LinkFileOptions from = new LinkFileOptions();
  @Mixin private final NetnsOption netns = new NetnsOption();

  @Option(
      names = "--status",
      paramLabel = "DIR",
      description =
          "where the state of MKA is left every five seconds for macsec show: ${DEFAULT-VALUE}")
  private Path status = StatusFolder.USUAL;

  @Option(
      names = "--export-keys",
      paramLabel = "FILE",
      description =
          "write every SAK that MKA installs to this file IN CLEAR, for Wireshark (as"
              + " psk_config_data of a profile) and macsec inspect --saks. Who reads it reads the"
              + " frames. Not the keys of static links, which are in their file")
  private @Nullable Path exported;

  @Option(
      names = "--memory",
      paramLabel = "DIR",
      description =
          "keep in this folder, such as /run/macsec4j-memory, under which numbers MKA speaks on"
              + " each interface; no secret. The next run, after an update or a crash, goes on in"
              + " its place, while a wpa_supplicant ignores somebody else with the same SCI for"
              + " six seconds and more")
  private @Nullable Path memory;

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
    CommandSpec command = Objects.requireNonNull(spec);
    PrintWriter out = command.commandLine().getOut();
    Consumer<String> log =
        line -> {
          out.println(CLOCK.format(LocalTime.now(ZoneId.systemDefault())) + " " + line);
          out.flush();
        };
    if (exported != null) {
      PrintWriter err = command.commandLine().getErr();
      err.println(
          "macsec run: WARNING: every SAK is written in clear to "
              + exported
              + ". Who reads it can read the frames of these links, and forge them while a key is"
              + " in use. Remove it when it is not needed any more");
      err.flush();
    }
    try {
      run(read(log), log);
      return MacsecCommand.DONE;
    } catch (InvalidConfigurationException e) {
      return from.refused(command, e);
    } catch (MacsecException e) {
      return ShowCommand.failed(command, e);
    }
  }

  private LinkFile read(Consumer<String> log) {
    LinkFile read = from.read();
    read.notes().forEach(note -> log.accept("note: " + from.file() + ": " + note));
    return read;
  }

  private void run(LinkFile first, Consumer<String> log) throws InterruptedException {
    makeMemory();
    LinuxBackend.Builder builder = netns.of(LinuxBackend.builder().leftOver(LeftOver.RECREATE));
    try (Macsec macsec = Macsec.using(opening.open(builder))) {
      EndBySignal.during(
          () -> run(macsec, first, log), () -> orders.add(Order.END), LAST_WORDS_MILLIS);
    }
  }

  private void run(Macsec macsec, LinkFile first, Consumer<String> log)
      throws InterruptedException {
    try (LinkRunner links = new LinkRunner(macsec, log, new StatusFolder(status), this::options);
        StaticRunner statics = new StaticRunner(macsec, log)) {
      if (!Hangup.onEach(() -> orders.add(Order.RELOAD))) {
        log.accept("this JVM does not tell of SIGHUP: to read the file again, start again");
      }
      links.apply(first.links());
      statics.apply(first.staticLinks());
      follow(links, statics, log);
    }
    log.accept("ended");
  }

  private void makeMemory() {
    try {
      if (memory != null) {
        Files.createDirectories(memory);
      }
    } catch (IOException e) {
      throw new MacsecException(
          MacsecException.Kind.INVALID, "no folder can be made for the memory: " + e);
    }
  }

  private SessionOptions options(Link link) {
    SessionOptions options = SessionOptions.DEFAULT;
    options = exported == null ? options : options.withSakLog(SakLog.to(exported));
    return memory == null
        ? options
        : options.withMemory(memory.resolve(link.interfaceName() + ".memory"));
  }

  private void follow(LinkRunner links, StaticRunner statics, Consumer<String> log)
      throws InterruptedException {
    for (Order order = orders.poll(TEND_SECONDS, TimeUnit.SECONDS);
        order != Order.END;
        order = orders.poll(TEND_SECONDS, TimeUnit.SECONDS)) {
      if (order == Order.RELOAD) {
        reload(links, statics, log);
      }
      links.tend();
      statics.tend();
    }
  }

  /** A file that is wrong changes nothing: the links go on as they are. */
  private void reload(LinkRunner links, StaticRunner statics, Consumer<String> log) {
    try {
      LinkFile again = read(log);
      log.accept("read " + from.file() + " again");
      links.apply(again.links());
      statics.apply(again.staticLinks());
    } catch (InvalidConfigurationException e) {
      e.problems()
          .forEach(problem -> log.accept("not taken over: " + from.file() + ": " + problem));
    }
  }
}
