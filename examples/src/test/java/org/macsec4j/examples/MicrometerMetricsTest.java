package org.macsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.junit.MacsecLab;

@MacsecLab
class MicrometerMetricsTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final MkaConfig CONFIG =
      MkaConfig.preSharedKey(Ckn.parse("01"), Cak.parse("000102030405060708090a0b0c0d0e0f"));

  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private Lab lab;
  private Host near;
  private Host far;
  private MkaSession session;
  private MkaSession peer;

  /** Held, as Micrometer does not hold it. */
  private MicrometerMetrics metrics;

  @BeforeEach
  void secure(Lab laboratory) {
    lab = laboratory;
    near = lab.host("near");
    far = lab.host("far");
    lab.wire(near, far);
    session = MkaSession.start(near.macsec(), "eth0", CONFIG);
    peer = MkaSession.start(far.macsec(), "eth0", CONFIG);
  }

  private void awaitSecured() {
    lab.runUntil(() -> session.isSecured() && peer.isSecured(), SOON);
  }

  private void bind() {
    metrics = new MicrometerMetrics(session, "eth0", Tags.of("site", "north"));
    metrics.bindTo(registry);
  }

  /** As a registry reads it, some time after the reading before. */
  private double read(String name) {
    clock.add(Duration.ofSeconds(10));
    return registry.get(name).tag("interface", "eth0").tag("site", "north").meters().stream()
        .mapToDouble(meter -> meter.measure().iterator().next().getValue())
        .sum();
  }

  private void pass(int frames) {
    for (int i = 0; i < frames; i++) {
      assertThat(near.send("macsec0", far.mac("eth0"), 0x0800, new byte[80])).isTrue();
    }
    // Until the next look at the SecY.
    lab.run(Duration.ofMillis(1_100));
  }

  @Test
  void eachNumberOfTheSessionIsAMeterUnderItsName() {
    awaitSecured();
    pass(3);
    bind();
    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .extracting(Meter.Id::getName)
        .contains("macsec.mka.mkpdusOut", "macsec.mka.secured")
        .allMatch(name -> name.startsWith(MicrometerMetrics.PREFIX))
        .hasSize(session.metrics().counters().size() + session.metrics().gauges().size());
    assertThat(read("macsec.mka.secured")).isEqualTo(1);
    assertThat(read("macsec.transmit.OutPktsEncrypted")).isEqualTo(3);
    assertThat(read("macsec.mka.mkpdusOut")).isPositive();
  }

  @Test
  void countersGoOnWhenTheSecyIsMadeAnew() {
    awaitSecured();
    pass(3);
    bind();
    assertThat(read("macsec.transmit.OutPktsEncrypted")).isEqualTo(3);
    session.secy().delete();
    lab.run(Duration.ofSeconds(2));
    awaitSecured();
    pass(2);
    assertThat(read("macsec.transmit.OutPktsEncrypted")).isEqualTo(5);
    assertThat(read("macsec.mka.startedOver")).isEqualTo(1);
  }

  @Test
  void whatComesLaterIsRegisteredWhenItIsRead() {
    bind();
    assertThat(registry.find("macsec.receive.InPktsOK").meter()).isNull();
    awaitSecured();
    lab.run(Duration.ofSeconds(2));
    read("macsec.mka.mkpdusOut");
    assertThat(registry.find("macsec.receive.InPktsOK").meter()).isNotNull();
  }

  @Test
  void theMetersGoWithTheSession() {
    awaitSecured();
    bind();
    session.close();
    read("macsec.mka.mkpdusOut");
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void theNextSessionOfTheInterfaceHasMetersOfItsOwn() {
    awaitSecured();
    bind();
    MicrometerMetrics before = metrics;
    session.close();
    session = MkaSession.start(near.macsec(), "eth0", CONFIG);
    bind();
    awaitSecured();
    assertThat(read("macsec.mka.secured")).isEqualTo(1);
    before.close();
    assertThat(read("macsec.mka.secured")).isEqualTo(1);
    metrics.close();
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void theMetersGoWhenTheyAreClosedAndTheSessionGoesOn() {
    awaitSecured();
    bind();
    assertThatIllegalStateException().isThrownBy(() -> metrics.bindTo(registry));
    metrics.close();
    metrics.close();
    assertThat(registry.getMeters()).isEmpty();
    assertThat(session.isSecured()).isTrue();
    assertThat(session.isClosed()).isFalse();
  }
}
