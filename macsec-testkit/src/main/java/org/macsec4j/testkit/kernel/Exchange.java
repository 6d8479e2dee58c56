package org.macsec4j.testkit.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder that host and guest share: the host leaves in it how to start, the guest tells in it
 * what happens. The guest sees it as {@link #IN_GUEST}.
 */
final class Exchange implements AutoCloseable {
  /** Where the guest finds this folder. */
  static final Path IN_GUEST = Path.of("/run/macsec4j");

  private static final String INIT = "init.sh";
  private static final String SETTINGS = "settings";
  private static final String EVENTS = "events";
  private static final String PROPERTIES = "system.properties";
  private static final String SELECTION = "selection";
  private static final String JVM_ARGUMENTS = "java.arguments";

  /** How the names of properties begin that describe the JVM here, and not the test. */
  private static final Set<String> OF_THIS_JVM =
      Set.of(
          "awt.",
          "basedir",
          "file.",
          "ftp.",
          "http.",
          "java.",
          "jdk.",
          "line.",
          "localRepository",
          "native.",
          "os.",
          "path.",
          "socksNonProxyHosts",
          "std",
          "sun.",
          "surefire.",
          "user.");

  private final Path folder;

  /** Knows a folder that is there. */
  Exchange(Path folder) {
    this.folder = folder;
  }

  static Exchange create() throws IOException {
    Path folder = Files.createTempDirectory("macsec4j-guest").toRealPath();
    if (folder.toString().chars().anyMatch(c -> c <= ' ' || c == '"')) {
      Files.delete(folder);
      throw new IOException(
          "%s: a kernel's command line takes no blanks; set java.io.tmpdir to another folder"
              .formatted(folder));
    }
    return new Exchange(folder);
  }

  Path folder() {
    return folder;
  }

  Path init() {
    return folder.resolve(INIT);
  }

  Path events() {
    return folder.resolve(EVENTS);
  }

  /** Writes all that the guest needs to run the tests with the given unique ids. */
  void prepare(List<String> selection, List<String> jvmArguments) throws IOException {
    try (InputStream script =
        Objects.requireNonNull(Exchange.class.getResourceAsStream(INIT), INIT)) {
      Files.copy(script, init());
    }
    if (!init().toFile().setExecutable(true)) {
      throw new IOException(init() + " cannot be made executable");
    }
    Path directory = Path.of("").toAbsolutePath();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.writeString(
        folder.resolve(SETTINGS),
        "directory=%s\njava=%s\nexport CI=%s\n"
            .formatted(
                quoteForShell(directory.toString()),
                quoteForShell(java.toString()),
                quoteForShell(Objects.requireNonNullElse(System.getenv("CI"), ""))));
    Files.write(
        folder.resolve(JVM_ARGUMENTS), jvmArguments.stream().map(Exchange::quoteForJava).toList());
    Files.write(folder.resolve(SELECTION), selection);
    writeProperties();
    Files.createFile(events());
  }

  /** In the guest: which tests to run. */
  List<String> selection() throws IOException {
    return Files.readAllLines(folder.resolve(SELECTION));
  }

  /** In the guest: the properties of the host. */
  Properties properties() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(folder.resolve(PROPERTIES))) {
      properties.load(in);
    }
    return properties;
  }

  private void writeProperties() throws IOException {
    Properties properties = new Properties();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (OF_THIS_JVM.stream().noneMatch(name::startsWith)) {
        properties.setProperty(name, System.getProperty(name));
      }
    }
    try (Writer out = Files.newBufferedWriter(folder.resolve(PROPERTIES))) {
      properties.store(out, null);
    }
  }

  private static String quoteForShell(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String quoteForJava(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public void close() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
