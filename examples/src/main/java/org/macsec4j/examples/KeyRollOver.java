package org.macsec4j.examples;

import java.time.Duration;
import java.util.Random;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;

/**
 * Replaces the pre-shared key of a link while frames pass, and counts them at the other end.
 *
 * <p>The two ends are told a minute apart, as people do it. MKA runs with all keys that it has, so
 * the end that was told first goes on with the old key until the other one has the new one too.
 */
public final class KeyRollOver {
  private static final int EXPERIMENTAL = 0x88B5;
  private static final Duration PACE = Duration.ofMillis(20);
  private static final int FRAMES_A_MINUTE = 3000;

  private final Lab lab;
  private final Host left;
  private final Host right;
  private int sent;

  private KeyRollOver(Lab lab) {
    this.lab = lab;
    left = lab.host("left");
    right = lab.host("right");
    lab.wire(left, right);
  }

  /**
   * Runs the example.
   *
   * @param args none
   * @throws InterruptedException when interrupted while waiting
   */
  public static void main(String[] args) throws InterruptedException {
    try (Lab lab = Lab.create()) {
      new KeyRollOver(lab).run();
    }
  }

  private void run() throws InterruptedException {
    // In production a SecureRandom, or Cak.read(Path): the same key at both ends.
    Random random = new Random(lab.seed());
    PreSharedKey old = PreSharedKey.of(Ckn.parse("2025"), Cak.generate(256, random));
    PreSharedKey next = PreSharedKey.of(Ckn.parse("2026"), Cak.generate(256, random));
    MkaConfig config = MkaConfig.builder().keys(old).build();
    try (MkaSession leftEnd = MkaSession.start(left.macsec(), "eth0", config);
        MkaSession rightEnd = MkaSession.start(right.macsec(), "eth0", config)) {
      leftEnd.awaitSecured(Duration.ofSeconds(10));
      rightEnd.awaitSecured(Duration.ofSeconds(10));

      aMinuteOfTraffic();
      leftEnd.keys().replace(old.ckn(), next);
      aMinuteOfTraffic();
      System.out.println("the left end has the new key, both use CKN " + rightEnd.status().ckn());
      rightEnd.keys().replace(old.ckn(), next);
      aMinuteOfTraffic();
      System.out.println("both ends have the new key, and use CKN " + rightEnd.status().ckn());

      int arrived = right.received("macsec0").size();
      System.out.println(sent + " frames sent, " + (sent - arrived) + " lost");
    }
  }

  private void aMinuteOfTraffic() {
    for (int i = 0; i < FRAMES_A_MINUTE; i++) {
      left.send("macsec0", right.mac("macsec0"), EXPERIMENTAL, new byte[64]);
      sent++;
      lab.run(PACE);
    }
  }
}
