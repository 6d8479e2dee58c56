package org.macsec4j.netlink.jnr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.libc.Sockets;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.macsec.LinkRequests;
import org.macsec4j.netlink.transport.NetlinkConnection;
import org.macsec4j.netlink.transport.NetlinkSocket;
import org.macsec4j.netlink.transport.SocketLoop;
import org.macsec4j.spi.Registration;

/** The real C library, with what every Linux lets everybody do. */
@EnabledOnOs(OS.LINUX)
class JnrLibcTest {
  private final Libc libc = JnrLibc.system();

  @Test
  void aFailureIsTheNegativeErrorNumber() {
    assertThat(libc.close(-1)).isEqualTo(-Errno.EBADF);
    assertThat(libc.open("/nowhere/at/all", Sockets.O_RDONLY)).isEqualTo(-Errno.ENOENT);
    assertThat(libc.socket(12345, Sockets.SOCK_DGRAM, 0)).isEqualTo(-Errno.EAFNOSUPPORT);
  }

  @Test
  void octetsPassThroughAPairOfSockets() {
    int type = Sockets.SOCK_DGRAM | Sockets.SOCK_CLOEXEC | Sockets.SOCK_NONBLOCK;
    ByteBuffer pair = Sockets.buffer(8);
    assertThat(libc.socketpair(Sockets.AF_UNIX, type, pair)).isZero();
    int left = pair.getInt(0);
    int right = pair.getInt(4);
    ByteBuffer data = Sockets.buffer(16);
    data.put(new byte[] {1, 2, 3, 4, 5}).flip().position(1);
    assertThat(libc.send(left, data, 0)).isEqualTo(4);
    assertThat(data.position()).isEqualTo(1);

    ByteBuffer poll = Sockets.buffer(8).putInt(0, right).putShort(4, Sockets.POLLIN);
    assertThat(libc.poll(poll, 1000)).isEqualTo(1);
    assertThat(poll.getShort(6)).isEqualTo(Sockets.POLLIN);

    ByteBuffer room = Sockets.buffer(2);
    assertThat(libc.recv(right, room, Sockets.MSG_TRUNC)).isEqualTo(4);
    assertThat(room.get(0)).isEqualTo((byte) 2);
    assertThat(room.get(1)).isEqualTo((byte) 3);
    assertThat(libc.recv(right, room, Sockets.MSG_DONTWAIT)).isEqualTo(-Errno.EAGAIN);
    assertThat(libc.close(left)).isZero();
    assertThat(libc.close(right)).isZero();
  }

  @Test
  void theKernelTellsOfItsLoopback() {
    try (NetlinkConnection route = NetlinkConnection.open(libc, NetlinkSocket.NETLINK_ROUTE)) {
      LinkInfo lo = LinkInfo.of(route.get("read lo", LinkRequests.get("lo")));
      assertThat(lo.name()).isEqualTo("lo");
      assertThat(lo.ethernet()).isFalse();
      assertThat(lo.isMacsec()).isFalse();
      assertThat(route.dump("list", LinkRequests.all()).stream().map(LinkInfo::of))
          .anyMatch(link -> link.index() == lo.index());
    }
  }

  @Test
  void aLoopRunsTasksInTimeAndReadsWhatComes() throws InterruptedException {
    ByteBuffer pair = Sockets.buffer(8);
    libc.socketpair(Sockets.AF_UNIX, Sockets.SOCK_DGRAM | Sockets.SOCK_NONBLOCK, pair);
    CountDownLatch read = new CountDownLatch(3);
    CountDownLatch timer = new CountDownLatch(1);
    try (SocketLoop loop = new SocketLoop(libc, "test-loop")) {
      Registration reading =
          loop.add(
              pair.getInt(4),
              () -> {
                while (libc.recv(pair.getInt(4), Sockets.buffer(4), Sockets.MSG_DONTWAIT) > 0) {
                  read.countDown();
                }
              });
      loop.schedule(20, timer::countDown);
      loop.execute(
          () -> {
            throw new IllegalStateException("one task's fault, logged and forgotten");
          });
      for (int i = 0; i < 3; i++) {
        libc.send(pair.getInt(0), Sockets.ofInt(i), 0);
      }
      assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(timer.await(10, TimeUnit.SECONDS)).isTrue();
      reading.close();
    } finally {
      // The loop has closed the other end.
      libc.close(pair.getInt(0));
    }
  }
}
