package org.macsec4j.examples;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.Link;

/**
 * A test rig: a wire is cut under traffic and joined again, what that costs is measured, and all
 * frames are written to a file for Wireshark. Minutes of it take less than a second.
 *
 * <p>Put your own application in the place of the frames. A run repeats from its seed.
 */
public final class FailoverRig {
  private static final int EXPERIMENTAL = 0x88B5;
  private static final Duration PACE = Duration.ofMillis(10);

  private final Lab lab;
  private final Host left;
  private final Host right;
  private int sent;

  private FailoverRig(Lab lab) {
    this.lab = lab;
    left = lab.host("left");
    right = lab.host("right");
  }

  /**
   * Runs the example.
   *
   * @param args where the capture is written to, such as {@code failover.pcapng}
   * @throws InterruptedException when interrupted while waiting
   */
  public static void main(String[] args) throws InterruptedException {
    if (args.length != 1) {
      System.err.println("give the file that the capture is written to, such as failover.pcapng");
      return;
    }
    try (Lab lab = Lab.create(1)) {
      new FailoverRig(lab).run(Path.of(args[0]));
    }
  }

  private void run(Path capture) throws InterruptedException {
    Link wire = lab.wire(left, right).latency(Duration.ofMillis(1));
    Random random = new Random(lab.seed());
    MkaConfig config = MkaConfig.preSharedKey(Ckn.generate(16, random), Cak.generate(128, random));
    try (MkaSession here = MkaSession.start(left.macsec(), "eth0", config);
        MkaSession there = MkaSession.start(right.macsec(), "eth0", config)) {
      here.onEvent(
          event -> {
            if (event instanceof MkaEvent.Unsecured) {
              System.out.println(lab.now() + " " + event);
            }
          });
      here.awaitSecured(Duration.ofSeconds(10));
      there.awaitSecured(Duration.ofSeconds(10));
      System.out.println("without a fault: " + lost(Duration.ofSeconds(10)));

      wire.cut();
      System.out.println(lab.now() + " the wire is cut");
      System.out.println("while it is cut: " + lost(Duration.ofSeconds(20)));
      wire.restore();
      Duration joined = lab.now();
      System.out.println(joined + " the wire is joined");
      here.awaitSecured(Duration.ofSeconds(30));
      there.awaitSecured(Duration.ofSeconds(30));
      System.out.println("secured again after " + lab.now().minus(joined).toMillis() + " ms");
      System.out.println("afterwards: " + lost(Duration.ofSeconds(10)));

      lab.capture().writeTo(capture);
      System.out.println(lab.capture().size() + " frames in " + capture);
    }
  }

  /** Sends for some time, lets the last frame arrive, and counts. */
  private String lost(Duration time) {
    sent = 0;
    right.clearReceived("macsec0");
    for (Duration rest = time; rest.compareTo(PACE) >= 0; rest = rest.minus(PACE)) {
      send();
    }
    lab.run(PACE);
    return sent - right.received("macsec0").size() + " of " + sent + " frames lost";
  }

  private void send() {
    left.send("macsec0", right.mac("macsec0"), EXPERIMENTAL, new byte[64]);
    sent++;
    lab.run(PACE);
  }
}
