package org.macsec4j.testkit.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs programs in the guest. Never on the host, where they would change its network. */
final class Command {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Command() {}

  /** Runs a program to its end, whatever its exit code. */
  static CommandResult run(List<String> command) {
    Process process = start(command);
    try {
      process.getOutputStream().close();
      CompletableFuture<String> output = read(process.getInputStream());
      CompletableFuture<String> error = read(process.getErrorStream());
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "%s is not done after %s".formatted(String.join(" ", command), PATIENCE));
      }
      return new CommandResult(process.exitValue(), output.join(), error.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in " + String.join(" ", command), e);
    }
  }

  /** Starts a program that goes on beside the test. */
  static Process start(List<String> command) {
    if (!Guest.isInside()) {
      throw new IllegalStateException(
          "not on the host: %s; annotate the class with @OnLinuxKernel"
              .formatted(String.join(" ", command)));
    }
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompletableFuture<String> read(InputStream in) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> new Thread(task, "reads what a program says").start());
  }
}
