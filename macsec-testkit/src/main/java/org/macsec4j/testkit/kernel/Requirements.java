package org.macsec4j.testkit.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine must have for a guest, and whether a lack of it fails or skips the tests. */
final class Requirements {
  private static final String REQUIRED_PROPERTY = "macsec4j.kernel.required";
  private static final int LEAST_MEGABYTES = 128;

  private Requirements() {}

  /** True where a missing guest is a failure. */
  static boolean areAMust() {
    String given = System.getProperty(REQUIRED_PROPERTY);
    return Boolean.parseBoolean(given != null ? given : System.getenv("CI"));
  }

  /** All that is missing here, with what to do about it; empty if nothing is. */
  static Optional<String> missing(OnLinuxKernel wanted) {
    check(wanted);
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("a guest kernel runs on Linux only");
    }
    List<String> missing = new ArrayList<>();
    wanted.kernel().absence().ifPresent(missing::add);
    List<String> programs = programs(wanted).filter(p -> Programs.find(p).isEmpty()).toList();
    if (!programs.isEmpty()) {
      missing.add("missing programs: " + String.join(", ", programs) + remedy(programs));
    }
    return missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing));
  }

  /** How the programs come here, as far as is known of them. */
  private static String remedy(List<String> programs) {
    List<String> packages =
        programs.stream()
            .flatMap(program -> Programs.debianPackage(program).stream())
            .distinct()
            .toList();
    return packages.isEmpty()
        ? ""
        : "; install them: sudo apt-get install " + String.join(" ", packages);
  }

  private static Stream<String> programs(OnLinuxKernel wanted) {
    Stream<String> always = Stream.of("timeout", "chroot", "mount", "ip", "tc");
    Stream<String> modules =
        wanted.kernel() == Kernel.DEBIAN_6_1 ? Stream.of("insmod", "modprobe") : Stream.empty();
    return Stream.of(always, modules, Stream.of(wanted.programs())).flatMap(s -> s).distinct();
  }

  private static void check(OnLinuxKernel wanted) {
    List<String> problems = new ArrayList<>();
    if (wanted.memoryMegabytes() < LEAST_MEGABYTES) {
      problems.add("memoryMegabytes is %d or more".formatted(LEAST_MEGABYTES));
    }
    if (wanted.timeoutSeconds() < 1) {
      problems.add("timeoutSeconds is 1 or more");
    }
    if (wanted.timeTravel() && !wanted.kernel().canTravelInTime()) {
      problems.add("%s cannot travel in time, V6_12 can".formatted(wanted.kernel()));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(wanted + ": " + String.join("; ", problems));
    }
  }
}
