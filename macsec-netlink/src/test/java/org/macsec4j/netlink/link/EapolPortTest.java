package org.macsec4j.netlink.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.MacAddress;
import org.macsec4j.MacsecException;
import org.macsec4j.netlink.fake.FakeLibc;
import org.macsec4j.netlink.fake.Reply;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.macsec.LinkRequests;
import org.macsec4j.netlink.transport.NetlinkSocket;
import org.macsec4j.netlink.transport.SocketLoop;
import org.macsec4j.netlink.wire.NetlinkMessage;

class EapolPortTest {
  private static final int ETHERNET = 1 << 16;
  private static final MacAddress FIRST = MacAddress.parse("02:00:00:00:0a:01");
  private static final MacAddress SECOND = MacAddress.parse("02:00:00:00:0a:02");
  private static final MacAddress PEER = MacAddress.parse("02:00:00:00:0b:02");
  private static final MacAddress GROUP = MacAddress.parse("01:80:c2:00:00:03");
  private static final int EAPOL = 0x888E;
  private static final int OTHER = 0x876F;

  private final FakeLibc libc = new FakeLibc((protocol, request) -> List.of());
  private final SocketLoop loop = new SocketLoop(libc, "test-ports");
  private final LinkMonitor monitor =
      new LinkMonitor(loop, NetlinkSocket.open(libc, NetlinkSocket.NETLINK_ROUTE));
  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
  private EapolPorts ports;
  private EapolPort port;

  @BeforeEach
  void open() {
    EapolPorts.Inside here =
        new EapolPorts.Inside() {
          @Override
          public <T> T call(Supplier<T> work) {
            return work.get();
          }
        };
    ports = new EapolPorts(libc, loop, monitor, name -> Optional.empty(), here);
    port = ports.open(link(5, "eth0", FIRST), received::add);
  }

  @AfterEach
  void close() {
    ports.close();
    monitor.close();
    loop.close();
  }

  private static byte[] notice(int type, int index, String name, MacAddress address) {
    return Reply.message(
        type,
        0,
        0,
        body ->
            body.header32(ETHERNET)
                .header32(index)
                .header32(1)
                .header32(0)
                .string(3, name)
                .bytes(1, address.toByteArray()));
  }

  private static LinkInfo link(int index, String name, MacAddress address) {
    byte[] datagram = notice(LinkRequests.RTM_NEWLINK, index, name, address);
    return LinkInfo.of(
        NetlinkMessage.parse(ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder())).get(0));
  }

  private static byte[] frame(MacAddress destination, int etherType, int length) {
    byte[] frame = new byte[length];
    destination.writeTo(frame, 0);
    PEER.writeTo(frame, 6);
    frame[12] = (byte) (etherType >>> 8);
    frame[13] = (byte) etherType;
    frame[length - 1] = (byte) length;
    return frame;
  }

  private void tell(int type, int index, String name, MacAddress address) {
    libc.announce(NetlinkSocket.NETLINK_ROUTE, notice(type, index, name, address));
  }

  private byte[] next() throws InterruptedException {
    return received.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void isBoundToItsInterfaceAndInTheGroupsOfEapol() {
    assertThat(libc.calls())
        .contains("bind 5 888e")
        .filteredOn("setsockopt 263 1"::equals)
        .hasSize(3);
    assertThat(libc.calls()).contains("setsockopt 263 23");
    assertThat(port.address()).isEqualTo(FIRST);
  }

  @Test
  void framesComeWholeAndInOrder() throws InterruptedException {
    byte[] shortest = frame(GROUP, EAPOL, 60);
    byte[] longer = frame(GROUP, EAPOL, 1500);
    libc.deliver(5, shortest);
    libc.deliver(6, frame(GROUP, EAPOL, 70));
    libc.deliver(5, frame(GROUP, OTHER, 80));
    libc.deliver(5, longer);
    assertThat(next()).isEqualTo(shortest);
    assertThat(next()).isEqualTo(longer);
    assertThat(received).isEmpty();
  }

  @Test
  void anotherEtherTypeIsHeardOnceItWasSent() throws InterruptedException {
    byte[] sent = frame(GROUP, OTHER, 60);
    port.send(sent);
    assertThat(libc.frames()).containsExactly(sent);
    libc.deliver(5, frame(GROUP, OTHER, 64));
    assertThat(next()).hasSize(64);
  }

  @Test
  void anotherGroupIsJoinedOnceItWasSentTo() {
    long before = libc.calls().stream().filter("setsockopt 263 1"::equals).count();
    port.send(frame(MacAddress.parse("01:80:c2:00:00:20"), EAPOL, 60));
    port.send(frame(MacAddress.parse("01:80:c2:00:00:20"), EAPOL, 60));
    long after = libc.calls().stream().filter("setsockopt 263 1"::equals).count();
    assertThat(after - before).isEqualTo(1);
  }

  @Test
  void waitsForTheNextInterfaceOfItsName() throws InterruptedException {
    tell(LinkRequests.RTM_DELLINK, 5, "eth0", FIRST);
    await(() -> libc.calls().size() > 0 && isRefused());
    tell(LinkRequests.RTM_NEWLINK, 8, "eth1", SECOND);
    tell(LinkRequests.RTM_NEWLINK, 9, "eth0", SECOND);
    await(() -> libc.calls().contains("bind 9 888e"));
    await(() -> port.address().equals(SECOND));
    libc.deliver(9, frame(GROUP, EAPOL, 61));
    assertThat(next()).hasSize(61);
    port.send(frame(GROUP, EAPOL, 60));
    assertThat(libc.calls()).doesNotContain("bind 8 888e");
  }

  private boolean isRefused() {
    try {
      port.send(frame(GROUP, EAPOL, 60));
      return false;
    } catch (MacsecException e) {
      return e.getMessage().contains("the interface is gone");
    }
  }

  private static void await(Supplier<Boolean> condition) throws InterruptedException {
    for (int i = 0; i < 1000 && !condition.get(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.get()).isTrue();
  }

  @Test
  void followsTheAddressOfItsInterface() throws InterruptedException {
    tell(LinkRequests.RTM_NEWLINK, 5, "eth0", SECOND);
    await(() -> port.address().equals(SECOND));
  }

  @Test
  void followsTheNameOfItsInterfaceAndWaitsForTheLastOne() throws InterruptedException {
    tell(LinkRequests.RTM_NEWLINK, 5, "lan0", FIRST);
    tell(LinkRequests.RTM_DELLINK, 5, "lan0", FIRST);
    await(this::isRefused);
    tell(LinkRequests.RTM_NEWLINK, 8, "eth0", SECOND);
    tell(LinkRequests.RTM_NEWLINK, 9, "lan0", SECOND);
    await(() -> libc.calls().contains("bind 9 888e"));
    assertThat(libc.calls()).doesNotContain("bind 8 888e");
  }

  @Test
  void aFrameThatCannotBeSentIsToldOf() {
    libc.failNext("send", Errno.ENETDOWN);
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> port.send(frame(GROUP, EAPOL, 60)))
        .withMessage("cannot send an EAPOL frame on eth0: ENETDOWN (network is down)");
    assertThatIllegalArgumentException().isThrownBy(() -> port.send(new byte[13]));
  }

  @Test
  void twoPortsShareALoop() throws InterruptedException {
    BlockingQueue<byte[]> second = new LinkedBlockingQueue<>();
    EapolPort other = ports.open(link(6, "eth1", SECOND), second::add);
    libc.deliver(5, frame(GROUP, EAPOL, 65));
    libc.deliver(6, frame(GROUP, EAPOL, 66));
    assertThat(next()).hasSize(65);
    assertThat(second.poll(10, TimeUnit.SECONDS)).hasSize(66);
    other.close();
  }

  @Test
  void afterCloseNothingIsSentAndNoSocketIsLeft() {
    port.close();
    port.close();
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> port.send(frame(GROUP, EAPOL, 60)))
        .withMessageContaining("the port is closed");
    monitor.close();
    loop.close();
    assertThat(libc.openDescriptors()).isZero();
  }
}
