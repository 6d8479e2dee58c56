package org.macsec4j.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.macsec4j.netlink.Readiness.State;
import org.macsec4j.netlink.fake.FakeLibc;
import org.macsec4j.netlink.fake.NetlinkScript;
import org.macsec4j.netlink.fake.Reply;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.spi.Availability;
import org.macsec4j.spi.MacsecBackendProvider;

class ReadinessTest {
  private static final int CONTROLLER = 16;
  private static final byte[] FAMILY =
      ByteBuffer.allocate(2).order(ByteOrder.nativeOrder()).putShort((short) 0x1C).array();

  /** A kernel with the driver, which answers every change with an error number. */
  private static NetlinkScript kernel(int errno) {
    return (protocol, request) -> {
      Reply reply = Reply.to(request);
      return reply.type() == CONTROLLER
          ? List.of(reply.message(CONTROLLER, 0, b -> b.header32(0).bytes(1, FAMILY).u32(3, 1)))
          : List.of(reply.refuse(errno));
    };
  }

  private static Readiness probe(NetlinkScript script, boolean netAdmin) {
    FakeLibc libc = new FakeLibc(script);
    Readiness found = Readiness.probe(libc, netAdmin);
    assertThat(libc.openDescriptors()).isZero();
    return found;
  }

  @Test
  void tellsThatTheDriverIsMissing() {
    Readiness found = probe((p, request) -> List.of(Reply.to(request).refuse(Errno.ENOENT)), true);
    assertThat(found.state()).isEqualTo(State.NO_MACSEC);
    assertThat(found.detail()).contains("load the module macsec");
    assertThat(found.toAvailability().available()).isFalse();
  }

  @Test
  void tellsThatThePrivilegeIsMissing() {
    Readiness found = probe(kernel(Errno.EPERM), false);
    assertThat(found.state()).isEqualTo(State.NO_CAPABILITY);
    assertThat(found.detail()).contains("lacks CAP_NET_ADMIN");
  }

  @Test
  void tellsThatThePrivilegeIsThatOfAUserNamespaceAlone() {
    Readiness found = probe(kernel(Errno.EPERM), true);
    assertThat(found.state()).isEqualTo(State.USER_NAMESPACE_ONLY);
    assertThat(found.detail()).contains("user namespace only");
  }

  @Test
  void isReadyWhenAnEmptyChangeIsInvalidAndNotForbidden() {
    Readiness found = probe(kernel(Errno.EINVAL), true);
    assertThat(found.state()).isEqualTo(State.READY);
    assertThat(found.toAvailability()).isEqualTo(Availability.yes(found.detail()));
  }

  @Test
  void tellsThatNetlinkIsMissing() {
    FakeLibc libc = new FakeLibc((p, request) -> List.of());
    libc.failNext("socket", Errno.EAFNOSUPPORT);
    Readiness found = Readiness.probe(libc, true);
    assertThat(found.state()).isEqualTo(State.NO_MACSEC);
    assertThat(found.detail()).contains("EAFNOSUPPORT");
  }

  @Test
  void theProviderIsFoundAndSaysWhyNot() {
    assertThat(ServiceLoader.load(MacsecBackendProvider.class))
        .filteredOn(provider -> provider.name().equals("linux"))
        .singleElement()
        .satisfies(provider -> assertThat(provider.priority()).isPositive())
        .satisfies(provider -> assertThat(provider.availability().reason()).isNotBlank());
  }
}
