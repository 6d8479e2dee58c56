package org.macsec4j.testkit.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file with what the guest's kernel and its programs print. */
final class Console {
  private static final String FOLDER_PROPERTY = "macsec4j.kernel.consoles";
  private static final int SHOWN_LINES = 60;

  private final Path file;

  private Console(Path file) {
    this.file = file;
  }

  static Console of(Class<?> testClass) throws IOException {
    Path folder = folder();
    Files.createDirectories(folder);
    return new Console(folder.resolve(testClass.getName() + ".console").toAbsolutePath());
  }

  private static Path folder() {
    String given = System.getProperty(FOLDER_PROPERTY);
    if (given != null) {
      return Path.of(given);
    }
    Path build = Path.of("target");
    Path base = Files.isDirectory(build) ? build : Path.of(System.getProperty("java.io.tmpdir"));
    return base.resolve("linux-kernel");
  }

  Path file() {
    return file;
  }

  /** Its end, to be read beside a failure. */
  ConsoleOutput output() {
    String text;
    try {
      // Not readString: a guest that dies may leave anything.
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      text = "not readable, " + e;
    }
    List<String> lines = text.lines().toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
    return new ConsoleOutput(
        "the console of the guest, all of it in %s:%n%s"
            .formatted(file, String.join(System.lineSeparator(), last)));
  }

  /** Not a failure of its own: it goes along with one, as what was suppressed. */
  static final class ConsoleOutput extends Exception {
    private static final long serialVersionUID = 1;

    ConsoleOutput(String text) {
      super(text, null, false, false);
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // the name of this class would say nothing
    public String toString() {
      return String.valueOf(getMessage());
    }
  }
}
