package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacAddress;
import org.macsec4j.MacsecException;
import org.macsec4j.SecyConfig;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaConfigBuilder;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.spi.UncontrolledPort;
import org.macsec4j.testkit.kernel.Netns;

/** EAPOL beside a SecY, and MKA over it. */
abstract class PortCases extends Pair {
  private static final MacAddress GROUP = MacAddress.parse("01:80:c2:00:00:03");
  private static final int EAPOL = 0x888E;

  private static byte[] frame(UncontrolledPort from, int etherType, int length, int mark) {
    byte[] frame = new byte[length];
    GROUP.writeTo(frame, 0);
    from.address().writeTo(frame, MacAddress.LENGTH);
    frame[12] = (byte) (etherType >>> 8);
    frame[13] = (byte) etherType;
    frame[14] = (byte) mark;
    return frame;
  }

  private static byte[] next(BlockingQueue<byte[]> queue) throws InterruptedException {
    return queue.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void framesPassBesideAStrictSecyAndOwnOnesAreNotHeard() throws InterruptedException {
    left.create(SecyConfig.on("eth0").build()).up();
    BlockingQueue<byte[]> here = new LinkedBlockingQueue<>();
    BlockingQueue<byte[]> there = new LinkedBlockingQueue<>();
    try (UncontrolledPort a = left.backend().openPort("eth0", here::add);
        UncontrolledPort b = right.backend().openPort("eth0", there::add)) {
      assertThat(a.address()).isEqualTo(MacAddress.parse(LEFT_ADDRESS));
      byte[] first = frame(a, EAPOL, 60, 1);
      byte[] longer = frame(a, EAPOL, 1514, 2);
      a.send(first);
      a.send(longer);
      assertThat(next(there)).isEqualTo(first);
      assertThat(next(there)).isEqualTo(longer);
      byte[] answer = frame(b, EAPOL, 64, 3);
      b.send(answer);
      assertThat(next(here)).isEqualTo(answer);
      assertThat(here).isEmpty();
    }
  }

  @Test
  void anotherEtherTypeIsHeardByWhoSpeaksIt() throws InterruptedException {
    BlockingQueue<byte[]> there = new LinkedBlockingQueue<>();
    try (UncontrolledPort a = left.backend().openPort("eth0", frame -> {});
        UncontrolledPort b = right.backend().openPort("eth0", there::add)) {
      a.send(frame(a, 0x876F, 60, 1));
      a.send(frame(a, EAPOL, 60, 2));
      assertThat(next(there)[14]).isEqualTo((byte) 2);
      b.send(frame(b, 0x876F, 60, 3));
      a.send(frame(a, 0x876F, 60, 4));
      assertThat(next(there)[14]).isEqualTo((byte) 4);
    }
  }

  @Test
  void thePortOutlivesItsInterface() throws InterruptedException {
    BlockingQueue<byte[]> there = new LinkedBlockingQueue<>();
    try (UncontrolledPort a = left.backend().openPort("eth0", frame -> {});
        UncontrolledPort b = right.backend().openPort("eth0", there::add)) {
      a.send(frame(a, EAPOL, 60, 1));
      assertThat(next(there)).isNotNull();

      leftSpace.ip("link set dev eth0 down");
      assertThatExceptionOfType(MacsecException.class)
          .isThrownBy(() -> a.send(frame(a, EAPOL, 60, 2)))
          .withMessageContaining("ENETDOWN");
      leftSpace.ip("link set dev eth0 up");
      await(() -> sends(a));
      assertThat(next(there)).isNotNull();

      leftSpace.ip("link del dev eth0");
      await(() -> !sends(a));
      leftSpace.veth("eth0", rightSpace, "eth0");
      rightSpace.ip("link set dev eth0 address 02:00:00:00:0b:03");
      await(() -> sends(a) && b.address().equals(MacAddress.parse("02:00:00:00:0b:03")));
      there.clear();
      a.send(frame(a, EAPOL, 61, 9));
      byte[] again = next(there);
      while (again != null && again[14] != 9) {
        again = next(there);
      }
      assertThat(again).hasSize(61);
    }
  }

  private static boolean sends(UncontrolledPort port) {
    try {
      port.send(frame(port, EAPOL, 60, 5));
      return true;
    } catch (MacsecException e) {
      return false;
    }
  }

  @Test
  void severalPortsShareAThread() throws InterruptedException {
    BlockingQueue<byte[]> one = new LinkedBlockingQueue<>();
    BlockingQueue<byte[]> two = new LinkedBlockingQueue<>();
    leftSpace.veth("eth1", rightSpace, "eth1");
    try (UncontrolledPort a = left.backend().openPort("eth0", one::add);
        UncontrolledPort b = left.backend().openPort("eth1", two::add);
        UncontrolledPort c = right.backend().openPort("eth0", frame -> {});
        UncontrolledPort d = right.backend().openPort("eth1", frame -> {})) {
      assertThat(Arrays.asList(a.address(), b.address())).doesNotHaveDuplicates();
      c.send(frame(c, EAPOL, 60, 1));
      d.send(frame(d, EAPOL, 60, 2));
      assertThat(next(one)[14]).isEqualTo((byte) 1);
      assertThat(next(two)[14]).isEqualTo((byte) 2);
      assertThat(one).isEmpty();
      assertThat(two).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void mkaSecuresALink(CipherSuite suite) throws InterruptedException {
    MkaConfig config = config().cipherSuites(suite).build();
    try (MkaSession here = MkaSession.start(left, "eth0", config);
        MkaSession there = MkaSession.start(right, "eth0", config)) {
      assertComesUp(here, there);
      assertThat(leftSpace.ip("macsec show")).contains(suite.toString());

      here.rekey();
      there.rekey();
      await(() -> there.secy().transmitSc().snapshot().encodingSa() != AN_0);
      assertThat(there.secy().transmitSc().snapshot().encodingSa()).isNotEqualTo(AN_0);
      assertThat(leftSpace.pings("10.0.0.2")).isTrue();
    }
    assertThat(left.secys()).isEmpty();
    assertThat(right.secys()).isEmpty();
  }

  /** Whoever leads, one of them has a SecY of another suite than the one that is handed out. */
  @ParameterizedTest
  @ValueSource(ints = {10, 200})
  void aSuiteThatIsTheFirstOfOneAlone(int priority) throws InterruptedException {
    MkaConfig config =
        config().keyServerPriority(100).cipherSuites(CipherSuite.GCM_AES_128).build();
    MkaConfig other =
        config.toBuilder()
            .keyServerPriority(priority)
            .cipherSuites(CipherSuite.GCM_AES_XPN_256, CipherSuite.GCM_AES_128)
            .build();
    try (MkaSession here = MkaSession.start(left, "eth0", config);
        MkaSession there = MkaSession.start(right, "eth0", other)) {
      assertComesUp(here, there);
      assertThat(there.secy().config().cipherSuite()).isEqualTo(CipherSuite.GCM_AES_128);
    }
    assertThat(right.secys()).isEmpty();
  }

  private static MkaConfigBuilder config() {
    return MkaConfig.preSharedKey(
        Ckn.parse("6d61637365632d31"), Cak.parse("000102030405060708090a0b0c0d0e0f"))
        .toBuilder();
  }

  private void assertComesUp(MkaSession here, MkaSession there) throws InterruptedException {
    here.awaitSecured(Duration.ofSeconds(30));
    there.awaitSecured(Duration.ofSeconds(30));
    address(leftSpace, here, "10.0.0.1/24");
    address(rightSpace, there, "10.0.0.2/24");
    assertThat(leftSpace.pings("10.0.0.2")).isTrue();
  }

  private static void address(Netns space, MkaSession session, String address) {
    space.ip("addr add " + address + " dev " + session.secy().id().name());
  }
}
