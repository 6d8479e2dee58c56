package org.macsec4j.offload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.macsec4j.CipherSuite;
import org.macsec4j.netlink.fake.NetlinkScript;
import org.macsec4j.netlink.fake.Reply;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.wire.Attributes;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.netlink.wire.NetlinkLayout;
import org.macsec4j.netlink.wire.NetlinkMessage;

/** A kernel with one interface, eth0, whose offload does what the test says. */
final class NicKernel implements NetlinkScript {
  static final int PARENT = 2;
  static final int FAMILY_ETHTOOL = 0x15;
  static final byte[] ADDRESS = {2, 0, 0, 0, 10, 1};

  private static final int FAMILY_MACSEC = 0x1C;
  private static final int CONTROLLER = 16;
  private static final int NEWLINK = 16;
  private static final int DELLINK = 17;
  private static final int GETLINK = 18;
  private static final int UPD_OFFLOAD = 10;
  private static final int STRSET_GET = 1;
  private static final int FEATURES_NTF = 13;
  private static final int MULTI = NetlinkLayout.NLM_F_MULTI;
  private static final int ETHERNET = 1 << 16;

  // Guarded by this.
  private final Map<Integer, Secy> secys = new TreeMap<>();
  private final Queue<Integer> reports = new ArrayDeque<>();
  private final List<String> names = new ArrayList<>();
  private IntUnaryOperator offload = mode -> Errno.EOPNOTSUPP;
  private boolean offloadIsIgnored;
  private int makingFails;
  private int claim;
  private int next = 10;

  private static final class Secy {
    int index;
    String name = "";
    byte[] sci = {};
    boolean up;
    int offload;
    boolean hasSa;
  }

  /** How a change to a mode ends: 0, or an error number. */
  synchronized void offload(IntUnaryOperator errno) {
    offload = errno;
  }

  /** Each change is said to be done, and nothing is. */
  synchronized void ignoreOffload() {
    offload = mode -> 0;
    offloadIsIgnored = true;
  }

  /** How the next reports of SecYs end. */
  synchronized void nextReports(Integer... errnos) {
    reports.addAll(List.of(errnos));
  }

  synchronized void makingFails(int errno) {
    makingFails = errno;
  }

  /** A SecY that is up and sends. */
  synchronized void add(String name, int mode) {
    Secy secy = new Secy();
    secy.index = next++;
    secy.name = name;
    secy.sci = new byte[] {2, 0, 0, 0, 10, 1, 0, (byte) secy.index};
    secy.offload = mode;
    secy.up = true;
    secy.hasSa = true;
    secys.put(secy.index, secy);
  }

  /** The names of all SecYs that were ever made by request. */
  synchronized List<String> made() {
    return List.copyOf(names);
  }

  synchronized List<String> present() {
    return secys.values().stream().map(secy -> secy.name).toList();
  }

  /** Whether the feature is claimed from now on, with the notice of it. */
  synchronized byte[] claims(boolean active) {
    claim = active ? 1 : 0;
    return Reply.message(FAMILY_ETHTOOL, 0, 0, b -> features(b.header32(command(FEATURES_NTF))));
  }

  private static int command(int number) {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? number : number << 24;
  }

  @Override
  public synchronized List<byte[]> answer(int protocol, byte[] request) {
    Reply reply = Reply.to(request);
    NetlinkMessage message =
        NetlinkMessage.parse(ByteBuffer.wrap(request).order(ByteOrder.nativeOrder())).get(0);
    if (protocol == 0) {
      return route(reply, message);
    }
    if (reply.type() == CONTROLLER) {
      return List.of(family(reply, message));
    }
    int command = message.payload()[0];
    return reply.type() == FAMILY_ETHTOOL
        ? ethtool(reply, command)
        : macsec(reply, message.attributes(4), command);
  }

  private static byte[] family(Reply reply, NetlinkMessage message) {
    boolean macsec = message.attributes(4).require(2).string().equals("macsec");
    short number = (short) (macsec ? FAMILY_MACSEC : FAMILY_ETHTOOL);
    byte[] id = ByteBuffer.allocate(2).order(ByteOrder.nativeOrder()).putShort(number).array();
    Consumer<MessageBuilder> group = one -> one.string(1, "monitor").u32(2, 6);
    return reply.message(
        CONTROLLER,
        0,
        b -> b.header32(0).bytes(1, id).u32(3, 1).nested(7, all -> all.nested(1, group)));
  }

  private List<byte[]> ethtool(Reply reply, int command) {
    if (command == STRSET_GET) {
      return List.of(
          reply.message(
              FAMILY_ETHTOOL,
              0,
              b ->
                  b.header32(0)
                      .nested(
                          2,
                          sets ->
                              sets.nested(
                                  1,
                                  set ->
                                      set.u32(1, 4)
                                          .nested(
                                              3,
                                              names ->
                                                  names.nested(
                                                      1,
                                                      one ->
                                                          one.u32(1, 0)
                                                              .string(
                                                                  2, FeatureClaim.FEATURE)))))));
    }
    return List.of(
        reply.message(FAMILY_ETHTOOL, MULTI, b -> features(b.header32(0))), reply.done(0));
  }

  private void features(MessageBuilder b) {
    b.nested(1, header -> header.u32(1, PARENT).string(2, "eth0"));
    for (int set = 2; set <= 4; set++) {
      int bits = set == 2 ? 1 : claim;
      b.nested(set, words -> words.flag(1).u32(2, 1).u32(4, bits));
    }
  }

  private List<byte[]> route(Reply reply, NetlinkMessage message) {
    ByteBuffer header = ByteBuffer.wrap(message.payload()).order(ByteOrder.nativeOrder());
    int index = header.getInt(4);
    Attributes attributes = message.attributes(16);
    if (reply.type() == GETLINK && reply.isDump()) {
      List<byte[]> answers = new ArrayList<>();
      answers.add(reply.message(NEWLINK, MULTI, NicKernel::parent));
      secys.values().forEach(s -> answers.add(reply.message(NEWLINK, MULTI, b -> link(b, s))));
      answers.add(reply.done(0));
      return answers;
    }
    if (reply.type() == GETLINK) {
      String name = attributes.find(3) == null ? "" : attributes.require(3).string();
      return List.of(one(reply, index, name));
    }
    if (reply.type() == DELLINK) {
      return List.of(reply.refuse(secys.remove(index) == null ? Errno.ENODEV : 0));
    }
    Secy secy = secys.get(index);
    if (secy != null) {
      secy.up = (header.getInt(8) & 1) != 0;
      return List.of(reply.acknowledge());
    }
    return List.of(makingFails == 0 ? make(reply, attributes) : reply.refuse(makingFails));
  }

  private byte[] one(Reply reply, int index, String name) {
    if (index == PARENT || name.equals("eth0")) {
      return reply.message(NEWLINK, 0, NicKernel::parent);
    }
    Stream<Secy> all = secys.values().stream();
    return all.filter(secy -> secy.index == index || secy.name.equals(name))
        .findFirst()
        .map(secy -> reply.message(NEWLINK, 0, b -> link(b, secy)))
        .orElseGet(() -> reply.refuse(Errno.ENODEV));
  }

  private byte[] make(Reply reply, Attributes attributes) {
    Secy secy = new Secy();
    secy.index = next++;
    secy.name = attributes.require(3).string();
    secy.sci = attributes.nested(18).nested(2).require(1).bytes();
    secys.put(secy.index, secy);
    names.add(secy.name);
    return reply.acknowledge();
  }

  private static void parent(MessageBuilder b) {
    b.header32(ETHERNET).header32(PARENT).header32(1).header32(0).string(3, "eth0");
    b.bytes(1, ADDRESS);
  }

  private static void link(MessageBuilder b, Secy secy) {
    b.header32(ETHERNET).header32(secy.index).header32(secy.up ? 1 : 0).header32(0);
    b.string(3, secy.name).u32(5, PARENT).bytes(1, ADDRESS);
    b.nested(18, info -> info.string(1, "macsec").nested(2, data -> settings(data, secy)));
  }

  private static void settings(MessageBuilder data, Secy secy) {
    data.bytes(1, secy.sci).u8(3, 16).u64(4, CipherSuite.GCM_AES_128.id());
    data.u8(7, 1).u8(8, 1).u8(9, 1).u8(13, 2);
  }

  private List<byte[]> macsec(Reply reply, Attributes attributes, int command) {
    if (reply.isDump()) {
      int errno = reports.isEmpty() ? 0 : reports.remove();
      if (errno != 0) {
        return List.of(reply.refuse(errno));
      }
      List<byte[]> answers = new ArrayList<>();
      secys
          .values()
          .forEach(s -> answers.add(reply.message(FAMILY_MACSEC, MULTI, b -> report(b, s))));
      answers.add(reply.done(0));
      return answers;
    }
    Secy secy = secys.get(attributes.require(1).u32());
    if (command != UPD_OFFLOAD || secy == null) {
      return List.of(reply.refuse(Errno.ENODEV));
    }
    int mode = attributes.nested(9).require(1).u8();
    int errno = offload.applyAsInt(mode);
    if (errno == 0 && !offloadIsIgnored) {
      secy.offload = mode;
    }
    return List.of(reply.refuse(errno));
  }

  private static void report(MessageBuilder b, Secy secy) {
    b.header32(0).u32(1, secy.index);
    b.nested(
        4,
        it ->
            it.bytes(1, secy.sci)
                .u8(2, 0)
                .u64(4, CipherSuite.GCM_AES_128.id())
                .u8(6, 1)
                .u8(8, 1)
                .u8(10, 1));
    if (secy.hasSa) {
      b.nested(
          5, list -> list.nested(1, sa -> sa.u8(1, 0).u32(3, 7).bytes(5, new byte[16]).u8(2, 1)));
    }
    b.nested(9, it -> it.u8(1, secy.offload));
  }

  @Override
  public int ioctl(int request, String interfaceName, ByteBuffer data) {
    if (!interfaceName.equals("eth0")) {
      return -Errno.ENODEV;
    }
    data.put(4, "some_nic".getBytes(StandardCharsets.US_ASCII));
    return 0;
  }
}
