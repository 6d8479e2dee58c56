package org.macsec4j.testkit.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that host and guest share: the host leaves in it how to start, the guest tells in it
 * what happens. The guest sees it as {@link #IN_GUEST}.
 */
final class Exchange implements AutoCloseable {
  /** Where the guest finds this folder. */
  static final Path IN_GUEST = Path.of("/run/macsec4j");

  private static final String PREFIX = "macsec4j-guest";
  private static final String LOCK = "lock";
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

  /**
   * Folders of this JVM, whose lock files it must not open again: closing any channel of a file
   * gives up all the locks that the JVM has on it.
   */
  private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;

  /** Locked as long as the host needs the folder; null in the guest. */
  private final @Nullable FileChannel lock;

  private Exchange(Path folder, @Nullable FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** In the guest: knows the folder that is there. */
  static Exchange inGuest() {
    return new Exchange(IN_GUEST, null);
  }

  /** Makes a folder, and removes those that hosts left which were killed. */
  static Exchange create() throws IOException {
    Path folder = Files.createTempDirectory(PREFIX).toRealPath();
    sweep(Objects.requireNonNull(folder.getParent()));
    if (folder.toString().chars().anyMatch(c -> c <= ' ' || c == '"')) {
      Files.delete(folder);
      throw new IOException(
          "%s: a kernel's command line takes no blanks; set java.io.tmpdir to another folder"
              .formatted(folder));
    }
    HERE.add(folder);
    FileChannel lock =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
    lock.write(ByteBuffer.allocate(1));
    return new Exchange(folder, lock);
  }

  private static void sweep(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (!HERE.contains(folder) && isAbandoned(folder)) {
          delete(folder);
        }
      }
    }
  }

  /** Whether its host's lock is there, and held by nobody. Another user's folder is not ours. */
  private static boolean isAbandoned(Path folder) {
    Path file = folder.resolve(LOCK);
    if (!Files.isWritable(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock free = channel.tryLock()) {
      // Empty means that its host is about to lock it.
      return free != null && channel.size() > 0;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
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
    delete(folder);
    if (lock != null) {
      lock.close();
      HERE.remove(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
