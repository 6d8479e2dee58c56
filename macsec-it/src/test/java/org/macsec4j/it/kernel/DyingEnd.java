package org.macsec4j.it.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.macsec4j.testkit.kernel.Netns;

/** A session of ours in a process of its own. */
final class DyingEnd extends LinkEnd {
  private final Optional<Path> memory;
  private final LongConsumer nanosOfStart;
  private final LongConsumer nanosOfReady;
  private @Nullable Process next;
  private @Nullable Process process;

  /** How long the processes take to begin, and to be ready, goes to the consumers. */
  DyingEnd(
      Netns space,
      String address,
      int priority,
      Optional<Path> memory,
      LongConsumer nanosOfStart,
      LongConsumer nanosOfReady) {
    super(space, address, priority);
    this.memory = memory;
    this.nanosOfStart = nanosOfStart;
    this.nanosOfReady = nanosOfReady;
  }

  @Override
  void prepare() {
    super.prepare();
    long begin = System.nanoTime();
    List<String> arguments = new ArrayList<>(List.of(Integer.toString(priority)));
    memory.ifPresent(file -> arguments.add(file.toString()));
    Process started =
        space.start(AnotherJvm.command(StandbySession.class, arguments.toArray(String[]::new)));
    next = started;
    expect(started, StandbySession.BEGUN);
    nanosOfStart.accept(System.nanoTime() - begin);
    expect(started, StandbySession.READY);
    nanosOfReady.accept(System.nanoTime() - begin);
  }

  @Override
  void begin() {
    Process begun = next;
    if (begun == null) {
      throw new IllegalStateException("not prepared");
    }
    process = begun;
    next = null;
    say(begun, "go");
    expect(begun, StandbySession.STARTED);
  }

  @Override
  void rekey() {
    throw new UnsupportedOperationException("it only dies");
  }

  @Override
  void leave() {
    throw new UnsupportedOperationException("it only dies");
  }

  @Override
  void kill() {
    end(process);
    process = null;
  }

  @Override
  String said() {
    Process running = process;
    if (running == null) {
      return "not started";
    }
    say(running, "status");
    return read(running);
  }

  private static void expect(Process from, String wanted) {
    String line = read(from);
    if (!line.equals(wanted)) {
      throw new IllegalStateException("not " + wanted + " but " + line);
    }
  }

  private static String read(Process from) {
    BufferedReader lines = from.inputReader(StandardCharsets.UTF_8);
    try {
      String line = lines.readLine();
      return line == null
          ? "an end, and " + from.errorReader(StandardCharsets.UTF_8).readLine()
          : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(@Nullable Process ending) {
    if (ending == null) {
      return;
    }
    try {
      ending.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    end(next);
    end(process);
    super.close();
  }
}
