package org.macsec4j.testkit.kernel;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A guest that runs the tests of one class, seen from the host. A thread reads what it tells; it
 * also notices when the guest dies or takes too long.
 */
final class Guest implements AutoCloseable {
  /** The system property that is set inside a guest. */
  private static final String INSIDE_PROPERTY = "macsec4j.kernel.inside";

  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration TIME_TO_POWER_OFF = Duration.ofSeconds(5);

  /** Beyond the time that it has: then it is ended even if nobody is left here to do it. */
  private static final int SPARE_SECONDS = 30;

  private final Exchange exchange;
  private final Console console;
  private final Process process;
  private final Replay replay = new Replay();
  private final int timeoutSeconds;
  private final long deadlineNanos;
  private final Thread reader;
  private final Thread hook = new Thread(this::kill, "ends a guest");

  private Guest(Exchange exchange, Console console, Process process, int timeoutSeconds) {
    this.exchange = exchange;
    this.console = console;
    this.process = process;
    this.timeoutSeconds = timeoutSeconds;
    this.deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
    this.reader = new Thread(this::read, "reads what the guest tells");
  }

  static boolean isInside() {
    return Boolean.getBoolean(INSIDE_PROPERTY);
  }

  static void enter() {
    System.setProperty(INSIDE_PROPERTY, "true");
  }

  /** Boots a guest that runs the tests with the given unique ids of the given class. */
  static Guest boot(OnLinuxKernel wanted, Class<?> testClass, List<String> selection)
      throws IOException {
    Exchange exchange = Exchange.create();
    exchange.prepare(selection, GuestJvm.arguments(wanted, testClass));
    Console console = Console.of(testClass);
    Process process =
        new ProcessBuilder(command(wanted, exchange))
            .directory(exchange.folder().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(console.file().toFile())
            .start();
    Guest guest = new Guest(exchange, console, process, wanted.timeoutSeconds());
    Runtime.getRuntime().addShutdownHook(guest.hook);
    guest.reader.setDaemon(true);
    guest.reader.start();
    return guest;
  }

  /** Without core files, as a kernel that panics leaves its whole memory in one. */
  private static List<String> command(OnLinuxKernel wanted, Exchange exchange) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -c 0; exec \"$@\""));
    command.add("guest");
    command.addAll(List.of("timeout", "-k", "5"));
    command.add(Integer.toString(wanted.timeoutSeconds() + SPARE_SECONDS));
    command.add(wanted.kernel().binary().toString());
    command.add("mem=" + wanted.memoryMegabytes() + "M");
    command.addAll(List.of("rootfstype=hostfs", "rootflags=/", "ro", "init=" + exchange.init()));
    command.add("exchange=" + exchange.folder());
    command.add("uml_dir=" + exchange.folder().resolve("uml"));
    command.addAll(List.of("con=null", "con0=fd:0,fd:1", "quiet", "random.trust_cpu=on"));
    if (wanted.timeTravel()) {
      command.add("time-travel=inf-cpu");
    }
    return command;
  }

  Replay replay() {
    return replay;
  }

  /** Adds the end of the console to what is going to be thrown. */
  Throwable withConsole(Throwable thrown) {
    thrown.addSuppressed(console.output());
    return thrown;
  }

  private void read() {
    try (RandomAccessFile events = new RandomAccessFile(exchange.events().toFile(), "r")) {
      while (!replay.isOver()) {
        // Asked before reading: what it told until its death is not lost.
        boolean alive = process.isAlive();
        int told = tell(events);
        if (told == 0 && !alive) {
          replay.end("the guest ended before its tests did, status " + process.exitValue());
        } else if (System.nanoTime() - deadlineNanos > 0) {
          replay.end("the tests were not done after %d s".formatted(timeoutSeconds));
          kill();
        } else if (told == 0) {
          Thread.sleep(POLL.toMillis());
        }
      }
    } catch (IOException | RuntimeException e) {
      replay.end("what the guest tells cannot be read: " + e);
    } catch (InterruptedException e) {
      replay.end("closed");
    }
  }

  /** Takes in all whole lines that are there; how many. */
  private int tell(RandomAccessFile events) throws IOException {
    byte[] octets = new byte[(int) Math.min(events.length() - events.getFilePointer(), 1 << 24)];
    events.readFully(octets);
    int count = 0;
    int from = 0;
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] == '\n') {
        take(GuestEvent.parse(new String(octets, from, i - from, StandardCharsets.US_ASCII)));
        from = i + 1;
        count++;
      }
    }
    events.seek(events.getFilePointer() - (octets.length - from));
    return count;
  }

  private void take(GuestEvent event) {
    switch (event.kind()) {
      case OUT -> System.out.print(event.detail());
      case ERR -> System.err.print(event.detail());
      case END -> replay.end("the guest ran all of its tests, and this was not among them");
      default -> replay.accept(event);
    }
  }

  /** Ends the kernel and the processes that it runs its programs in. */
  private void kill() {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    try {
      process.waitFor(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() throws IOException {
    try {
      if (!replay.isOver()
          || !process.waitFor(TIME_TO_POWER_OFF.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
      reader.interrupt();
      reader.join(TIME_TO_POWER_OFF.toMillis());
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
    forgetHook();
    exchange.close();
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down, and the hook does its work.
    }
  }
}
