package org.macsec4j.netlink.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.macsec4j.netlink.fake.FakeLibc;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.libc.Sockets;
import org.macsec4j.spi.Registration;

@Timeout(30)
class SocketLoopTest {
  private final FakeLibc libc = new FakeLibc((protocol, request) -> List.of());
  private final SocketLoop loop = new SocketLoop(libc, "test-loop");
  private final CountDownLatch reading = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  /** One end of a pair, with an octet in it that can be read. */
  private int readable() {
    ByteBuffer pair = Sockets.buffer(2 * Integer.BYTES);
    libc.socketpair(Sockets.AF_UNIX, Sockets.SOCK_DGRAM, pair);
    libc.send(pair.getInt(0), Sockets.ofInt(1), 0);
    return pair.getInt(Integer.BYTES);
  }

  private boolean isOpen(int descriptor) {
    return libc.recv(descriptor, Sockets.buffer(8), 0) != -Errno.EBADF;
  }

  private void readSlowly() {
    reading.countDown();
    awaitQuietly(goOn);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aSocketIsClosedOnlyWhenNobodyReadsIt() {
    int descriptor = readable();
    Registration registration = loop.add(descriptor, this::readSlowly);
    awaitQuietly(reading);
    registration.close();
    assertThat(isOpen(descriptor)).isTrue();
    CountDownLatch after = new CountDownLatch(1);
    loop.execute(() -> loop.execute(after::countDown));
    goOn.countDown();
    awaitQuietly(after);
    assertThat(isOpen(descriptor)).isFalse();
    loop.close();
    // The other end is the test's own.
    assertThat(libc.openDescriptors()).isEqualTo(1);
  }

  @Test
  void closingWaitsForTheTaskThatRuns() throws InterruptedException {
    int descriptor = readable();
    loop.add(descriptor, this::readSlowly);
    awaitQuietly(reading);
    AtomicBoolean closed = new AtomicBoolean();
    Thread closing =
        new Thread(
            () -> {
              loop.close();
              closed.set(true);
            });
    closing.start();
    closing.join(100);
    assertThat(closed).isFalse();
    assertThat(isOpen(descriptor)).isTrue();
    goOn.countDown();
    closing.join();
    assertThat(closed).isTrue();
    assertThat(libc.openDescriptors()).isEqualTo(1);
  }

  @Test
  void mayBeClosedOnItsOwnThread() {
    CountDownLatch closed = new CountDownLatch(1);
    loop.execute(
        () -> {
          loop.close();
          closed.countDown();
        });
    awaitQuietly(closed);
  }

  @Test
  void takesNoSocketAfterTheEnd() {
    loop.close();
    int descriptor = readable();
    Registration registration = loop.add(descriptor, this::readSlowly);
    assertThat(isOpen(descriptor)).isFalse();
    registration.close();
    assertThat(libc.openDescriptors()).isEqualTo(1);
  }
}
