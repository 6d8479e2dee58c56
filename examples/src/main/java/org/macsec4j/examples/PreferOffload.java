package org.macsec4j.examples;

import java.time.Duration;
import java.util.Random;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.SecyEvent;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.mka.runtime.SessionOptions;
import org.macsec4j.testkit.DriverCall;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.Nic;

/**
 * Lets hardware do the work where it can, goes on in software where it cannot, and says which and
 * why. The two ends have simulated hardware; that of the right end has a driver that fails.
 *
 * <p>On a real host it is {@code Macsec.open()} in the place of {@code host.macsec()}.
 */
public final class PreferOffload {
  private PreferOffload() {}

  /**
   * Runs the example.
   *
   * @param args none
   * @throws InterruptedException when interrupted while waiting
   */
  public static void main(String[] args) throws InterruptedException {
    try (Lab lab = Lab.create()) {
      Host left = lab.host("left");
      Host right = lab.host("right");
      lab.wire(left, right);
      left.nic("eth0", Nic.in(OffloadMode.MAC));
      right.nic("eth0", Nic.in(OffloadMode.MAC).refuse(DriverCall.ADD_SECY, Kind.BACKEND));

      Cak cak = Cak.generate(256, new Random(lab.seed()));
      MkaConfig config = MkaConfig.builder().keys(PreSharedKey.of(Ckn.parse("2025"), cak)).build();
      report(left);
      report(right);
      try (MkaSession leftEnd = start(left.macsec(), config);
          MkaSession rightEnd = start(right.macsec(), config)) {
        leftEnd.awaitSecured(Duration.ofSeconds(10));
        rightEnd.awaitSecured(Duration.ofSeconds(10));
        // What is in use is read, and not remembered: others may change it.
        System.out.println("left: secured, by " + leftEnd.secy().snapshot().offload());
        System.out.println("right: secured, by " + rightEnd.secy().snapshot().offload());
      }
    }
  }

  private static MkaSession start(Macsec macsec, MkaConfig config) {
    SessionOptions options = SessionOptions.DEFAULT.withOffload(OffloadPolicy.PREFER);
    return MkaSession.start(macsec, "eth0", config, options);
  }

  private static void report(Host host) {
    host.macsec()
        .onEvent(
            event -> {
              if (event instanceof SecyEvent.OffloadFellBack fell) {
                System.out.println(host + ": software does the work: " + fell.reason());
              }
            });
  }
}
