package org.macsec4j.it.kernel;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process holds. */
final class Footprint {
  private static final double KILO = 1024;

  private Footprint() {}

  /** Of this JVM, after its garbage is collected. */
  static String ofThisJvm() throws IOException {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return "resident %.1f MiB, heap %.1f MiB, %d threads, %d descriptors"
          .formatted(
              kilobytes(Path.of("/proc/self/status"), "VmRSS:") / KILO,
              heap / KILO / KILO,
              Thread.getAllStackTraces().size(),
              descriptors.count());
    }
  }

  /** A field of a file of {@code /proc} about memory. */
  static long kilobytes(Path file, String field) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IllegalStateException("no " + field + " in " + file);
  }
}
