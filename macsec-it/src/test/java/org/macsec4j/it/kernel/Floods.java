package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.macsec4j.testkit.kernel.Netns;

/** Pings as fast as answers come. */
final class Floods {
  private static final Pattern SUMS =
      Pattern.compile("(\\d+) packets transmitted, (\\d+) received");

  private Floods() {}

  static Process start(Netns space, String address) {
    return space.start("ping", "-n", "-q", "-f", "-W", "5", "-w", "600", address);
  }

  /** Ends a flood; of its pings at most the last one, which is on its way then, has no answer. */
  static void assertNoneLost(Netns space, Process flood, int atLeast) throws IOException {
    Sums sums = end(space, flood);
    assertThat(sums.sent).as("pings").isGreaterThan(atLeast);
    assertThat(sums.sent - sums.received).as(sums.toString()).isBetween(0, 1);
  }

  /** How many there were, and how many were answered. */
  record Sums(int sent, int received) {}

  /** Ends a flood. */
  static Sums end(Netns space, Process flood) throws IOException {
    space.call("kill -INT " + flood.pid());
    String output = new String(flood.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher sums = SUMS.matcher(output);
    assertThat(sums.find()).as(output).isTrue();
    return new Sums(Integer.parseInt(sums.group(1)), Integer.parseInt(sums.group(2)));
  }
}
