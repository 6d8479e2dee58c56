package org.macsec4j.it.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.macsec4j.testkit.kernel.Netns;

/**
 * A wpa_supplicant that does MKA with a pre-shared key on one interface of a namespace of the
 * guest. It makes its SecY itself, as soon as it starts. Test classes name {@value #PROGRAM} among
 * the programs that they need.
 */
final class WpaSupplicant implements AutoCloseable {
  static final String PROGRAM = "wpa_supplicant";

  private static final int PATIENCE_SECONDS = 10;

  /** What is told of a failure is the end; before it, the same goes on for long. */
  private static final int LINES_TOLD = 60;

  private final Netns space;
  private final String parent;
  private final Path folder;
  private @Nullable Process process;

  private WpaSupplicant(Netns space, String parent, Path folder) {
    this.space = space;
    this.parent = parent;
    this.folder = folder;
  }

  /**
   * Writes its configuration and starts it.
   *
   * @param space where
   * @param parent the interface whose frames it shall secure
   * @param settings lines of the network, such as {@code mka_priority=100}
   */
  static WpaSupplicant start(Netns space, String parent, List<String> settings) {
    try {
      WpaSupplicant made = new WpaSupplicant(space, parent, Files.createTempDirectory(PROGRAM));
      made.write(settings);
      made.start();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file has keys in it, so it is nobody else's from its first moment on. */
  private void write(List<String> settings) throws IOException {
    List<String> lines = new ArrayList<>(List.of("eapol_version=3", "ap_scan=0", "network={"));
    lines.addAll(List.of("key_mgmt=NONE", "eapol_flags=0", "macsec_policy=1"));
    lines.addAll(settings);
    lines.add("}");
    Path file =
        Files.createFile(
            configuration(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, lines);
  }

  private Path configuration() {
    return folder.resolve("conf");
  }

  private Path log() {
    return folder.resolve("log");
  }

  /** Starts it again with the configuration that it had. What it says is added to its log. */
  void start() {
    if (process != null) {
      throw new IllegalStateException(this + " runs already");
    }
    // No -d: to write so much down keeps it from its work in a guest. No -K: no key is in its log.
    process =
        space.start(
            PROGRAM, "-Dmacsec_linux", "-i" + parent, "-c" + configuration(), "-t", "-f" + log());
  }

  /** Ends it as a crash does: it takes nothing away, neither its SecY nor its SAs. */
  void kill() {
    end(true);
  }

  /** Ends it as an administrator does; it deletes the SecY that it made. */
  void terminate() {
    end(false);
  }

  private void end(boolean forcibly) {
    Process running = process;
    if (running == null) {
      return;
    }
    process = null;
    try {
      Process signalled = forcibly ? running.destroyForcibly() : terminated(running);
      if (!signalled.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        running.destroyForcibly();
        throw new IllegalStateException(this + " does not end");
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + this + " ends", e);
    }
  }

  private static Process terminated(Process running) {
    running.destroy();
    return running;
  }

  /** The number of its process, which runs. */
  long pid() {
    return Objects.requireNonNull(process).pid();
  }

  /** What it said, the last of it, for who has to find out why a test failed. */
  String said() {
    try (Stream<String> lines = Files.lines(log(), StandardCharsets.ISO_8859_1)) {
      List<String> all = lines.toList();
      List<String> last = all.subList(Math.max(0, all.size() - LINES_TOLD), all.size());
      return this + " said at last:\n" + String.join("\n", last);
    } catch (IOException e) {
      return this + " said nothing";
    }
  }

  /** Ends it and forgets what it said. */
  @Override
  public void close() {
    end(true);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return PROGRAM + " on " + parent + " of " + space;
  }
}
