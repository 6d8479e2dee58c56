package org.macsec4j.it.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a program of ours is started as a process of its own, with the class path of the test. */
final class AnotherJvm {
  private AnotherJvm() {}

  static String[] command(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx48m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }
}
