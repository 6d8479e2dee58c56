package org.macsec4j.it.kernel;

import static org.macsec4j.it.kernel.Raw.CIPHER_SUITE;
import static org.macsec4j.it.kernel.Raw.ENCODING_SA;
import static org.macsec4j.it.kernel.Raw.ES;
import static org.macsec4j.it.kernel.Raw.ICV_LEN;
import static org.macsec4j.it.kernel.Raw.IFLA_MTU;
import static org.macsec4j.it.kernel.Raw.IFNAME;
import static org.macsec4j.it.kernel.Raw.INC_SCI;
import static org.macsec4j.it.kernel.Raw.INFO_DATA;
import static org.macsec4j.it.kernel.Raw.INFO_KIND;
import static org.macsec4j.it.kernel.Raw.LINK;
import static org.macsec4j.it.kernel.Raw.LINKINFO;
import static org.macsec4j.it.kernel.Raw.LINK_OFFLOAD;
import static org.macsec4j.it.kernel.Raw.LINK_SCI;
import static org.macsec4j.it.kernel.Raw.NLM_F_MAKE;
import static org.macsec4j.it.kernel.Raw.PORT;
import static org.macsec4j.it.kernel.Raw.REPLAY_PROTECT;
import static org.macsec4j.it.kernel.Raw.RTM_DELLINK;
import static org.macsec4j.it.kernel.Raw.RTM_NEWLINK;
import static org.macsec4j.it.kernel.Raw.SCB;
import static org.macsec4j.it.kernel.Raw.VALIDATION;
import static org.macsec4j.it.kernel.Raw.WINDOW;
import static org.macsec4j.it.kernel.Raw.attrs;
import static org.macsec4j.it.kernel.Raw.be16;
import static org.macsec4j.it.kernel.Raw.info;
import static org.macsec4j.it.kernel.Raw.nest;
import static org.macsec4j.it.kernel.Raw.octets;
import static org.macsec4j.it.kernel.Raw.text;
import static org.macsec4j.it.kernel.Raw.u32;
import static org.macsec4j.it.kernel.Raw.u64;
import static org.macsec4j.it.kernel.Raw.u8;
import static org.macsec4j.netlink.libc.Errno.EBUSY;
import static org.macsec4j.netlink.libc.Errno.EEXIST;
import static org.macsec4j.netlink.libc.Errno.EINVAL;
import static org.macsec4j.netlink.libc.Errno.ENODEV;
import static org.macsec4j.netlink.libc.Errno.EOPNOTSUPP;
import static org.macsec4j.netlink.libc.Errno.ERANGE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.macsec4j.CipherSuite;
import org.macsec4j.it.kernel.Bench.Given;
import org.macsec4j.it.kernel.Probe.Through;
import org.macsec4j.it.kernel.Raw.Attr;
import org.macsec4j.it.kernel.Raw.Attrs;

/** What the kernels answer to requests that make, change and remove a SecY. */
final class SecyProbes {
  private static final long GCM_AES_128 = CipherSuite.GCM_AES_128.id();
  private static final long XPN_128 = CipherSuite.GCM_AES_XPN_128.id();
  private static final long LEGACY_GCM_AES_128 = 0x0080020001000001L;
  private static final String POLICY = "Attribute failed policy validation at ";
  private static final byte[] ALL_ONES = new byte[8];

  static {
    Arrays.fill(ALL_ONES, (byte) 0xFF);
  }

  private static final Map<Integer, String> BITS =
      Map.of(
          Raw.ENCRYPT,
          "encrypt",
          Raw.PROTECT,
          "protect",
          INC_SCI,
          "send_sci",
          ES,
          "end_station",
          SCB,
          "scb",
          REPLAY_PROTECT,
          "replay");

  private SecyProbes() {}

  static Stream<Probe> all() {
    List<Probe> all = new ArrayList<>();
    all.addAll(creationOfLinks());
    all.addAll(creationWithIdentity());
    all.addAll(creationWithNumbers());
    all.addAll(settings(Through.CREATE, Given.NOTHING));
    all.addAll(settings(Through.CHANGE, Given.SECY));
    all.addAll(changes());
    all.addAll(others());
    return all.stream();
  }

  private static Probe create(String name, int errno, Attr... settings) {
    return create(name, Given.NOTHING, "eth0", errno, settings);
  }

  private static Probe create(
      String name, Given given, String parent, int errno, Attr... settings) {
    return Probe.of(
        name,
        given,
        Through.CREATE,
        errno,
        bench -> Raw.link(RTM_NEWLINK, NLM_F_MAKE, 0, link(bench.index(parent), settings)));
  }

  private static Attrs link(int parent, Attr... settings) {
    return attrs(text(IFNAME, "m9"), u32(LINK, parent), info(settings));
  }

  private static Probe createLink(String name, int errno, Attrs link) {
    return Probe.of(
        name,
        Given.NOTHING,
        Through.CREATE,
        errno,
        bench -> {
          Attrs whole = link.without(LINK);
          Attrs asked =
              link.equals(whole) ? whole.with(u32(LINK, bench.index("eth0"))) : link.without(0);
          return Raw.link(RTM_NEWLINK, NLM_F_MAKE, 0, asked);
        });
  }

  private static Probe change(String name, Given given, int errno, Attr... settings) {
    return Probe.of(
        name,
        given,
        Through.CHANGE,
        errno,
        bench -> Raw.link(RTM_NEWLINK, 0, bench.secy().index(), attrs(info(settings))));
  }

  private static Probe setting(
      Through through, Given given, String name, int errno, Attr... settings) {
    return through == Through.CREATE
        ? create(name, given, "eth0", errno, settings)
        : change(name, given, errno, settings);
  }

  private static List<Probe> creationOfLinks() {
    return List.of(
        create("nothing wrong", 0),
        Probe.of(
            "no interface below",
            Given.NOTHING,
            Through.CREATE,
            EINVAL,
            bench -> Raw.link(RTM_NEWLINK, NLM_F_MAKE, 0, link(0).without(LINK))),
        Probe.of(
            "an interface below that is not there",
            Given.NOTHING,
            Through.CREATE,
            ENODEV,
            bench -> Raw.link(RTM_NEWLINK, NLM_F_MAKE, 0, link(99_999))),
        create("the loopback below", Given.NOTHING, "lo", EINVAL),
        create("a port of a bridge below", Given.NOTHING, "port0", EBUSY),
        create("a bridge below", Given.NOTHING, "br0", 0),
        create("a port of a bond below", Given.NOTHING, "slave0", EBUSY),
        create("a bond below", Given.NOTHING, "bond7", 0),
        create("what a macvlan is on", Given.NOTHING, "under0", EBUSY),
        create("the SCI of another SecY", Given.SECY, "eth0", EBUSY),
        create("another port beside another SecY", Given.SECY, "eth0", 0, be16(PORT, 2)),
        createLink("a name that is taken", EEXIST, link(0).without(LINK).with(text(IFNAME, "br0"))),
        createLink(
                "a name of 16 characters",
                ERANGE,
                link(0).without(LINK).with(text(IFNAME, "sixteen-letters-")))
            .says(POLICY + "3"),
        createLink("a name with a slash", EINVAL, link(0).without(LINK).with(text(IFNAME, "m/9"))),
        createLink("an empty name", EINVAL, link(0).without(LINK).with(text(IFNAME, ""))),
        createLink(
                "an unknown kind",
                EOPNOTSUPP,
                link(0)
                    .without(LINK)
                    .with(nest(LINKINFO, text(INFO_KIND, "macsex"), nest(INFO_DATA, Attrs.NONE))))
            .says("Unknown device type"),
        createLink("an MTU of 70000", EINVAL, link(0).without(LINK).with(u32(IFLA_MTU, 70_000)))
            .says("mtu greater than device maximum"));
  }

  private static List<Probe> creationWithIdentity() {
    return List.of(
        create("SCI 0", 0, octets(LINK_SCI, 8)),
        create("SCI of all ones", 0, octets(LINK_SCI, ALL_ONES)),
        create("SCI of 7 octets", ERANGE, octets(LINK_SCI, 7)).says(POLICY + "18.2.1"),
        create("SCI of 4 octets", ERANGE, octets(LINK_SCI, 4)).says(POLICY + "18.2.1"),
        create("SCI of 9 octets", 0, octets(LINK_SCI, 9)),
        create("SCI that is not sent", EINVAL, octets(LINK_SCI, 8), u8(INC_SCI, 0)),
        create("SCI and port", 0, octets(LINK_SCI, 8), be16(PORT, 7)),
        create("port 0", 0, be16(PORT, 0)),
        create("port 65535", 0, be16(PORT, 65_535)),
        create("port of 1 octet", ERANGE, u8(PORT, 1)).says(POLICY + "18.2.2"));
  }

  private static List<Probe> creationWithNumbers() {
    List<Probe> all = new ArrayList<>();
    for (int length : new int[] {0, 1, 7, 9, 10, 11, 17, 255}) {
      all.add(create("ICV length " + length, EINVAL, u8(ICV_LEN, length)));
    }
    for (int length : new int[] {8, 12, 13, 14, 15, 16}) {
      all.add(create("ICV length " + length, 0, u8(ICV_LEN, length)));
    }
    for (CipherSuite suite : CipherSuite.values()) {
      all.add(create("cipher suite " + suite, 0, u64(CIPHER_SUITE, suite.id())));
    }
    all.add(create("GCM-AES-128 by its older number", 0, u64(CIPHER_SUITE, LEGACY_GCM_AES_128)));
    all.add(create("cipher suite 0", EINVAL, u64(CIPHER_SUITE, 0)));
    all.add(create("cipher suite 5 of IEEE", EINVAL, u64(CIPHER_SUITE, 0x0080C20001000005L)));
    all.add(
        create("cipher suite of 4 octets", ERANGE, u32(CIPHER_SUITE, 1)).says(POLICY + "18.2.4"));
    all.add(
        create(
            "the widest window with XPN",
            0,
            u64(CIPHER_SUITE, XPN_128),
            u8(REPLAY_PROTECT, 1),
            u32(WINDOW, (1 << 30) - 1)));
    all.add(
        create(
            "a window of 2^30 with XPN",
            EINVAL,
            u64(CIPHER_SUITE, XPN_128),
            u8(REPLAY_PROTECT, 1),
            u32(WINDOW, 1 << 30)));
    all.add(create("offload by a PHY", EOPNOTSUPP, u8(LINK_OFFLOAD, 1)));
    all.add(create("offload by a MAC", EOPNOTSUPP, u8(LINK_OFFLOAD, 2)));
    all.add(create("offload off", 0, u8(LINK_OFFLOAD, 0)));
    all.add(create("offload 3", EOPNOTSUPP, u8(LINK_OFFLOAD, 3)));
    return all;
  }

  /** What is checked alike when a SecY is made and when it is changed. */
  private static List<Probe> settings(Through through, Given given) {
    List<Probe> all = new ArrayList<>();
    for (int an = 0; an < 4; an++) {
      all.add(setting(through, given, "encoding SA " + an, 0, u8(ENCODING_SA, an)));
    }
    all.add(setting(through, given, "encoding SA 4", EINVAL, u8(ENCODING_SA, 4)));
    all.add(setting(through, given, "encoding SA 255", EINVAL, u8(ENCODING_SA, 255)));
    BITS.forEach(
        (type, name) -> {
          all.add(setting(through, given, name + " 2", EINVAL, u8(type, 2), u32(WINDOW, 0)));
          all.add(setting(through, given, name + " 255", EINVAL, u8(type, 255), u32(WINDOW, 0)));
        });
    for (int to = 0; to < 3; to++) {
      all.add(setting(through, given, "validate " + to, 0, u8(VALIDATION, to)));
    }
    all.add(setting(through, given, "validate 3", EINVAL, u8(VALIDATION, 3)));
    all.add(setting(through, given, "send_sci and end_station", EINVAL, u8(INC_SCI, 1), u8(ES, 1)));
    all.add(setting(through, given, "send_sci and scb", EINVAL, u8(INC_SCI, 1), u8(SCB, 1)));
    all.add(setting(through, given, "end_station and scb", EINVAL, u8(ES, 1), u8(SCB, 1)));
    all.add(setting(through, given, "end_station beside the default", 0, u8(ES, 1)));
    all.add(setting(through, given, "replay without a window", EINVAL, u8(REPLAY_PROTECT, 1)));
    all.add(setting(through, given, "a window without replay", 0, u32(WINDOW, 9)));
    all.add(
        setting(through, given, "the widest window", 0, u8(REPLAY_PROTECT, 1), u32(WINDOW, -1)));
    all.add(
        setting(through, given, "a window of 2 octets", ERANGE, be16(WINDOW, 1))
            .says(POLICY + "18.2.5"));
    return all;
  }

  private static List<Probe> changes() {
    return List.of(
        change("nothing", Given.SECY, 0),
        change("SCI", Given.SECY, EINVAL, octets(LINK_SCI, 8)),
        change("port", Given.SECY, EINVAL, be16(PORT, 2)),
        change("ICV length", Given.SECY, EINVAL, u8(ICV_LEN, 16)),
        change("cipher suite", Given.SECY, EINVAL, u64(CIPHER_SUITE, GCM_AES_128)),
        change("an SA that is not there", Given.TX_ON, 0, u8(ENCODING_SA, 3)),
        change(
            "a window of 2^30 with XPN",
            Given.XPN,
            EINVAL,
            u8(REPLAY_PROTECT, 1),
            u32(WINDOW, 1 << 30)),
        change("offload by a PHY", Given.SECY, 0, u8(LINK_OFFLOAD, 1)).on612(EOPNOTSUPP),
        change("offload by a MAC", Given.SECY, 0, u8(LINK_OFFLOAD, 2)).on612(EOPNOTSUPP),
        change("offload off", Given.SECY, 0, u8(LINK_OFFLOAD, 0)),
        change("offload off with an SA", Given.TX_OFF, 0, u8(LINK_OFFLOAD, 0)));
  }

  private static List<Probe> others() {
    return List.of(
        Probe.of(
            "a SecY that is not there",
            Given.SECY,
            Through.CHANGE,
            ENODEV,
            bench -> Raw.link(RTM_NEWLINK, 0, 99_999, attrs(info(u8(ES, 0))))),
        Probe.of(
            "settings for an interface of another kind",
            Given.SECY,
            Through.CHANGE,
            EOPNOTSUPP,
            bench -> Raw.link(RTM_NEWLINK, 0, bench.index("eth0"), attrs(info(u8(ES, 0))))),
        Probe.of(
            "removal of what is not there",
            Given.SECY,
            Through.DELETE,
            ENODEV,
            bench -> Raw.link(RTM_DELLINK, 0, 99_999, Attrs.NONE)),
        Probe.of(
            "an MTU beyond that of the interface below less 32",
            Given.SECY,
            Through.MTU,
            ERANGE,
            bench -> Raw.link(RTM_NEWLINK, 0, bench.secy().index(), attrs(u32(IFLA_MTU, 1469)))),
        Probe.of(
                "an MTU below 0",
                Given.SECY,
                Through.MTU,
                EINVAL,
                bench -> Raw.link(RTM_NEWLINK, 0, bench.secy().index(), attrs(u32(IFLA_MTU, -1))))
            .says("mtu less than device minimum"),
        Probe.of(
            "an MTU of 0",
            Given.SECY,
            Through.MTU,
            0,
            bench -> Raw.link(RTM_NEWLINK, 0, bench.secy().index(), attrs(u32(IFLA_MTU, 0)))),
        Probe.of(
            "a name that is taken",
            Given.SECY,
            Through.RENAME,
            EEXIST,
            bench -> Raw.link(RTM_NEWLINK, 0, bench.secy().index(), attrs(text(IFNAME, "eth0")))),
        Probe.of(
                "a name while it is up",
                Given.UP,
                Through.RENAME,
                EBUSY,
                bench -> Raw.link(RTM_NEWLINK, 0, bench.secy().index(), attrs(text(IFNAME, "m7"))))
            .on612(0));
  }
}
