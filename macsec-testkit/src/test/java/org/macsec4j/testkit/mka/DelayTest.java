package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.ReceiveScCounter;
import org.macsec4j.ReplayProtection;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.Link;
import org.macsec4j.testkit.junit.MacsecLab;

/**
 * Delay protection with real frames: somebody on the wire holds some back and lets them go late.
 */
@MacsecLab(seed = 21)
class DelayTest {
  private static final int FRAMES = 1500;
  private static final int HELD_EACH = 50;
  private static final Duration SPACING = Duration.ofMillis(10);
  private static final Duration HELD_FOR = Duration.ofSeconds(2);

  private final List<byte[]> held = new ArrayList<>();
  private Host from;
  private Host to;
  private MkaSession receiver;
  private boolean holdsNext;

  static java.util.stream.Stream<Arguments> cases() {
    return java.util.stream.Stream.of(CipherSuite.GCM_AES_128, CipherSuite.GCM_AES_XPN_256)
        .flatMap(
            suite -> java.util.stream.Stream.of(true, false).map(on -> Arguments.of(suite, on)));
  }

  @ParameterizedTest(name = "{0}, delay protection {1}")
  @MethodSource("cases")
  void aFrameThatIsHeldBackForTwoSecondsIsTooLate(
      CipherSuite suite, boolean delayProtection, Lab lab) {
    secure(lab, suite, delayProtection);
    for (int i = 0; i < FRAMES; i++) {
      send(lab, i, i % HELD_EACH == 7);
    }
    // Some are held still.
    lab.run(HELD_FOR.plusSeconds(1));

    int heldBack = FRAMES / HELD_EACH;
    assertThat(held).hasSize(heldBack);
    int fresh = FRAMES - heldBack;
    assertThat(to.received("macsec0")).hasSize(delayProtection ? fresh : FRAMES);
    long late =
        receiver
            .secy()
            .snapshot()
            .receiveScs()
            .get(0)
            .counters()
            .get(ReceiveScCounter.IN_PKTS_LATE)
            .orElseThrow();
    assertThat(late).isEqualTo(delayProtection ? heldBack : 0);
  }

  private void secure(Lab lab, CipherSuite suite, boolean delayProtection) {
    MkaConfig config =
        MkaConfig.preSharedKey(Members.CKN, Members.CAK_128).toBuilder()
            .cipherSuites(suite)
            .delayProtection(delayProtection)
            .replayProtection(new ReplayProtection(true, 1 << 20))
            .build();
    from = lab.host("a");
    to = lab.host("b");
    // User frames overtake one another, and MKPDUs overtake them.
    Link link =
        lab.wire(from, to).latency(Duration.ofMillis(1)).reorder(0.3, Duration.ofMillis(100));
    link.toward(to).filter(this::passes);
    MkaSession sender = MkaSession.start(from.macsec(), "eth0", config);
    receiver = MkaSession.start(to.macsec(), "eth0", config);
    lab.runUntil(() -> sender.isSecured() && receiver.isSecured(), Duration.ofSeconds(12));
    lab.run(Duration.ofSeconds(1));
    to.clearReceived("macsec0");
  }

  private boolean passes(byte[] frame) {
    boolean holds = holdsNext && ByteBuffer.wrap(frame).getShort(12) == (short) 0x88E5;
    if (holds) {
      held.add(frame.clone());
      holdsNext = false;
    }
    return !holds;
  }

  private void send(Lab lab, int number, boolean holdBack) {
    holdsNext = holdBack;
    byte[] data = ByteBuffer.allocate(50).putInt(number).array();
    assertThat(from.send("macsec0", to.mac("eth0"), 0x88B5, data)).isTrue();
    if (holdBack) {
      byte[] frame = held.get(held.size() - 1);
      lab.time()
          .schedule(lab.time().nanoTime() + HELD_FOR.toNanos(), () -> from.send("eth0", frame));
    }
    lab.run(SPACING);
  }
}
