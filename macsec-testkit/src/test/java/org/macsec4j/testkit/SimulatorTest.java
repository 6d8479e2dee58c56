package org.macsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.macsec4j.AssociationNumber.AN_0;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacAddress;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.PacketNumber;
import org.macsec4j.PacketNumberThreshold;
import org.macsec4j.ReceiveSa;
import org.macsec4j.ReceiveSc;
import org.macsec4j.ReceiveScCounter;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.Secy;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyCounter;
import org.macsec4j.SecyEvent;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.UncontrolledPort;
import org.macsec4j.testkit.capture.Capture;

class SimulatorTest {
  private static final int ETHER_TYPE = 0x88B5;
  private static final byte[] TEXT = "nobody else may read this".getBytes(StandardCharsets.UTF_8);

  private final Lab lab = Lab.create(7);
  private final Host a = lab.host("a");
  private final Host b = lab.host("b");
  private final Link wire = lab.wire(a, b);
  private final Random random = new Random(1);

  private Secy secure(Host host, Host peer, CipherSuite suite, SecureAssociationKey[] keys) {
    boolean first = host == a;
    Secy secy = host.macsec().create(SecyConfig.on("eth0").cipherSuite(suite).build());
    TransmitSa.Builder transmit =
        TransmitSa.builder(AN_0, keys[first ? 0 : 1]).nextPn(PacketNumber.FIRST);
    ReceiveSa.Builder receive =
        ReceiveSa.builder(AN_0, keys[first ? 1 : 0]).lowestPn(PacketNumber.FIRST);
    if (suite.isXpn()) {
      transmit.ssci(Ssci.of(first ? 1 : 2));
      receive.ssci(Ssci.of(first ? 2 : 1));
    }
    secy.transmitSc().install(transmit.build());
    ReceiveSc sc = secy.addReceiveSc(new Sci(peer.mac("eth0"), 1));
    sc.install(receive.build());
    secy.up();
    return secy;
  }

  private void secureBoth(CipherSuite suite) {
    SecureAssociationKey[] keys = {
      SecureAssociationKey.generate(suite, random), SecureAssociationKey.generate(suite, random)
    };
    secure(a, b, suite, keys);
    secure(b, a, suite, keys);
  }

  private boolean passes(Host from, Host to) {
    int before = to.received("macsec0").size();
    from.send("macsec0", to.mac("macsec0"), ETHER_TYPE, TEXT);
    lab.run(Duration.ofMillis(1));
    return to.received("macsec0").size() == before + 1;
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void staticKeysCarryFramesBothWaysAndNothingIsReadableBetween(CipherSuite suite) {
    secureBoth(suite);

    assertThat(passes(a, b)).isTrue();
    assertThat(passes(b, a)).isTrue();

    assertThat(b.received("macsec0").get(0)).endsWith(TEXT);
    assertThat(lab.capture().frames()).hasSize(4);
    assertThat(lab.capture().frames())
        .allSatisfy(
            frame -> {
              assertThat(frame.frame()).hasSize(14 + TEXT.length + 32);
              assertThat(new String(frame.frame(), StandardCharsets.ISO_8859_1))
                  .doesNotContain("nobody");
            });
  }

  @Test
  void aReplayedAndATamperedFrameAreCountedAndNotDelivered() {
    secureBoth(CipherSuite.GCM_AES_128);
    assertThat(passes(a, b)).isTrue();
    byte[] recorded =
        lab.capture().frames().stream()
            .filter(frame -> frame.direction() == Capture.Direction.OUTBOUND)
            .findFirst()
            .orElseThrow()
            .frame();
    byte[] tampered = recorded.clone();
    tampered[tampered.length - 1] ^= 1;
    tampered[19] = 9; // a packet number that was not yet used

    a.send("eth0", recorded);
    a.send("eth0", tampered);
    lab.run(Duration.ofMillis(1));

    assertThat(b.received("macsec0")).hasSize(1);
    var counters = b.macsec().secys().get(0).receiveScs().get(0).snapshot().counters();
    assertThat(counters.get(ReceiveScCounter.IN_PKTS_LATE)).hasValue(1);
    assertThat(counters.get(ReceiveScCounter.IN_PKTS_NOT_VALID)).hasValue(1);
  }

  @Test
  void aSecuredInterfaceThatIsDownSendsAndDeliversNothing() {
    secureBoth(CipherSuite.GCM_AES_128);
    Secy left = a.macsec().secys().get(0);
    left.down();

    assertThat(a.send("macsec0", b.mac("eth0"), ETHER_TYPE, TEXT)).isFalse();
    assertThat(passes(b, a)).isFalse();

    left.up();
    assertThat(passes(a, b)).isTrue();
    assertThat(passes(b, a)).isTrue();
  }

  @Test
  void plainFramesReachTheUncontrolledPortAloneAndAreCounted() {
    secureBoth(CipherSuite.GCM_AES_128);

    a.send("eth0", b.mac("eth0"), ETHER_TYPE, TEXT);
    lab.run(Duration.ofMillis(1));

    assertThat(b.received("eth0")).hasSize(1);
    assertThat(b.received("macsec0")).isEmpty();
    assertThat(b.macsec().secys().get(0).statistics().secy().get(SecyCounter.IN_PKTS_NO_TAG))
        .hasValue(1);
  }

  @Test
  void anUncontrolledPortHearsEapolAndNotItself() {
    List<byte[]> left = new ArrayList<>();
    List<byte[]> right = new ArrayList<>();
    MacAddress pae = MacAddress.parse("01:80:c2:00:00:03");
    UncontrolledPort portA = a.macsec().backend().openPort("eth0", left::add);
    UncontrolledPort portB = b.macsec().backend().openPort("eth0", right::add);

    portA.send(Frames.of(pae, portA.address(), 0x888E, new byte[] {1}));
    portA.send(Frames.of(pae, portA.address(), 0x876F, new byte[] {2}));
    a.send("eth0", pae, ETHER_TYPE, new byte[] {3});
    lab.run(Duration.ofMillis(1));
    portB.close();
    portA.send(Frames.of(pae, portA.address(), 0x888E, new byte[] {4}));
    lab.run(Duration.ofMillis(1));

    assertThat(left).isEmpty();
    assertThat(right).extracting(frame -> frame[14]).containsExactly((byte) 1, (byte) 2);
    assertThat(portA.address()).isEqualTo(a.mac("eth0"));
  }

  @Test
  void anUncontrolledPortAlsoHearsTheEtherTypeItSends() {
    List<byte[]> heard = new ArrayList<>();
    MacAddress pae = MacAddress.parse("01:80:c2:00:00:03");
    UncontrolledPort port = b.macsec().backend().openPort("eth0", heard::add);

    a.send("eth0", pae, 0xB860, new byte[] {1});
    lab.run(Duration.ofMillis(1));
    port.send(Frames.of(pae, port.address(), 0xB860, new byte[] {2}));
    a.send("eth0", pae, 0xB860, new byte[] {3});
    lab.run(Duration.ofMillis(1));

    assertThat(heard).extracting(frame -> frame[14]).containsExactly((byte) 3);
  }

  @Test
  void ofTwoSecysOnOneInterfaceEachGetsThePeerItKnows() {
    secureBoth(CipherSuite.GCM_AES_128);
    Secy second = b.macsec().create(SecyConfig.on("eth0").port(2).build());
    second.up();

    assertThat(passes(a, b)).isTrue();

    assertThat(second.id().name()).isEqualTo("macsec1");
    assertThat(second.statistics().secy().get(SecyCounter.IN_PKTS_NO_SCI)).hasValue(0);
  }

  @Test
  void refusesAnSciThatIsInUseAndSaysByWhom() {
    a.macsec().create(SecyConfig.on("eth0").build());

    assertThatThrownBy(() -> a.macsec().create(SecyConfig.on("eth0").build()))
        .hasMessage(
            "cannot create macsec1 on eth0: SCI 0200000001010001 is in use by macsec0 on the same"
                + " parent; choose another port (1..65534)")
        .extracting(e -> ((MacsecException) e).kind())
        .isEqualTo(MacsecException.Kind.EXISTS);
    assertThat(a.macsec().secys()).hasSize(1);
  }

  @Test
  void refusesANameThatIsTakenAnUnknownInterfaceAndMissingHardware() {
    a.macsec().create(SecyConfig.on("eth0").name("secret").build());

    assertThatThrownBy(
            () -> a.macsec().create(SecyConfig.on("eth0").name("secret").port(2).build()))
        .hasMessageContaining("an interface of that name exists already");
    assertThatThrownBy(() -> a.macsec().create(SecyConfig.on("eth7").build()))
        .hasMessage("a has no interface eth7; it has [eth0, secret]");
    assertThatThrownBy(
            () ->
                a.macsec()
                    .create(SecyConfig.on("eth0").port(2).offload(OffloadPolicy.REQUIRE).build()))
        .extracting(e -> ((MacsecException) e).kind())
        .isEqualTo(MacsecException.Kind.UNSUPPORTED);
  }

  @Test
  void tellsWatchersInOrderAndOnVirtualTime() {
    List<SecyEvent> events = new ArrayList<>();
    Macsec macsec = a.macsec();
    var watch = macsec.onEvent(events::add);
    Secy secy = macsec.create(SecyConfig.on("eth0").build());
    secy.transmitSc()
        .install(
            TransmitSa.builder(AN_0, SecureAssociationKey.generate(CipherSuite.GCM_AES_128, random))
                .nextPn(PacketNumber.MAX_32)
                .build());
    secy.up();
    assertThat(events).isEmpty();
    lab.run(Duration.ZERO);
    assertThat(a.send("macsec0", b.mac("eth0"), ETHER_TYPE, TEXT)).isTrue();
    assertThat(a.send("macsec0", b.mac("eth0"), ETHER_TYPE, TEXT)).isFalse();
    lab.run(Duration.ZERO);
    secy.delete();
    lab.run(Duration.ZERO);
    watch.close();
    macsec.create(SecyConfig.on("eth0").build());
    lab.run(Duration.ZERO);

    assertThat(events)
        .containsExactly(
            new SecyEvent.Created(secy.id()),
            new SecyEvent.Changed(secy.id()),
            new SecyEvent.OperationalChanged(secy.id(), true),
            new SecyEvent.PacketNumberThresholdReached(secy.id(), AN_0, PacketNumber.MAX_32),
            new SecyEvent.Changed(secy.id()),
            new SecyEvent.PacketNumbersExhausted(secy.id(), AN_0),
            new SecyEvent.OperationalChanged(secy.id(), false),
            new SecyEvent.Removed(secy.id()));
  }

  @Test
  void tellsEachWatcherOfItsThreshold() {
    List<SecyEvent> early = new ArrayList<>();
    List<SecyEvent> late = new ArrayList<>();
    Macsec macsec = a.macsec();
    Secy secy = macsec.create(SecyConfig.on("eth0").build());
    secy.transmitSc()
        .install(
            TransmitSa.builder(AN_0, SecureAssociationKey.generate(CipherSuite.GCM_AES_128, random))
                .nextPn(PacketNumber.of(0xFFFF_FFFDL))
                .build());
    secy.up();
    PacketNumberThreshold soon =
        PacketNumberThreshold.DEFAULT.withPn(PacketNumber.of(0xFFFF_FFFEL));
    macsec.onEvent(soon, early::add);
    macsec.onEvent(soon.withPn(PacketNumber.MAX_32), late::add);
    for (int frame = 0; frame < 3; frame++) {
      assertThat(a.send("macsec0", b.mac("eth0"), ETHER_TYPE, TEXT)).isTrue();
    }
    List<SecyEvent> beyond = new ArrayList<>();
    macsec.onEvent(beyond::add);
    lab.run(Duration.ZERO);

    SecyEvent exhausted = new SecyEvent.PacketNumbersExhausted(secy.id(), AN_0);
    SecyEvent stopped = new SecyEvent.OperationalChanged(secy.id(), false);
    assertThat(early).containsExactly(reached(secy, 0xFFFF_FFFEL), exhausted, stopped);
    assertThat(late).containsExactly(reached(secy, 0xFFFF_FFFFL), exhausted, stopped);
    assertThat(beyond).containsExactly(reached(secy, 0));
  }

  private static SecyEvent reached(Secy secy, long nextPn) {
    return new SecyEvent.PacketNumberThresholdReached(secy.id(), AN_0, PacketNumber.of(nextPn));
  }

  @Test
  void secysOutliveTheFrontDoorAndADeletedOneIsGone() {
    Macsec first = a.macsec();
    Secy secy = first.create(SecyConfig.on("eth0").build());
    assertThat(a.macsec()).isSameAs(first);
    first.close();

    assertThatThrownBy(secy::snapshot).hasMessageContaining("closed");
    Secy found = a.macsec().secy("macsec0").orElseThrow();
    found.delete();

    assertThat(a.macsec().secys()).isEmpty();
    assertThatThrownBy(found::snapshot)
        .extracting(e -> ((MacsecException) e).kind())
        .isEqualTo(MacsecException.Kind.NOT_FOUND);
    assertThatThrownBy(found::up).hasMessageContaining("cannot change macsec0");
    assertThat(a.interfaces()).containsExactly("eth0");
  }

  @Test
  void isFoundByNameAndHasTwoInterfacesThatTalk() throws InterruptedException {
    try (Macsec macsec = Macsec.open("simulator")) {
      MacsecBackend backend = macsec.backend();
      List<byte[]> heard = new ArrayList<>();
      UncontrolledPort eth0 = backend.openPort("eth0", frame -> {});
      backend.openPort("eth1", heard::add);
      eth0.send(Frames.of(backend.addressOf("eth1"), eth0.address(), 0x888E, new byte[] {5}));

      assertThat(
              backend
                  .eventLoop()
                  .orElseThrow()
                  .await(() -> !heard.isEmpty(), Duration.ofSeconds(1)))
          .isTrue();
    }
    assertThat(Macsec.probe().get("simulator").available()).isTrue();
  }

  @Test
  void runUntilFailsWithTheStateOfTheLab() {
    secureBoth(CipherSuite.GCM_AES_128);
    wire.loss(0.25).cut();

    assertThatThrownBy(() -> lab.runUntil(() -> false, Duration.ofSeconds(4)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("did not come true within PT4S of virtual time")
        .hasMessageContaining("lab at PT4S, seed 7")
        .hasMessageContaining("macsec0 on eth0: SCI 02:00:00:00:01:01/1, up, operational")
        .hasMessageContaining("to b/eth0: cut, loss 0.25");
  }

  @Test
  void refusesHostsOfAnotherLabAndRunts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lab.wire(a, Lab.create(1).host("x")))
        .withMessage("x is a host of another laboratory");
    assertThatIllegalArgumentException().isThrownBy(() -> a.send("eth0", new byte[13]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lab.host("a", MacAddress.parse("02:00:00:00:00:99")));
    assertThat(lab.host("a")).isSameAs(a);
    assertThat(lab.host("c", MacAddress.parse("02:00:00:00:0b:02")).interfaces()).isEmpty();
  }
}
