package org.macsec4j.it.kernel;

import static org.macsec4j.it.kernel.Raw.ACTIVE;
import static org.macsec4j.it.kernel.Raw.AN;
import static org.macsec4j.it.kernel.Raw.IFINDEX;
import static org.macsec4j.it.kernel.Raw.KEY;
import static org.macsec4j.it.kernel.Raw.KEYID;
import static org.macsec4j.it.kernel.Raw.OFFLOAD;
import static org.macsec4j.it.kernel.Raw.OFFLOAD_TYPE;
import static org.macsec4j.it.kernel.Raw.PN;
import static org.macsec4j.it.kernel.Raw.RXSC_CONFIG;
import static org.macsec4j.it.kernel.Raw.SALT;
import static org.macsec4j.it.kernel.Raw.SA_CONFIG;
import static org.macsec4j.it.kernel.Raw.SC_ACTIVE;
import static org.macsec4j.it.kernel.Raw.SC_SCI;
import static org.macsec4j.it.kernel.Raw.SSCI;
import static org.macsec4j.it.kernel.Raw.attrs;
import static org.macsec4j.it.kernel.Raw.nest;
import static org.macsec4j.it.kernel.Raw.octets;
import static org.macsec4j.it.kernel.Raw.u32;
import static org.macsec4j.it.kernel.Raw.u64;
import static org.macsec4j.it.kernel.Raw.u8;
import static org.macsec4j.netlink.libc.Errno.EBUSY;
import static org.macsec4j.netlink.libc.Errno.EEXIST;
import static org.macsec4j.netlink.libc.Errno.EINVAL;
import static org.macsec4j.netlink.libc.Errno.ENODEV;
import static org.macsec4j.netlink.libc.Errno.EOPNOTSUPP;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.macsec4j.it.kernel.Bench.Given;
import org.macsec4j.it.kernel.Probe.Through;
import org.macsec4j.it.kernel.Raw.Attr;
import org.macsec4j.it.kernel.Raw.Attrs;
import org.macsec4j.netlink.wire.MessageBuilder;

/** What the kernels answer to requests about receive channels, SAs of both directions, offload. */
final class SaProbes {
  private static final Attr PEER = octets(SC_SCI, Bench.PEER.toByteArray());
  private static final Attr STRANGER = octets(SC_SCI, Bench.STRANGER.toByteArray());
  private static final Attrs SA =
      attrs(u8(AN, 1), u32(PN, 1), octets(KEY, 16), octets(KEYID, 16), u8(ACTIVE, 0));
  private static final Attrs XPN_SA = SA.with(u64(PN, 1)).with(u32(SSCI, 1)).with(octets(SALT, 12));

  private SaProbes() {}

  static Stream<Probe> all() {
    List<Probe> all = new ArrayList<>();
    addresses(all, Through.ADD_RXSC, Raw.ADD_RXSC, attrs(nest(RXSC_CONFIG, STRANGER)));
    addresses(all, Through.UPD_RXSC, Raw.UPD_RXSC, attrs(nest(RXSC_CONFIG, PEER)));
    addresses(all, Through.DEL_RXSC, Raw.DEL_RXSC, attrs(nest(RXSC_CONFIG, PEER)));
    channels(all);
    for (Direction direction : Direction.values()) {
      Attrs change = direction.request(attrs(u8(AN, 1), u8(ACTIVE, 0)));
      addresses(all, direction.add, direction.addCommand, direction.request(SA));
      addresses(all, direction.update, direction.addCommand + 2, change);
      addresses(all, direction.delete, direction.addCommand + 1, change);
      installations(all, direction);
      extendedInstallations(all, direction);
      updates(all, direction);
      deletions(all, direction);
    }
    receiveOnly(all);
    offload(all);
    return all.stream();
  }

  /** The same is asked of transmit and receive SAs. */
  enum Direction {
    TRANSMIT(
        Raw.ADD_TXSA,
        Given.SECY,
        Given.TX_OFF,
        Given.TX_ON,
        Given.XPN,
        Given.XPN_TX,
        Through.ADD_TXSA,
        Through.UPD_TXSA,
        Through.DEL_TXSA),
    RECEIVE(
        Raw.ADD_RXSA,
        Given.CHANNEL,
        Given.RX_OFF,
        Given.RX_ON,
        Given.XPN_CHANNEL,
        Given.XPN_RX,
        Through.ADD_RXSA,
        Through.UPD_RXSA,
        Through.DEL_RXSA);

    final int addCommand;
    final Given empty;
    final Given off;
    final Given on;
    final Given xpnEmpty;
    final Given xpnOff;
    final Through add;
    final Through update;
    final Through delete;

    Direction(
        int addCommand,
        Given empty,
        Given off,
        Given on,
        Given xpnEmpty,
        Given xpnOff,
        Through add,
        Through update,
        Through delete) {
      this.addCommand = addCommand;
      this.empty = empty;
      this.off = off;
      this.on = on;
      this.xpnEmpty = xpnEmpty;
      this.xpnOff = xpnOff;
      this.add = add;
      this.update = update;
      this.delete = delete;
    }

    Attrs request(Attrs sa) {
      Attrs config = attrs(nest(SA_CONFIG, sa));
      return this == TRANSMIT ? config : config.with(nest(RXSC_CONFIG, PEER));
    }

    Probe adds(String name, Given given, int errno, Attrs sa) {
      return probe(name, given, add, errno, addCommand, request(sa));
    }

    Probe updates(String name, Given given, int errno, Attr... sa) {
      return probe(name, given, update, errno, addCommand + 2, request(attrs(sa)));
    }

    Probe deletes(String name, Given given, int errno, Attr... sa) {
      return probe(name, given, delete, errno, addCommand + 1, request(attrs(sa)));
    }
  }

  private static Probe probe(
      String name, Given given, Through through, int errno, int command, Attrs attrs) {
    return Probe.of(name, given, through, errno, about(command, attrs));
  }

  /** About the SecY that is given. */
  private static Function<Bench, MessageBuilder> about(int command, Attrs attrs) {
    return bench -> message(bench, command, attrs.with(u32(IFINDEX, bench.secy().index())));
  }

  private static MessageBuilder message(Bench bench, int command, Attrs attrs) {
    MessageBuilder message = bench.family.change(command);
    attrs.writeTo(message);
    return message;
  }

  /** What every request needs: a SecY, and the nest of its command. */
  private static void addresses(List<Probe> all, Through through, int command, Attrs attrs) {
    Given given = Given.SECY;
    all.add(
        Probe.of("no interface", given, through, EINVAL, bench -> message(bench, command, attrs)));
    all.add(
        Probe.of(
            "an interface that is not there",
            given,
            through,
            ENODEV,
            bench -> message(bench, command, attrs.with(u32(IFINDEX, 99_999)))));
    all.add(
        Probe.of(
            "an interface without MACsec",
            given,
            through,
            ENODEV,
            bench -> message(bench, command, attrs.with(u32(IFINDEX, bench.index("eth0"))))));
    all.add(probe("nothing else", given, through, EINVAL, command, Attrs.NONE));
    for (Attr nest : attrs.list()) {
      all.add(
          probe(
              "an empty nest " + nest.type(),
              given,
              through,
              EINVAL,
              command,
              attrs.with(nest(nest.type(), Attrs.NONE))));
    }
  }

  private static void channels(List<Probe> all) {
    all.add(channel("a new one", Given.SECY, Through.ADD_RXSC, 0, PEER));
    all.add(channel("one that exists", Given.CHANNEL, Through.ADD_RXSC, EEXIST, PEER));
    all.add(channel("one that a neighbour has", Given.NEIGHBOUR, Through.ADD_RXSC, EEXIST, PEER));
    all.add(channel("SCI 0", Given.SECY, Through.ADD_RXSC, 0, octets(SC_SCI, 8)));
    all.add(channel("SCI of 4 octets", Given.SECY, Through.ADD_RXSC, EINVAL, octets(SC_SCI, 4)));
    all.add(channel("active 2", Given.SECY, Through.ADD_RXSC, EINVAL, PEER, u8(SC_ACTIVE, 2)));
    all.add(channel("on", Given.CHANNEL, Through.UPD_RXSC, 0, PEER, u8(SC_ACTIVE, 1)));
    all.add(channel("no change", Given.CHANNEL, Through.UPD_RXSC, 0, PEER));
    all.add(channel("active 2", Given.CHANNEL, Through.UPD_RXSC, EINVAL, PEER, u8(SC_ACTIVE, 2)));
    all.add(
        channel(
            "one that is not there",
            Given.CHANNEL,
            Through.UPD_RXSC,
            ENODEV,
            STRANGER,
            u8(SC_ACTIVE, 1)));
    all.add(channel("one that is not there", Given.CHANNEL, Through.DEL_RXSC, ENODEV, STRANGER));
    all.add(channel("without an SCI", Given.CHANNEL, Through.DEL_RXSC, EINVAL, u8(SC_ACTIVE, 0)));
    all.add(channel("with an enabled SA", Given.RX_ON, Through.DEL_RXSC, 0, PEER));
  }

  private static Probe channel(
      String name, Given given, Through through, int errno, Attr... config) {
    int command =
        switch (through) {
          case ADD_RXSC -> Raw.ADD_RXSC;
          case UPD_RXSC -> Raw.UPD_RXSC;
          default -> Raw.DEL_RXSC;
        };
    return probe(name, given, through, errno, command, attrs(nest(RXSC_CONFIG, config)));
  }

  private static void installations(List<Probe> all, Direction in) {
    Given empty = in.empty;
    all.add(in.adds("nothing wrong", empty, 0, SA));
    all.add(in.adds("AN 4", empty, EINVAL, SA.with(u8(AN, 4))));
    all.add(in.adds("AN 255", empty, EINVAL, SA.with(u8(AN, 255))));
    all.add(in.adds("no AN", empty, EINVAL, SA.without(AN)));
    all.add(in.adds("PN 0", empty, EINVAL, SA.with(u32(PN, 0))));
    all.add(in.adds("PN of 8 octets", empty, EINVAL, SA.with(u64(PN, 1))));
    all.add(in.adds("PN of 2 octets", empty, EINVAL, SA.with(octets(PN, 2))));
    all.add(in.adds("no key", empty, EINVAL, SA.without(KEY)));
    all.add(in.adds("a key of 15 octets", empty, EINVAL, SA.with(octets(KEY, 15))));
    all.add(in.adds("a key of 32 octets", empty, EINVAL, SA.with(octets(KEY, 32))));
    all.add(in.adds("a key of 0 octets", empty, EINVAL, SA.with(octets(KEY, 0))));
    all.add(in.adds("no key identifier", empty, EINVAL, SA.without(KEYID)));
    all.add(in.adds("a key identifier of 8 octets", empty, EINVAL, SA.with(octets(KEYID, 8))));
    all.add(in.adds("a key identifier of 17 octets", empty, EINVAL, SA.with(octets(KEYID, 17))));
    all.add(in.adds("active 2", empty, EINVAL, SA.with(u8(ACTIVE, 2))));
    all.add(in.adds("what is there already", in.off, EBUSY, SA));
    all.add(in.adds("what is there and on", in.on, EBUSY, SA));
    all.add(in.adds("SSCI and salt without XPN", empty, 0, SA.with(u32(SSCI, 1))));
  }

  private static void extendedInstallations(List<Probe> all, Direction in) {
    Given empty = in.xpnEmpty;
    all.add(in.adds("nothing wrong", empty, 0, XPN_SA));
    all.add(in.adds("PN of 4 octets", empty, EINVAL, XPN_SA.with(u32(PN, 1))));
    all.add(in.adds("PN 0", empty, EINVAL, XPN_SA.with(u64(PN, 0))));
    all.add(in.adds("SSCI 0", empty, 0, XPN_SA.with(u32(SSCI, 0))));
    all.add(in.adds("no SSCI", empty, EINVAL, XPN_SA.without(SSCI)));
    all.add(in.adds("no salt", empty, EINVAL, XPN_SA.without(SALT)));
    all.add(in.adds("a salt of 11 octets", empty, EINVAL, XPN_SA.with(octets(SALT, 11))));
    all.add(in.adds("a salt of 13 octets", empty, EINVAL, XPN_SA.with(octets(SALT, 13))));
    all.add(in.adds("a key of 32 octets", empty, EINVAL, XPN_SA.with(octets(KEY, 32))));
    all.add(in.adds("what is there already", in.xpnOff, EBUSY, XPN_SA));
  }

  private static void updates(List<Probe> all, Direction in) {
    Given off = in.off;
    Attr an = u8(AN, 1);
    all.add(in.updates("on", off, 0, an, u8(ACTIVE, 1)));
    all.add(in.updates("nothing", off, 0, an));
    all.add(in.updates("no AN", off, EINVAL, u8(ACTIVE, 1)));
    all.add(in.updates("AN 4", off, EINVAL, u8(AN, 4), u8(ACTIVE, 1)));
    all.add(in.updates("active 2", off, EINVAL, an, u8(ACTIVE, 2)));
    all.add(in.updates("PN 0", off, EINVAL, an, u32(PN, 0)));
    all.add(in.updates("PN of 8 octets", off, EINVAL, an, u64(PN, 5)));
    all.add(in.updates("a lower PN", in.on, 0, an, u32(PN, 2)));
    all.add(in.updates("a key", off, EINVAL, an, octets(KEY, 16)));
    all.add(in.updates("a key identifier", off, EINVAL, an, octets(KEYID, 16)));
    all.add(in.updates("an SSCI", off, EINVAL, an, u32(SSCI, 1)));
    all.add(in.updates("a salt", off, EINVAL, an, octets(SALT, 12)));
    all.add(in.updates("one that is not there", off, ENODEV, u8(AN, 2), u8(ACTIVE, 1)));
    all.add(in.updates("PN of 4 octets", in.xpnOff, EINVAL, an, u32(PN, 5)));
    all.add(in.updates("PN", in.xpnOff, 0, an, u64(PN, 5)));
  }

  private static void deletions(List<Probe> all, Direction in) {
    all.add(in.deletes("what is off", in.off, 0, u8(AN, 1)));
    all.add(in.deletes("what is on", in.on, EBUSY, u8(AN, 1)));
    all.add(in.deletes("one that is not there", in.off, ENODEV, u8(AN, 2)));
    all.add(in.deletes("no AN", in.off, EINVAL, u8(ACTIVE, 0)));
    all.add(in.deletes("AN 4", in.off, EINVAL, u8(AN, 4)));
  }

  private static void receiveOnly(List<Probe> all) {
    Attrs stranger = attrs(nest(RXSC_CONFIG, STRANGER), nest(SA_CONFIG, SA));
    Attrs change = stranger.with(nest(SA_CONFIG, u8(AN, 1)));
    Attrs alone = attrs(nest(SA_CONFIG, SA));
    all.add(probe("no channel of that SCI", Given.RX_OFF, Through.ADD_RXSA, ENODEV, 7, stranger));
    all.add(probe("no channel of that SCI", Given.RX_OFF, Through.DEL_RXSA, ENODEV, 8, change));
    all.add(probe("no channel of that SCI", Given.RX_OFF, Through.UPD_RXSA, ENODEV, 9, change));
    all.add(probe("no SCI", Given.RX_OFF, Through.ADD_RXSA, EINVAL, Raw.ADD_RXSA, alone));
    all.add(probe("no SCI", Given.RX_OFF, Through.DEL_RXSA, EINVAL, Raw.DEL_RXSA, alone));
    all.add(probe("no SCI", Given.RX_OFF, Through.UPD_RXSA, EINVAL, Raw.UPD_RXSA, alone));
    all.add(Direction.RECEIVE.adds("no PN", Given.CHANNEL, 0, SA.without(PN)));
    all.add(Direction.TRANSMIT.adds("no PN", Given.SECY, EINVAL, SA.without(PN)));
  }

  private static void offload(List<Probe> all) {
    Through through = Through.OFFLOAD;
    Given given = Given.SECY;
    all.add(
        Probe.of(
            "no interface",
            given,
            through,
            EINVAL,
            bench -> message(bench, Raw.UPD_OFFLOAD, attrs(nest(OFFLOAD, u8(OFFLOAD_TYPE, 0))))));
    all.add(
        Probe.of(
            "an interface without MACsec",
            given,
            through,
            ENODEV,
            bench ->
                message(
                    bench,
                    Raw.UPD_OFFLOAD,
                    attrs(nest(OFFLOAD, u8(OFFLOAD_TYPE, 0)), u32(IFINDEX, bench.index("eth0"))))));
    all.add(probe("no mode", given, through, EINVAL, Raw.UPD_OFFLOAD, Attrs.NONE));
    all.add(probe("an empty nest", given, through, EINVAL, Raw.UPD_OFFLOAD, attrs(nest(OFFLOAD))));
    all.add(mode("off", given, 0, 0));
    all.add(mode("off with an SA", Given.TX_OFF, 0, 0));
    all.add(mode("a PHY", given, 1, EOPNOTSUPP));
    all.add(mode("a MAC", given, 2, EOPNOTSUPP));
    all.add(mode("3", given, 3, EOPNOTSUPP));
    all.add(
        Probe.of(
            "an unknown command",
            given,
            through,
            EOPNOTSUPP,
            bench -> message(bench, 99, attrs(u32(IFINDEX, bench.secy().index())))));
    all.add(
        Probe.of(
            "a report of one SecY",
            given,
            through,
            EOPNOTSUPP,
            bench -> message(bench, Raw.GET_TXSC, attrs(u32(IFINDEX, bench.secy().index())))));
  }

  private static Probe mode(String name, Given given, int type, int errno) {
    return probe(
        name,
        given,
        Through.OFFLOAD,
        errno,
        Raw.UPD_OFFLOAD,
        attrs(nest(OFFLOAD, u8(OFFLOAD_TYPE, type))));
  }
}
