package org.macsec4j.netlink.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.macsec4j.netlink.fake.FakeLibc;
import org.macsec4j.netlink.fake.Reply;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.libc.Sockets;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.netlink.wire.NetlinkLayout;

/**
 * What a request allocates on the way to the kernel and back: nothing, but for its builder and the
 * answer that is given away. It is counted, not timed: the same on every machine.
 */
class SteadyTransportTest {
  private static final int TYPE = 16;
  private static final int ROUNDS = 1_000;
  private static final int PAYLOAD = 1_200;

  /** A builder: its header, a reference, two ints and a boolean, with any kind of references. */
  private static final int BUILDER = 40;

  /** The message, the header of its payload, and the list it is handed over in. */
  private static final int AROUND_AN_ANSWER = 120;

  /** By reflection, as this module does not read the JDK's management. */
  private static long allocated() throws ReflectiveOperationException {
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method allocated =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getCurrentThreadAllocatedBytes");
    return (long) allocated.invoke(threads);
  }

  /** Octets a round, at best of some runs, as classes are loaded and stubs made meanwhile. */
  private static long allocatedBy(Runnable work) throws ReflectiveOperationException {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = allocated();
      for (int round = 0; round < ROUNDS; round++) {
        work.run();
      }
      best = Math.min(best, allocated() - before);
    }
    return best / ROUNDS;
  }

  @Test
  void aChangeAllocatesItsBuilderAlone() throws ReflectiveOperationException {
    byte[] request = {16, 0, 0, 0, 16, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    byte[] done = Reply.to(request).acknowledge();
    try (NetlinkConnection connection =
        NetlinkConnection.open(new OneAnswer(done), NetlinkSocket.NETLINK_ROUTE)) {
      long octets =
          allocatedBy(
              () ->
                  connection.change(
                      "change it", MessageBuilder.request(TYPE, NetlinkLayout.NLM_F_ACK)));
      assertThat(octets).isLessThanOrEqualTo(BUILDER);
    }
  }

  @Test
  void aReadAllocatesItsAnswerToo() throws ReflectiveOperationException {
    byte[] answer = Reply.message(TYPE, 0, 0, body -> body.bytes(1, new byte[PAYLOAD]));
    try (NetlinkConnection connection =
        NetlinkConnection.open(new OneAnswer(answer), NetlinkSocket.NETLINK_ROUTE)) {
      long octets = allocatedBy(() -> connection.get("read it", MessageBuilder.request(TYPE, 0)));
      assertThat(octets).isBetween((long) PAYLOAD, (long) PAYLOAD + BUILDER + AROUND_AN_ANSWER);
    }
  }

  /** A kernel that has its answer at hand: {@link FakeLibc} makes each one anew. */
  private static final class OneAnswer implements Libc {
    private static final int SEQUENCE_AT = 8;

    private final ByteBuffer answer;

    OneAnswer(byte[] answer) {
      this.answer = Sockets.buffer(answer.length).put(answer).flip();
    }

    @Override
    public int send(int descriptor, ByteBuffer data, int flags) {
      answer.putInt(SEQUENCE_AT, data.getInt(SEQUENCE_AT));
      return data.remaining();
    }

    @Override
    public int recv(int descriptor, ByteBuffer data, int flags) {
      data.put(0, answer, 0, answer.capacity());
      return answer.capacity();
    }

    @Override
    public int socket(int domain, int type, int protocol) {
      return 3;
    }

    @Override
    public int bind(int descriptor, ByteBuffer address) {
      return 0;
    }

    @Override
    public int setsockopt(int descriptor, int level, int option, ByteBuffer value) {
      return 0;
    }

    @Override
    public int close(int descriptor) {
      return 0;
    }

    @Override
    public int socketpair(int domain, int type, ByteBuffer descriptors) {
      return -Errno.EINVAL;
    }

    @Override
    public int getsockname(int descriptor, ByteBuffer address) {
      return -Errno.EINVAL;
    }

    @Override
    public int poll(ByteBuffer descriptors, int timeoutMillis) {
      return -Errno.EINVAL;
    }

    @Override
    public int open(String path, int flags) {
      return -Errno.EINVAL;
    }

    @Override
    public int setns(int descriptor, int type) {
      return -Errno.EINVAL;
    }

    @Override
    public int ioctl(int descriptor, int request, String interfaceName, ByteBuffer data) {
      return -Errno.EINVAL;
    }
  }
}
