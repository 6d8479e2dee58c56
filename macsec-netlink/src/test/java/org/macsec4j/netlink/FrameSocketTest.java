package org.macsec4j.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.macsec4j.MacAddress;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.netlink.FrameSocket.Hears;
import org.macsec4j.netlink.fake.FakeLibc;
import org.macsec4j.netlink.fake.Reply;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.macsec.LinkRequests;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.wire.NetlinkMessage;

/** Whole frames of an interface. */
class FrameSocketTest {
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final MacAddress GROUP = MacAddress.parse("03:00:00:00:00:07");

  private final FakeLibc libc = new FakeLibc((protocol, request) -> List.of());

  private static LinkInfo link(String kind, int parent) {
    byte[] message =
        Reply.message(
            LinkRequests.RTM_NEWLINK,
            0,
            0,
            body -> {
              body.header32(1 << 16).header32(5).header32(1).header32(0).string(3, "eth0");
              body.bytes(1, new byte[] {2, 0, 0, 0, 10, 1});
              if (parent != 0) {
                body.u32(5, parent);
              }
              if (!kind.isEmpty()) {
                body.nested(18, info -> info.string(1, kind));
              }
            });
    return LinkInfo.of(
        NetlinkMessage.parse(ByteBuffer.wrap(message).order(ByteOrder.nativeOrder())).get(0));
  }

  private FrameSocket open(Hears hears) {
    return FrameSocket.open(libc, link("", 0), hears);
  }

  @Test
  void hearsWhatWasAskedFor() {
    try (FrameSocket all = open(Hears.RECEIVED_AND_SENT)) {
      assertThat(libc.calls()).contains("bind 5 3").doesNotContain("setsockopt 263 23");
      byte[] frame = new byte[60];
      libc.deliver(5, frame);
      libc.deliver(6, new byte[61]);
      assertThat(all.receive(SHORT)).contains(frame);
      assertThat(all.receive(SHORT)).isEmpty();
      assertThat(all.receive(Duration.ZERO)).isEmpty();
    }
    open(Hears.RECEIVED).close();
    assertThat(libc.calls()).contains("setsockopt 263 23");
    open(Hears.NOTHING).close();
    assertThat(libc.calls()).contains("bind 5 0");
    assertThat(libc.openDescriptors()).isZero();
  }

  @Test
  void aLongFrameIsCut() {
    try (FrameSocket all = open(Hears.RECEIVED)) {
      libc.deliver(5, new byte[9000]);
      assertThat(all.receive(SHORT).orElseThrow()).hasSize(2048);
    }
  }

  @Test
  void aFrameIsSentAsItIs() {
    try (FrameSocket socket = open(Hears.NOTHING)) {
      byte[] frame = new byte[14];
      frame[13] = 7;
      socket.send(frame);
      assertThat(libc.frames()).containsExactly(frame);
      assertThatIllegalArgumentException().isThrownBy(() -> socket.send(new byte[13]));
      assertThatIllegalArgumentException().isThrownBy(() -> socket.send(new byte[1515]));
      libc.failNext("send", Errno.ENETDOWN);
      assertThatExceptionOfType(MacsecException.class)
          .isThrownBy(() -> socket.send(frame))
          .withMessage("cannot send a frame on eth0: ENETDOWN (network is down)");
      libc.failNext("send", Errno.ENXIO);
      assertThatExceptionOfType(MacsecException.class)
          .isThrownBy(() -> socket.send(frame))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    }
  }

  @Test
  void nothingStaysOpenWhenItIsRefused() {
    libc.failNext("bind", Errno.ENODEV);
    assertThatExceptionOfType(NetlinkException.class).isThrownBy(() -> open(Hears.RECEIVED));
    assertThat(libc.openDescriptors()).isZero();
    try (FrameSocket socket = open(Hears.RECEIVED)) {
      libc.failNext("setsockopt", Errno.ENODEV);
      assertThatExceptionOfType(MacsecException.class)
          .isThrownBy(() -> socket.join(GROUP))
          .withMessageContaining("cannot take part in 03:00:00:00:00:07 on eth0: ENODEV");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, false",
    "'', 6, false",
    "veth, 6, false",
    "netdevsim, 6, false",
    "dsa, 2, false",
    "dummy, 0, false",
    "tun, 0, false",
    "bridge, 0, true",
    "bond, 0, true",
    "vxlan, 0, true",
    "vlan, 2, true",
    "macvlan, 2, true"
  })
  void whatStandsAboveOthersIsKnownByItsKind(String kind, int parent, boolean above) {
    try (FrameSocket socket = FrameSocket.open(libc, link(kind, parent), Hears.NOTHING)) {
      assertThat(socket.isAboveOthers()).isEqualTo(above);
      assertThat(socket.isSecured()).isFalse();
      assertThat(socket.isUp()).isTrue();
    }
  }
}
