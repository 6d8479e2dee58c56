package org.macsec4j.it.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.macsec4j.netlink.wire.MessageBuilder;

/**
 * Requests put together attribute by attribute, so that they can also be wrong. The numbers are
 * those of the kernel's {@code if_macsec.h} and {@code if_link.h}, written down once more so that a
 * mistake in those of the backend is seen.
 */
final class Raw {
  static final int RTM_NEWLINK = 16;
  static final int RTM_DELLINK = 17;
  static final int NLM_F_ACK = 0x4;
  static final int NLM_F_MAKE = 0x400 | 0x200;

  static final int IFNAME = 3;
  static final int IFLA_MTU = 4;
  static final int LINK = 5;
  static final int LINKINFO = 18;
  static final int INFO_KIND = 1;
  static final int INFO_DATA = 2;

  static final int LINK_SCI = 1;
  static final int PORT = 2;
  static final int ICV_LEN = 3;
  static final int CIPHER_SUITE = 4;
  static final int WINDOW = 5;
  static final int ENCODING_SA = 6;
  static final int ENCRYPT = 7;
  static final int PROTECT = 8;
  static final int INC_SCI = 9;
  static final int ES = 10;
  static final int SCB = 11;
  static final int REPLAY_PROTECT = 12;
  static final int VALIDATION = 13;
  static final int LINK_OFFLOAD = 15;

  static final int GET_TXSC = 0;
  static final int ADD_RXSC = 1;
  static final int DEL_RXSC = 2;
  static final int UPD_RXSC = 3;
  static final int ADD_TXSA = 4;
  static final int DEL_TXSA = 5;
  static final int UPD_TXSA = 6;
  static final int ADD_RXSA = 7;
  static final int DEL_RXSA = 8;
  static final int UPD_RXSA = 9;
  static final int UPD_OFFLOAD = 10;

  static final int IFINDEX = 1;
  static final int RXSC_CONFIG = 2;
  static final int SA_CONFIG = 3;
  static final int OFFLOAD = 9;
  static final int OFFLOAD_TYPE = 1;
  static final int SC_SCI = 1;
  static final int SC_ACTIVE = 2;
  static final int AN = 1;
  static final int ACTIVE = 2;
  static final int PN = 3;
  static final int KEY = 4;
  static final int KEYID = 5;
  static final int SSCI = 8;
  static final int SALT = 9;

  private Raw() {}

  /** An attribute: its number, and what writes it. */
  record Attr(int type, Consumer<MessageBuilder> write) {}

  /** Attributes in their order. */
  record Attrs(List<Attr> list) {
    static final Attrs NONE = new Attrs(List.of());

    /** The same, with one of them in the place of the one of its number, or at the end. */
    Attrs with(Attr attr) {
      List<Attr> all = new ArrayList<>(list);
      all.removeIf(same(attr.type));
      all.add(attr);
      return new Attrs(List.copyOf(all));
    }

    Attrs without(int type) {
      return new Attrs(list.stream().filter(same(type).negate()).toList());
    }

    private static Predicate<Attr> same(int type) {
      return attr -> attr.type == type;
    }

    void writeTo(MessageBuilder message) {
      list.forEach(attr -> attr.write.accept(message));
    }
  }

  static Attrs attrs(Attr... attrs) {
    return new Attrs(List.of(attrs));
  }

  static Attr u8(int type, int value) {
    return new Attr(type, message -> message.u8(type, value));
  }

  static Attr be16(int type, int value) {
    return new Attr(type, message -> message.u16BigEndian(type, value));
  }

  static Attr u32(int type, int value) {
    return new Attr(type, message -> message.u32(type, value));
  }

  static Attr u64(int type, long value) {
    return new Attr(type, message -> message.u64(type, value));
  }

  static Attr octets(int type, int length) {
    return new Attr(type, message -> message.bytes(type, new byte[length]));
  }

  static Attr octets(int type, byte[] value) {
    return new Attr(type, message -> message.bytes(type, value));
  }

  static Attr text(int type, String value) {
    return new Attr(type, message -> message.string(type, value));
  }

  static Attr nest(int type, Attrs content) {
    return new Attr(type, message -> message.nested(type, content::writeTo));
  }

  static Attr nest(int type, Attr... content) {
    return nest(type, attrs(content));
  }

  /** A request of rtnetlink about a link. */
  static MessageBuilder link(int type, int flags, int index, Attrs attrs) {
    MessageBuilder message =
        MessageBuilder.request(type, NLM_F_ACK | flags)
            .header32(0)
            .header32(index)
            .header32(0)
            .header32(0);
    attrs.writeTo(message);
    return message;
  }

  /** The attribute that says what kind of link it is, and with what settings. */
  static Attr info(Attr... settings) {
    return nest(
        LINKINFO,
        text(INFO_KIND, "macsec"),
        nest(INFO_DATA, new Attrs(Stream.of(settings).toList())));
  }
}
