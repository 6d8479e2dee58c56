package org.macsec4j.examples.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.macsec4j.netlink.fake.NetlinkScript;
import org.macsec4j.netlink.fake.Reply;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.netlink.wire.NetlinkLayout;
import org.macsec4j.netlink.wire.NetlinkMessage;

/** A kernel with an interface eth0, number 2, and SecYs on it that can be read and not changed. */
final class FakeKernel implements NetlinkScript {
  private static final int FAMILY = 0x1C;
  private static final int CONTROLLER = 16;
  private static final int PARENT = 2;
  private static final int NAME = 3;
  private static final int NEWLINK = 16;
  private static final int GETLINK = 18;
  private static final long GCM_AES_XPN_256 = 0x0080_C200_0100_0004L;

  private static final byte[] ADDRESS = {2, 0, 0, 0, 10, 1};

  private final Map<Integer, Secy> secys = new TreeMap<>();
  private boolean withDriver = true;

  /** A SecY that changes as the tests say. */
  static final class Secy {
    private final int index;
    private final String name;
    private volatile long nextPn = 7;
    private volatile int encodingSa;
    private volatile boolean operational = true;
    private volatile boolean hidden;

    private Secy(int index, String name) {
      this.index = index;
      this.name = name;
    }

    Secy nextPn(long value) {
      nextPn = value;
      return this;
    }

    Secy encodingSa(int value) {
      encodingSa = value;
      return this;
    }

    Secy operational(boolean value) {
      operational = value;
      return this;
    }

    /** As one that does not fit into the kernel's report. */
    Secy hidden() {
      hidden = true;
      return this;
    }
  }

  FakeKernel withoutDriver() {
    withDriver = false;
    return this;
  }

  synchronized Secy add(int index, String name) {
    Secy secy = new Secy(index, name);
    secys.put(index, secy);
    return secy;
  }

  synchronized void remove(int index) {
    secys.remove(index);
  }

  @Override
  public synchronized List<byte[]> answer(int protocol, byte[] request) {
    Reply reply = Reply.to(request);
    if (protocol != 0 && reply.type() == CONTROLLER) {
      if (new String(request, StandardCharsets.ISO_8859_1).contains("ethtool")) {
        return List.of(reply.refuse(Errno.ENOENT));
      }
      byte[] id =
          ByteBuffer.allocate(2).order(ByteOrder.nativeOrder()).putShort((short) FAMILY).array();
      return List.of(
          withDriver
              ? reply.message(CONTROLLER, 0, b -> b.header32(0).bytes(1, id).u32(3, 1))
              : reply.refuse(Errno.ENOENT));
    }
    if (!reply.isDump()) {
      boolean asksForLink = protocol == 0 && reply.type() == GETLINK;
      return List.of(asksForLink ? link(reply, request) : reply.refuse(Errno.EPERM));
    }
    List<byte[]> answers = new ArrayList<>();
    if (protocol == 0) {
      answers.add(reply.message(NEWLINK, NetlinkLayout.NLM_F_MULTI, FakeKernel::parent));
    }
    for (Secy secy : secys.values()) {
      if (protocol != 0 && secy.hidden) {
        break;
      }
      answers.add(
          protocol == 0
              ? reply.message(NEWLINK, NetlinkLayout.NLM_F_MULTI, b -> link(b, secy))
              : reply.message(FAMILY, NetlinkLayout.NLM_F_MULTI, b -> report(b, secy)));
    }
    answers.add(reply.done(0));
    return answers;
  }

  private byte[] link(Reply reply, byte[] request) {
    NetlinkMessage message =
        NetlinkMessage.parse(ByteBuffer.wrap(request).order(ByteOrder.nativeOrder())).get(0);
    int index = ByteBuffer.wrap(message.payload()).order(ByteOrder.nativeOrder()).getInt(4);
    boolean named = new String(request, StandardCharsets.ISO_8859_1).contains("eth0");
    if (index == PARENT || named) {
      return reply.message(NEWLINK, 0, FakeKernel::parent);
    }
    String text = new String(request, StandardCharsets.ISO_8859_1);
    return secys.values().stream()
        .filter(secy -> secy.index == index || text.contains(secy.name + "\0"))
        .findFirst()
        .map(secy -> reply.message(NEWLINK, 0, b -> link(b, secy)))
        .orElseGet(() -> reply.refuse(Errno.ENODEV));
  }

  private static void parent(MessageBuilder b) {
    header(b, PARENT).string(NAME, "eth0").bytes(1, ADDRESS);
  }

  /** The driver of eth0 is netdevsim. */
  @Override
  public int ioctl(int request, String interfaceName, ByteBuffer data) {
    if (!interfaceName.equals("eth0")) {
      return -Errno.ENODEV;
    }
    data.put(4, "netdevsim".getBytes(StandardCharsets.US_ASCII));
    data.put(100, "netdevsim7".getBytes(StandardCharsets.US_ASCII));
    return 0;
  }

  private static MessageBuilder header(MessageBuilder b, int index) {
    return b.header32(1 << 16).header32(index).header32(1).header32(0);
  }

  private static byte[] sci(Secy secy) {
    return HexFormat.of().parseHex("020000000a01%04x".formatted(secy.index));
  }

  private static void link(MessageBuilder b, Secy secy) {
    header(b, secy.index).string(NAME, secy.name).u32(5, PARENT).bytes(1, ADDRESS);
    b.nested(
        18,
        info ->
            info.string(1, "macsec")
                .nested(
                    2,
                    data ->
                        data.bytes(1, sci(secy))
                            .u8(3, 16)
                            .u64(4, GCM_AES_XPN_256)
                            .u8(6, secy.encodingSa)
                            .u8(7, 1)
                            .u8(8, 1)
                            .u8(9, 1)
                            .u8(12, 1)
                            .u32(5, 32)
                            .u8(13, 2)));
  }

  private static void report(MessageBuilder b, Secy secy) {
    b.header32(0).u32(1, secy.index);
    b.nested(
        4,
        settings ->
            settings
                .bytes(1, sci(secy))
                .u8(2, secy.encodingSa)
                .u32(3, 32)
                .u64(4, GCM_AES_XPN_256)
                .u8(8, secy.operational ? 1 : 0)
                .u8(7, 1));
    b.nested(7, stats -> stats.u64(1, 3).u64(2, 5));
    b.nested(5, list -> list.nested(1, sa -> sa(sa, secy.nextPn, "01").u8(2, 1).bytes(8, ssci())));
    b.nested(
        6,
        list ->
            list.nested(
                1,
                channel ->
                    channel
                        .bytes(1, HexFormat.of().parseHex("000000000b020001"))
                        .u8(2, 1)
                        .nested(
                            3,
                            sas ->
                                sas.nested(1, sa -> sa(sa, 100, "02").u8(2, 1).bytes(8, ssci())))));
  }

  private static byte[] ssci() {
    return new byte[] {0, 0, 0, 1};
  }

  private static MessageBuilder sa(MessageBuilder sa, long nextPn, String key) {
    return sa.u8(1, 0).u64(3, nextPn).bytes(5, HexFormat.of().parseHex(key + "00".repeat(15)));
  }
}
