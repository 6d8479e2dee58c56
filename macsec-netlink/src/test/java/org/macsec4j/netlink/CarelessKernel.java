package org.macsec4j.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.macsec4j.CipherSuite;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.Sci;
import org.macsec4j.netlink.fake.NetlinkScript;
import org.macsec4j.netlink.fake.Reply;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.wire.Attribute;
import org.macsec4j.netlink.wire.Attributes;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.netlink.wire.NetlinkLayout;
import org.macsec4j.netlink.wire.NetlinkMessage;

/**
 * One SecY, index 7, whose kernel obeys as the real one does: it lowers packet numbers, enables an
 * SA whose numbers are used up, takes a key twice. It notes every packet number used under each
 * key.
 */
final class CarelessKernel implements NetlinkScript {
  static final int INDEX = 7;
  private static final Sci SCI = Sci.parse("020000000a010001");
  private static final int FAMILY = 0x1C;
  private static final int CONTROLLER = 16;
  private static final int DELLINK = 17;
  private static final int GETLINK = 18;
  private static final int MULTI = NetlinkLayout.NLM_F_MULTI;

  private final TreeMap<Integer, Sa> sas = new TreeMap<>();
  private final Set<String> used = new HashSet<>();
  private String reused = "";
  private boolean there = true;
  private int encodingSa;

  private static final class Sa {
    String key = "";
    byte[] keyId = {};
    long pn;
    boolean active;
  }

  /** The first nonce that was used twice; empty when none was. */
  synchronized String reused() {
    return reused;
  }

  /** What anybody else could do to an SA. */
  synchronized void lower(int an, long pn) {
    sas.firstEntry().getValue().pn = pn;
    encodingSa = an;
  }

  /** An SA that somebody else installed and used up. */
  synchronized void usedUp(int an, String keyId) {
    Sa sa = new Sa();
    sa.key = keyId;
    sa.keyId = KeyIdentifier.parse(keyId).toByteArray();
    sas.put(an, sa);
  }

  synchronized void comeAnew() {
    there = true;
  }

  /** Tries to send frames, as the driver does it. */
  synchronized void send(int frames) {
    for (int i = 0; i < frames; i++) {
      Sa sa = sas.get(encodingSa);
      if (sa == null || !sa.active) {
        return;
      }
      long pn = sa.pn;
      sa.pn = (sa.pn + 1) & 0xFFFF_FFFFL;
      if (sa.pn == 0) {
        sa.active = false;
      }
      // The driver drops the frame of number 0, and goes on with 1.
      if (pn != 0 && !used.add(sa.key + "/" + pn)) {
        reused = sa.key + "/" + pn;
      }
    }
  }

  @Override
  public synchronized List<byte[]> answer(int protocol, byte[] request) {
    Reply reply = Reply.to(request);
    NetlinkMessage message =
        NetlinkMessage.parse(ByteBuffer.wrap(request).order(ByteOrder.nativeOrder())).get(0);
    if (protocol != 0 && reply.type() == CONTROLLER) {
      byte[] id =
          ByteBuffer.allocate(2).order(ByteOrder.nativeOrder()).putShort((short) FAMILY).array();
      return List.of(reply.message(CONTROLLER, 0, b -> b.header32(0).bytes(1, id).u32(3, 1)));
    }
    return protocol == 0 ? route(reply, message) : generic(reply, message, message.payload()[0]);
  }

  private List<byte[]> route(Reply reply, NetlinkMessage message) {
    if (!there) {
      return List.of(reply.isDump() ? reply.done(0) : reply.refuse(Errno.ENODEV));
    }
    if (reply.type() == GETLINK) {
      byte[] link = reply.message(16, reply.isDump() ? MULTI : 0, this::link);
      return reply.isDump() ? List.of(link, reply.done(0)) : List.of(link);
    }
    if (reply.type() == DELLINK) {
      there = false;
      sas.clear();
      return List.of(reply.acknowledge());
    }
    Attribute an = message.attributes(16).nested(18).nested(2).find(6);
    if (an != null) {
      encodingSa = an.u8();
    }
    return List.of(reply.acknowledge());
  }

  private void link(MessageBuilder b) {
    b.header32(1 << 16).header32(INDEX).header32(0).header32(0).string(3, "m0").u32(5, 2);
    b.nested(
        18,
        info ->
            info.string(1, "macsec")
                .nested(
                    2,
                    data ->
                        data.bytes(1, SCI.toByteArray())
                            .u8(3, 16)
                            .u64(4, CipherSuite.GCM_AES_128.id())
                            .u8(13, 2)));
  }

  private List<byte[]> generic(Reply reply, NetlinkMessage message, int command) {
    if (reply.isDump()) {
      return there
          ? List.of(reply.message(FAMILY, MULTI, this::report), reply.done(0))
          : List.of(reply.done(0));
    }
    Attributes config = message.attributes(4).nested(3);
    int an = config.require(1).u8();
    int errno = !there ? Errno.ENODEV : change(command, an, config);
    return List.of(reply.refuse(errno));
  }

  private int change(int command, int an, Attributes config) {
    Sa sa = sas.get(an);
    if (command == 4) {
      return sa == null ? add(an, config) : Errno.EBUSY;
    }
    if (sa == null) {
      return Errno.ENODEV;
    }
    if (command == 5) {
      return sa.active ? Errno.EBUSY : remove(an);
    }
    config.u8(2).ifPresent(active -> sa.active = active != 0);
    config.unsigned(3).ifPresent(pn -> sa.pn = pn);
    return 0;
  }

  private int remove(int an) {
    sas.remove(an);
    return 0;
  }

  private int add(int an, Attributes config) {
    Sa sa = new Sa();
    sa.key = HexFormat.of().formatHex(config.require(4).bytes());
    sa.keyId = config.require(5).bytes();
    sa.pn = config.require(3).unsigned();
    sa.active = config.isSet(2);
    sas.put(an, sa);
    return 0;
  }

  private void report(MessageBuilder b) {
    b.header32(0).u32(1, INDEX);
    b.nested(
        4,
        secy ->
            secy.bytes(1, SCI.toByteArray())
                .u8(2, encodingSa)
                .u64(4, CipherSuite.GCM_AES_128.id())
                .u8(8, 1));
    b.nested(
        5,
        list ->
            sas.forEach(
                (an, sa) ->
                    list.nested(
                        an + 1,
                        nest ->
                            nest.u8(1, an)
                                .u32(3, (int) sa.pn)
                                .bytes(5, sa.keyId)
                                .bool(2, sa.active))));
  }
}
