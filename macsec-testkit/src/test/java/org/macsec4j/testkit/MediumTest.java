package org.macsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.macsec4j.MacAddress;

class MediumTest {
  private static final int ETHER_TYPE = 0x88B5;
  private static final int MANY = 2000;

  private final Lab lab = Lab.create(1);
  private final Host a = lab.host("a");
  private final Host b = lab.host("b");

  private void sendNumbered(Host from, Host to, int number) {
    byte[] data = {(byte) (number >>> 8), (byte) number, 1, 2, 3, 4};
    from.send("eth0", to.mac("eth0"), ETHER_TYPE, data);
  }

  private List<Integer> numbersReceivedBy(Host host) {
    return host.received("eth0").stream()
        .map(frame -> (frame[14] & 0xFF) << 8 | (frame[15] & 0xFF))
        .toList();
  }

  private void sendMany() {
    for (int i = 0; i < MANY; i++) {
      sendNumbered(a, b, i);
      lab.run(Duration.ofMillis(1));
    }
    lab.run(Duration.ofSeconds(1));
  }

  @Test
  void aWireCarriesFramesUnchangedAfterItsLatency() {
    lab.wire(a, b).latency(Duration.ofMillis(3));
    byte[] frame = {2, 0, 0, 0, 2, 1, 2, 0, 0, 0, 1, 1, (byte) 0x88, (byte) 0xB5, 7, 8, 9};

    a.send("eth0", frame);
    lab.run(Duration.ofMillis(3).minusNanos(1));
    assertThat(b.received("eth0")).isEmpty();
    lab.run(Duration.ofNanos(1));

    assertThat(b.received("eth0")).containsExactly(frame);
    assertThat(a.received("eth0")).isEmpty();
  }

  @Test
  void anInterfaceTakesItsOwnAddressAndGroupsAlone() {
    lab.wire(a, b);
    a.send("eth0", MacAddress.parse("02:00:00:00:99:99"), ETHER_TYPE, new byte[] {0, 1});
    a.send("eth0", MacAddress.parse("01:80:c2:00:00:03"), ETHER_TYPE, new byte[] {0, 2});
    sendNumbered(a, b, 3);
    lab.run(Duration.ofSeconds(1));

    assertThat(numbersReceivedBy(b)).containsExactly(2, 3);
  }

  @Test
  void aHubReachesAllOthersAndAnIsolatedHostNobody() {
    Host c = lab.host("c");
    Hub hub = lab.hub(a, b, c);
    MacAddress all = MacAddress.parse("ff:ff:ff:ff:ff:ff");
    a.send("eth0", all, 0x888E, new byte[] {0, 1});
    lab.run(Duration.ofSeconds(1));
    hub.isolate(b);
    a.send("eth0", all, 0x888E, new byte[] {0, 2});
    b.send("eth0", all, 0x888E, new byte[] {0, 3});
    lab.run(Duration.ofSeconds(1));
    hub.rejoin(b);
    b.send("eth0", all, 0x888E, new byte[] {0, 4});
    lab.run(Duration.ofSeconds(1));

    assertThat(numbersReceivedBy(a)).containsExactly(4);
    assertThat(numbersReceivedBy(b)).containsExactly(1);
    assertThat(numbersReceivedBy(c)).containsExactly(1, 2, 4);
  }

  @Test
  void losesAboutTheShareThatIsAsked() {
    lab.wire(a, b).loss(0.2);
    sendMany();

    assertThat(b.received("eth0").size() / (double) MANY).isCloseTo(0.8, within(0.04));
  }

  @Test
  void oneDirectionCanBeWorseThanTheOther() {
    lab.wire(a, b).toward(b).loss(1);
    sendNumbered(a, b, 1);
    sendNumbered(b, a, 2);
    lab.run(Duration.ofSeconds(1));

    assertThat(numbersReceivedBy(b)).isEmpty();
    assertThat(numbersReceivedBy(a)).containsExactly(2);
  }

  @Test
  void duplicatesAboutTheShareThatIsAsked() {
    lab.wire(a, b).duplicate(0.5);
    sendMany();

    assertThat(b.received("eth0").size() / (double) MANY).isCloseTo(1.5, within(0.04));
  }

  @Test
  void corruptsExactlyOneBit() {
    lab.wire(a, b).corrupt(1);
    List<byte[]> arrived = new ArrayList<>();
    byte[] sent = new byte[64];
    Arrays.fill(sent, (byte) 0xFF);
    for (int i = 0; i < 50; i++) {
      a.send("eth0", sent);
    }
    lab.run(Duration.ofSeconds(1));
    lab.capture().frames().stream()
        .filter(frame -> frame.interfaceName().equals("b/eth0"))
        .forEach(frame -> arrived.add(frame.frame()));

    assertThat(arrived).hasSize(50);
    assertThat(arrived)
        .allSatisfy(
            frame -> {
              int clear = 0;
              for (byte octet : frame) {
                clear += 8 - Integer.bitCount(octet & 0xFF);
              }
              assertThat(clear).isEqualTo(1);
            });
  }

  @Test
  void jitterKeepsTheOrderAndReorderBreaksIt() {
    Link wire = lab.wire(a, b).jitter(Duration.ofMillis(20));
    sendMany();
    List<Integer> inOrder = numbersReceivedBy(b);
    b.clearReceived("eth0");
    wire.jitter(Duration.ZERO).reorder(0.3, Duration.ofMillis(20));
    sendMany();

    assertThat(inOrder).hasSize(MANY).isSorted();
    assertThat(numbersReceivedBy(b)).hasSize(MANY).doesNotHaveDuplicates();
    assertThat(numbersReceivedBy(b).stream().sorted().toList()).isNotEqualTo(numbersReceivedBy(b));
  }

  @Test
  void aCutLosesFramesOnTheWayAndWhatIsSentUntilItIsRestored() {
    Link wire = lab.wire(a, b).latency(Duration.ofMillis(10));
    sendNumbered(a, b, 1);
    wire.cut();
    sendNumbered(a, b, 2);
    wire.restore();
    sendNumbered(a, b, 3);
    lab.run(Duration.ofSeconds(1));

    assertThat(numbersReceivedBy(b)).containsExactly(3);
  }

  @Test
  void aFilterAimsAtFrames() {
    lab.wire(a, b).filter(frame -> frame[15] % 2 == 0);
    for (int i = 0; i < 6; i++) {
      sendNumbered(a, b, i);
    }
    lab.run(Duration.ofSeconds(1));

    assertThat(numbersReceivedBy(b)).containsExactly(0, 2, 4);
  }

  @Test
  void theCaptureTellsWhatBecameOfAFrame() {
    lab.wire(a, b).loss(1);
    sendNumbered(a, b, 1);

    assertThat(lab.capture().frames()).hasSize(1);
    assertThat(lab.capture().frames().get(0).comments())
        .containsExactly("lost on the way to b/eth0");
  }

  @Test
  void theSameSeedGivesTheSameRunByteForByteAndAnotherSeedDoesNot() throws IOException {
    assertThat(faultyRun(42)).isEqualTo(faultyRun(42));
    assertThat(faultyRun(42)).isNotEqualTo(faultyRun(43));
  }

  private static byte[] faultyRun(long seed) throws IOException {
    Lab lab = Lab.create(seed);
    Host a = lab.host("a");
    Host b = lab.host("b");
    lab.wire(a, b)
        .loss(0.1)
        .jitter(Duration.ofMillis(5))
        .reorder(0.1, Duration.ofMillis(9))
        .duplicate(0.1)
        .corrupt(0.1);
    for (int i = 0; i < 200; i++) {
      a.send("eth0", b.mac("eth0"), ETHER_TYPE, new byte[] {(byte) i});
      b.send("eth0", a.mac("eth0"), ETHER_TYPE, new byte[] {(byte) i});
      lab.run(Duration.ofMillis(1));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    lab.capture().writeTo(out);
    return out.toByteArray();
  }

  @Test
  void setsOfOneFaultDoNotShiftTheOthers() {
    lab.wire(a, b).loss(0.3);
    sendMany();
    Lab other = Lab.create(lab.seed());
    Host a2 = other.host("a");
    Host b2 = other.host("b");
    other.wire(a2, b2).loss(0.3).corrupt(0.2).duplicate(0.2);
    long lostHere = lost(lab);
    for (int i = 0; i < MANY; i++) {
      a2.send("eth0", b2.mac("eth0"), ETHER_TYPE, new byte[] {0});
    }

    assertThat(lost(other)).isEqualTo(lostHere).isPositive();
  }

  private static long lost(Lab lab) {
    return lab.capture().frames().stream()
        .filter(frame -> frame.comments().stream().anyMatch(text -> text.startsWith("lost")))
        .count();
  }

  @Test
  void refusesWhatIsNoProbabilityAndNoDuration() {
    Link wire = lab.wire(a, b);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> wire.loss(1.5))
        .withMessage("loss is a probability, 0..1, not 1.5");
    assertThatIllegalArgumentException().isThrownBy(() -> wire.corrupt(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> wire.latency(Duration.ofNanos(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wire.toward(lab.host("c")))
        .withMessageContaining("c has 0 interfaces on link a/eth0 - b/eth0");
  }
}
