package org.macsec4j.examples;

import java.time.Duration;
import java.util.Random;
import org.macsec4j.Counters;
import org.macsec4j.Secy;
import org.macsec4j.SecyStatistics;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.Link;

/**
 * Watches a link: events of MKA and of the SecY as they come, counters now and then, and how long
 * the packet numbers will last. The link is cut and restored, so that there is something to see.
 */
public final class Monitoring {
  private static final int EXPERIMENTAL = 0x88B5;

  private Monitoring() {}

  /**
   * Runs the example.
   *
   * @param args none
   * @throws InterruptedException when interrupted while waiting
   */
  public static void main(String[] args) throws InterruptedException {
    try (Lab lab = Lab.create()) {
      Host gateway = lab.host("gateway");
      Host router = lab.host("router");
      Link wire = lab.wire(gateway, router);
      Random random = new Random(lab.seed());
      MkaConfig config =
          MkaConfig.preSharedKey(Ckn.generate(16, random), Cak.generate(128, random));

      gateway.macsec().onEvent(event -> System.out.println(lab.now() + " SecY  " + event));
      MkaSession link = MkaSession.start(gateway.macsec(), "eth0", config);
      link.onEvent(event -> report(lab, event));
      MkaSession.start(router.macsec(), "eth0", config);
      link.awaitSecured(Duration.ofSeconds(10));

      link.secy()
          .transmitSc()
          .timeToExhaustion(); // the first reading; the rate is seen by the next
      for (int i = 0; i < 100; i++) {
        gateway.send("macsec0", router.mac("macsec0"), EXPERIMENTAL, new byte[64]);
        lab.run(Duration.ofMillis(10));
      }
      print(link.secy());

      wire.cut();
      lab.run(Duration.ofSeconds(10));
      System.out.println(lab.now() + " " + link.status());
      wire.restore();
      link.awaitSecured(Duration.ofSeconds(10));
      System.out.println(lab.now() + " " + link.status());
    }
  }

  private static void report(Lab lab, MkaEvent event) {
    String mark = event instanceof MkaEvent.Unsecured ? "ALARM " : "MKA   ";
    System.out.println(lab.now() + " " + mark + event);
  }

  /** A counter that the backend cannot supply is absent; it is not shown as 0. */
  private static void print(Secy secy) {
    SecyStatistics statistics = secy.statistics();
    print(secy + " ", statistics.secy());
    print(secy + " transmit ", statistics.transmitSc());
    statistics
        .receiveScs()
        .forEach((sci, channel) -> print(secy + " receive " + sci + " ", channel.counters()));
    secy.transmitSc()
        .timeToExhaustion()
        .ifPresent(
            left -> System.out.println(secy + " packet numbers last " + left.toDays() + " days"));
  }

  private static void print(String prefix, Counters<?> counters) {
    counters
        .asMap()
        .forEach(
            (counter, value) ->
                System.out.println(prefix + counter + " " + Long.toUnsignedString(value)));
  }
}
