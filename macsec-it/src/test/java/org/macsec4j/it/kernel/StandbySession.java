package org.macsec4j.it.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.macsec4j.LeftOver;
import org.macsec4j.Macsec;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.mka.runtime.SessionOptions;
import org.macsec4j.netlink.LinuxBackend;

/**
 * A process with one session, which is started long before it is needed and waits for a line on its
 * standard input then. So what is measured of the session is not the start of a JVM.
 */
final class StandbySession {
  /** A pair of devices that are joined, for a session that nobody needs. */
  static final String WARM = "warm0";

  static final String WARM_PEER = "warm1";

  static final String BEGUN = "begun";
  static final String READY = "ready";
  static final String STARTED = "started";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private StandbySession() {}

  /** The arguments: the priority as key server, and a file for its memory, if it has one. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    say(BEGUN);
    int priority = Integer.parseInt(arguments[0]);
    LinuxBackend.Builder backend = LinuxBackend.builder().leftOver(LeftOver.RECONCILE);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Macsec macsec = Macsec.using(backend.open())) {
      warmUp(macsec);
      say(READY);
      if (in.readLine() == null) {
        return;
      }
      SessionOptions options =
          arguments.length > 1
              ? SessionOptions.DEFAULT.withMemory(Path.of(arguments[1]))
              : SessionOptions.DEFAULT;
      try (MkaSession session =
          MkaSession.start(macsec, LinkEnd.PARENT, WpaSettings.ours(priority), options)) {
        say(STARTED);
        while (in.readLine() != null) {
          say(session.status().toString());
        }
      }
    }
  }

  /** All that a session needs is loaded when one was there. */
  private static void warmUp(Macsec macsec) throws InterruptedException {
    try (MkaSession one = MkaSession.start(macsec, WARM, WpaSettings.ours(1));
        MkaSession two = MkaSession.start(macsec, WARM_PEER, WpaSettings.ours(2))) {
      one.awaitSecured(PATIENCE);
      two.awaitSecured(PATIENCE);
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
