package org.macsec4j.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.macsec4j.examples.inspect.Style;

/** Whether somebody looks at the output, or a pipe takes it. */
final class Terminal {
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  private Terminal() {}

  /** Colours on a terminal, unless NO_COLOR (no-color.org) or a dumb terminal forbids them. */
  static Style style() {
    String forbidden = System.getenv("NO_COLOR");
    if ((forbidden != null && !forbidden.isEmpty()) || "dumb".equals(System.getenv("TERM"))) {
      return Style.PLAIN;
    }
    return isTerminal() ? Style.ANSI : Style.PLAIN;
  }

  /** Whether a line may be written anew again and again. */
  static boolean isInteractive() {
    return !"dumb".equals(System.getenv("TERM")) && isTerminal();
  }

  /** From JDK 22 on the console answers for a pipe too, so Linux is asked first. */
  @SuppressWarnings("SystemConsoleNull") // only where there is no better answer
  private static boolean isTerminal() {
    String device = device();
    return device == null
        ? System.console() != null
        : device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
  }

  private static @Nullable String device() {
    try {
      return Files.readSymbolicLink(STANDARD_OUTPUT).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }
}
