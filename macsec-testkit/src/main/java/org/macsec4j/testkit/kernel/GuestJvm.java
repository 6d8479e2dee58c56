package org.macsec4j.testkit.kernel;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The command line of the JVM in the guest: the class path of here, and little memory. */
final class GuestJvm {
  private static final String LAUNCHER = "org.junit.platform.launcher.core.LauncherFactory";

  /** Tests are short: what starts fast is better than what is fast at last. */
  private static final List<String> SMALL_AND_QUICK =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-ea");

  /** Options of the host's JVM that decide what code may do; tests in the guest need them too. */
  private static final List<String> TAKEN_OVER =
      List.of(
          "--add-opens",
          "--add-exports",
          "--add-reads",
          "--enable-native-access",
          "--enable-preview",
          "--sun-misc-unsafe-memory-access",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:+EnableDynamicAgentLoading");

  private GuestJvm() {}

  static List<String> arguments(OnLinuxKernel wanted, Class<?> testClass) {
    List<String> arguments = new ArrayList<>();
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> TAKEN_OVER.stream().anyMatch(a::startsWith))
        .forEach(arguments::add);
    arguments.addAll(SMALL_AND_QUICK);
    arguments.add("-Xmx" + wanted.memoryMegabytes() / 2 + "m");
    arguments.addAll(List.of(wanted.jvmArguments()));
    arguments.addAll(List.of("-cp", classPath(testClass), GuestMain.class.getName()));
    // A watch with a clock that jumps would bark at once.
    arguments.add(Integer.toString(wanted.timeTravel() ? 0 : wanted.timeoutSeconds()));
    return arguments;
  }

  /**
   * The class path of here, as absolute paths. Surefire and some IDEs bring JUnit's launcher by a
   * way of their own, so it is looked for where its class is from.
   */
  private static String classPath(Class<?> testClass) {
    Set<String> path = new LinkedHashSet<>();
    Stream.of("surefire.test.class.path", "java.class.path", "jdk.module.path")
        .map(name -> System.getProperty(name, ""))
        .flatMap(value -> Stream.of(value.split(File.pathSeparator, -1)))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .forEach(path::add);
    path.add(originOf(testClass));
    try {
      path.add(originOf(Class.forName(LAUNCHER, false, testClass.getClassLoader())));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "JUnit's launcher runs the tests in the guest; add org.junit.platform:"
              + "junit-platform-launcher to the dependencies of the tests",
          e);
    }
    return String.join(File.pathSeparator, path);
  }

  private static String originOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(type + " is of no file", e);
    }
  }
}
