package org.macsec4j.it.kernel;

import org.macsec4j.testkit.kernel.Netns;

/** Pings again and again until one is answered. It is ready before it is needed. */
final class FirstPing {
  private final Process process;

  private FirstPing(Process process) {
    this.process = process;
  }

  /** What waits for {@link #go}. */
  static FirstPing prepare(Netns space, String address, int limitSeconds) {
    // A ping ends at once when there is no route, which is so while a device is down.
    String pings =
        "read go; exec timeout %d sh -c 'until ping -n -q -c 1 -i 0.02 -w 60 %s; do sleep 0.02; done'"
            .formatted(limitSeconds, address);
    return new FirstPing(space.start("sh", "-c", pings + " >/dev/null 2>&1"));
  }

  void go() {
    LinkEnd.say(process, "go");
  }

  /** Whether there was an answer within the limit. */
  boolean await() throws InterruptedException {
    return process.waitFor() == 0;
  }
}
