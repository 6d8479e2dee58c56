package org.macsec4j.netlink.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.macsec4j.netlink.fake.FakeLibc;
import org.macsec4j.netlink.fake.NetlinkScript;
import org.macsec4j.netlink.fake.Reply;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.netlink.wire.NetlinkLayout;
import org.macsec4j.netlink.wire.NetlinkMessage;

class NetlinkConnectionTest {
  private static final int TYPE = 16;
  private static final int MULTI = NetlinkLayout.NLM_F_MULTI;

  private FakeLibc libc;

  private NetlinkConnection connection(NetlinkScript script) {
    libc = new FakeLibc(script);
    return NetlinkConnection.open(libc, NetlinkSocket.NETLINK_ROUTE);
  }

  private static MessageBuilder change() {
    return MessageBuilder.request(TYPE, NetlinkLayout.NLM_F_ACK);
  }

  private static MessageBuilder dump() {
    return MessageBuilder.request(TYPE, NetlinkLayout.NLM_F_DUMP);
  }

  private static byte[] one(Reply reply, int flags, int value) {
    return reply.message(TYPE, flags, body -> body.header32(value));
  }

  private static List<Integer> values(List<NetlinkMessage> messages) {
    return messages.stream()
        .map(m -> ByteBuffer.wrap(m.payload()).order(ByteOrder.nativeOrder()))
        .map(ByteBuffer::getInt)
        .toList();
  }

  @Test
  void aChangeIsAcknowledged() {
    try (NetlinkConnection connection =
        connection((protocol, request) -> List.of(Reply.to(request).acknowledge()))) {
      connection.change("change it", change());
    }
    assertThat(libc.openDescriptors()).isZero();
  }

  @Test
  void aRefusalTellsWhatTheKernelSaid() {
    try (NetlinkConnection connection =
        connection((p, request) -> List.of(Reply.to(request).refuse(34, "out of range")))) {
      assertThatExceptionOfType(NetlinkException.class)
          .isThrownBy(() -> connection.change("change it", change()))
          .withMessage(
              "change it: ERANGE (numerical result out of range), kernel: \"out of range\"")
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ERANGE))
          .satisfies(e -> assertThat(e.kernelText()).contains("out of range"));
    }
  }

  @Test
  void whatIsMadeIsEchoedBeforeTheAcknowledgement() {
    try (NetlinkConnection connection =
        connection(
            (p, request) ->
                List.of(one(Reply.to(request), 0, 7), Reply.to(request).acknowledge()))) {
      assertThat(values(connection.make("make it", change()).stream().toList())).containsExactly(7);
      assertThat(values(connection.make("make it", change()).stream().toList()))
          .as("the acknowledgement of the first is not the answer to the second")
          .containsExactly(7);
    }
  }

  @Test
  void anEchoIsNoSuccessYet() {
    try (NetlinkConnection connection =
        connection(
            (p, request) -> List.of(one(Reply.to(request), 0, 7), Reply.to(request).refuse(16)))) {
      assertThatExceptionOfType(NetlinkException.class)
          .isThrownBy(() -> connection.make("make it", change()))
          .withMessageContaining("EBUSY");
    }
  }

  @Test
  void aKernelWithoutEchoesAcknowledgesOnly() {
    try (NetlinkConnection connection =
        connection((p, request) -> List.of(Reply.to(request).acknowledge()))) {
      assertThat(connection.make("make it", change())).isEmpty();
    }
  }

  @Test
  void lateAnswersOfAnotherRequestAreNotTaken() {
    try (NetlinkConnection connection =
        connection(
            (p, request) ->
                List.of(
                    Reply.message(TYPE, 0, Reply.to(request).sequence() - 1, b -> b.header32(66)),
                    Reply.message(TYPE, 0, 0, b -> b.header32(67)),
                    one(Reply.to(request), 0, 5)))) {
      NetlinkMessage answer = connection.get("get it", MessageBuilder.request(TYPE, 0));
      assertThat(values(List.of(answer))).containsExactly(5);
    }
  }

  @Test
  void aDumpIsReadUntilItsEndOverSeveralDatagrams() {
    try (NetlinkConnection connection =
        connection(
            (p, request) -> {
              Reply reply = Reply.to(request);
              assertThat(reply.isDump()).isTrue();
              return List.of(
                  join(one(reply, MULTI, 1), one(reply, MULTI, 2)),
                  one(reply, MULTI, 3),
                  reply.done(0));
            })) {
      assertThat(values(connection.dump("list", dump()))).containsExactly(1, 2, 3);
    }
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  @Test
  void aDumpThatMetAChangeIsAskedForAgain() {
    AtomicInteger asked = new AtomicInteger();
    try (NetlinkConnection connection =
        connection(
            (p, request) -> {
              Reply reply = Reply.to(request);
              boolean torn = asked.incrementAndGet() < 3;
              int flags = torn ? MULTI | NetlinkLayout.NLM_F_DUMP_INTR : MULTI;
              return List.of(one(reply, flags, asked.get()), reply.done(0));
            })) {
      assertThat(values(connection.dump("list", dump()))).containsExactly(3);
    }
  }

  @Test
  void changesThatGoOnForeverEndADump() {
    AtomicInteger asked = new AtomicInteger();
    try (NetlinkConnection connection =
        connection(
            (p, request) -> {
              asked.incrementAndGet();
              Reply reply = Reply.to(request);
              return List.of(one(reply, MULTI | NetlinkLayout.NLM_F_DUMP_INTR, 1), reply.done(0));
            })) {
      assertThatExceptionOfType(NetlinkException.class)
          .isThrownBy(() -> connection.dump("list", dump()))
          .withMessageContaining("interrupted by changes again and again");
    }
    assertThat(asked).hasValue(10);
  }

  @Test
  void anErrorAtTheEndOfADumpIsAnError() {
    try (NetlinkConnection connection =
        connection(
            (p, request) ->
                List.of(
                    one(Reply.to(request), MULTI, 1), Reply.to(request).done(Errno.EMSGSIZE)))) {
      assertThatExceptionOfType(NetlinkException.class)
          .isThrownBy(() -> connection.dump("list", dump()))
          .withMessageContaining("EMSGSIZE");
    }
  }

  @Test
  void lostMessagesMeanAnotherDumpButNeverAnotherChange() {
    List<byte[]> requests = new ArrayList<>();
    try (NetlinkConnection connection =
        connection(
            (p, request) -> {
              requests.add(request);
              Reply reply = Reply.to(request);
              return reply.isDump()
                  ? List.of(one(reply, MULTI, 1), reply.done(0))
                  : List.of(reply.acknowledge());
            })) {
      libc.failNext("recv", Errno.ENOBUFS);
      assertThat(values(connection.dump("list", dump()))).containsExactly(1);
      assertThat(requests).hasSize(2);

      libc.failNext("recv", Errno.ENOBUFS);
      assertThatExceptionOfType(NetlinkException.class)
          .isThrownBy(() -> connection.change("change it", change()))
          .withMessageContaining("the answer was lost");
      assertThat(requests).hasSize(3);
      connection.change("change it", change());
    }
  }

  @Test
  void interruptedCallsAreRepeated() {
    try (NetlinkConnection connection =
        connection((p, request) -> List.of(Reply.to(request).acknowledge()))) {
      libc.failNext("send", Errno.EINTR);
      libc.failNext("recv", Errno.EINTR);
      libc.failNext("recv", Errno.EAGAIN);
      connection.change("change it", change());
    }
  }

  @Test
  void theFirstReceiveAlreadyHasRoomForTheLargestPieceOfADump() {
    try (NetlinkConnection connection =
        connection((p, request) -> List.of(Reply.to(request).acknowledge()))) {
      connection.change("change it", change());
      assertThat(libc.smallestReceive()).isGreaterThanOrEqualTo(32 * 1024);
    }
  }

  @Test
  void aSocketThatCannotBeBoundIsClosed() {
    libc = new FakeLibc((p, request) -> List.of());
    libc.failNext("bind", Errno.ENOMEM);
    assertThatExceptionOfType(NetlinkException.class)
        .isThrownBy(() -> NetlinkConnection.open(libc, NetlinkSocket.NETLINK_ROUTE))
        .withMessageContaining("ENOMEM");
    assertThat(libc.openDescriptors()).isZero();
  }

  @Test
  void aFamilyIsFoundByItsName() {
    try (NetlinkConnection connection =
        connection(
            (p, request) ->
                List.of(
                    Reply.to(request)
                        .message(
                            16,
                            0,
                            body ->
                                body.header32(0)
                                    .bytes(1, nativeShort(0x1C))
                                    .string(2, "ethtool")
                                    .u32(3, 1)
                                    .nested(
                                        7,
                                        groups ->
                                            groups.nested(
                                                1, g -> g.string(1, "monitor").u32(2, 4))))))) {
      GenericFamily family = GenericFamily.find(connection, "ethtool");
      assertThat(family).isEqualTo(new GenericFamily(0x1C, 1, Map.of("monitor", 4)));
    }
  }

  private static byte[] nativeShort(int value) {
    return ByteBuffer.allocate(2).order(ByteOrder.nativeOrder()).putShort((short) value).array();
  }
}
