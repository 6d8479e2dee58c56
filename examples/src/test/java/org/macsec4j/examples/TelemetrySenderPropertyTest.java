package org.macsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.Link;

/**
 * A template: holds an application, not the library, against whatever a link may do. jqwik draws
 * the faults and shrinks what fails; the laboratory repeats a run from its seed.
 */
class TelemetrySenderPropertyTest {
  private static final int EXPERIMENTAL = 0x88B5;

  @Property(tries = 60)
  void nothingLeavesInTheClearAndTheLatestReadingArrives(
      @ForAll long seed,
      @ForAll @DoubleRange(max = 0.4) double loss,
      @ForAll @Size(min = 1, max = 6)
          List<@IntRange(min = 1, max = 12) Integer> secondsBetweenCuts) {
    try (Lab lab = Lab.create(seed)) {
      Host sensor = lab.host("sensor");
      Host collector = lab.host("collector");
      Link wire = lab.wire(sensor, collector).loss(loss).latency(Duration.ofMillis(2));
      MkaConfig config = config(seed);
      try (MkaSession link = MkaSession.start(sensor.macsec(), "eth0", config);
          MkaSession peer = MkaSession.start(collector.macsec(), "eth0", config)) {
        TelemetrySender application =
            new TelemetrySender(
                link, data -> sensor.send("macsec0", collector.mac("macsec0"), EXPERIMENTAL, data));
        int last = trouble(lab, wire, application, secondsBetweenCuts);

        wire.restore().loss(0);
        lab.runUntil(() -> link.isSecured() && peer.isSecured(), Duration.ofSeconds(20));
        application.offer(reading(last));
        lab.run(Duration.ofSeconds(1));

        assertThat(numbers(collector.received("macsec0"))).contains(last);
        assertThat(application.waiting()).isZero();
        assertThat(lab.capture().frames())
            .as("user frames in the clear")
            .noneMatch(recorded -> etherType(recorded.frame()) == EXPERIMENTAL);
      }
    }
  }

  /** Offers a reading each second while the wire comes and goes; gives the next number. */
  private static int trouble(Lab lab, Link wire, TelemetrySender application, List<Integer> cuts) {
    int number = 0;
    boolean whole = true;
    for (int seconds : cuts) {
      for (int i = 0; i < seconds; i++) {
        application.offer(reading(number++));
        lab.run(Duration.ofSeconds(1));
      }
      whole = !whole;
      if (whole) {
        wire.restore();
      } else {
        wire.cut();
      }
    }
    return number;
  }

  private static MkaConfig config(long seed) {
    Random random = new Random(seed);
    return MkaConfig.preSharedKey(Ckn.generate(8, random), Cak.generate(128, random));
  }

  private static byte[] reading(int number) {
    return ByteBuffer.allocate(64).putInt(number).array();
  }

  private static Set<Integer> numbers(List<byte[]> frames) {
    Set<Integer> numbers = new HashSet<>();
    frames.forEach(frame -> numbers.add(ByteBuffer.wrap(frame, 14, 4).getInt()));
    return numbers;
  }

  private static int etherType(byte[] frame) {
    return (frame[12] & 0xFF) << 8 | (frame[13] & 0xFF);
  }
}
