package org.macsec4j.it.kernel;

import static org.macsec4j.it.kernel.Pair.receiveSa;
import static org.macsec4j.it.kernel.Pair.transmitSa;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Sci;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.TransmitSa;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.macsec.LinkRequests;
import org.macsec4j.netlink.macsec.MacsecRequests;
import org.macsec4j.netlink.transport.GenericFamily;
import org.macsec4j.netlink.transport.NetlinkConnection;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.transport.NetlinkSocket;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.testkit.kernel.Netns;

/**
 * The guest's own namespace with an interface for each reason to refuse a SecY, a backend, and a
 * way past it to the kernel. Each test begins with a SecY in the state that it asks for.
 */
final class Bench implements AutoCloseable {
  static final MacAddress ADDRESS = MacAddress.parse("02:00:00:00:0a:01");
  static final Sci PEER = Sci.parse("020000000b020001");
  static final Sci STRANGER = Sci.parse("0200000000990001");

  /** What there is when a request comes. */
  enum Given {
    NOTHING(CipherSuite.GCM_AES_128),
    SECY(CipherSuite.GCM_AES_128),
    TX_OFF(CipherSuite.GCM_AES_128),
    TX_ON(CipherSuite.GCM_AES_128),
    CHANNEL(CipherSuite.GCM_AES_128),
    RX_OFF(CipherSuite.GCM_AES_128),
    RX_ON(CipherSuite.GCM_AES_128),
    UP(CipherSuite.GCM_AES_128),
    NEIGHBOUR(CipherSuite.GCM_AES_128),
    LONG_KEY(CipherSuite.GCM_AES_256),
    XPN(CipherSuite.GCM_AES_XPN_128),
    XPN_TX(CipherSuite.GCM_AES_XPN_128),
    XPN_CHANNEL(CipherSuite.GCM_AES_XPN_128),
    XPN_RX(CipherSuite.GCM_AES_XPN_128);

    final CipherSuite suite;

    Given(CipherSuite suite) {
      this.suite = suite;
    }
  }

  final Netns space = Netns.main();
  final Seam seam = new Seam();
  final LinuxBackend backend = LinuxBackend.builder().open(seam);
  final NetlinkConnection route;
  final NetlinkConnection generic;
  final GenericFamily family;
  private Given given = Given.NOTHING;
  private SecyId secy = new SecyId(0, "m0");
  private SecyId neighbour = secy;
  private final Map<String, Integer> indexes = new HashMap<>();

  Bench() {
    Libc libc = seam;
    route = NetlinkConnection.open(libc, NetlinkSocket.NETLINK_ROUTE);
    generic = NetlinkConnection.open(libc, NetlinkSocket.NETLINK_GENERIC);
    family = GenericFamily.find(generic, MacsecRequests.FAMILY);
    space.ip("link add name eth0 address " + ADDRESS + " type veth peer name eth1");
    space.ip("link add name port0 type dummy");
    space.ip("link add name br0 type bridge");
    space.ip("link set dev port0 master br0");
    space.ip("link add name bond7 type bond");
    space.ip("link add name slave0 type dummy");
    space.ip("link set dev slave0 master bond7");
    space.ip("link add name under0 type dummy");
    space.ip("link add link under0 name over0 type macvlan");
  }

  /** Makes what a request shall meet. */
  void given(Given wanted) {
    given = wanted;
    if (wanted == Given.NOTHING) {
      return;
    }
    secy = backend.create(SecyConfig.on("eth0").name("m0").cipherSuite(wanted.suite).build());
    switch (wanted) {
      case TX_OFF, XPN_TX -> install(transmit(1, false));
      case TX_ON -> install(transmit(1, true));
      case CHANNEL, XPN_CHANNEL -> channel(secy);
      case RX_OFF, XPN_RX -> install(receive(false));
      case RX_ON -> install(receive(true));
      case UP -> apply(new SecyCommand.SetControlledPort(true));
      case NEIGHBOUR -> {
        neighbour = backend.create(SecyConfig.on("eth0").name("m1").port(2).build());
        channel(neighbour);
      }
      default -> {}
    }
  }

  private void install(TransmitSa sa) {
    apply(new SecyCommand.InstallTransmitSa(sa));
  }

  private void install(ReceiveSa sa) {
    channel(secy);
    apply(new SecyCommand.InstallReceiveSa(PEER, sa));
  }

  private void channel(SecyId where) {
    backend.apply(where, new SecyCommand.CreateReceiveSc(PEER)).orThrow();
  }

  private void apply(SecyCommand command) {
    backend.apply(secy, command).orThrow();
  }

  /** An SA of the right suite, with a key that was never used. */
  TransmitSa transmit(int an, boolean enabled) {
    TransmitSa made = transmitSa(given.suite, AssociationNumber.of(an), freshKey(), 100);
    return new TransmitSa(made.an(), made.key(), made.nextPn(), made.ssci(), enabled);
  }

  private static int key;

  private static int freshKey() {
    return key++ % 250 + 1;
  }

  ReceiveSa receive(boolean enabled) {
    ReceiveSa made = receiveSa(given.suite, AssociationNumber.of(1), 7, 100);
    return new ReceiveSa(made.an(), made.key(), PacketNumber.FIRST, made.ssci(), enabled);
  }

  SecyId secy() {
    return secy;
  }

  int index(String name) {
    return indexes.computeIfAbsent(name, this::indexOfLink);
  }

  private int indexOfLink(String name) {
    return LinkInfo.of(route.get("find " + name, LinkRequests.get(name))).index();
  }

  /** The error number with which the kernel refuses a request; empty when it does not. */
  Optional<NetlinkException> ask(MessageBuilder request, boolean ofLinks) {
    try {
      (ofLinks ? route : generic).change("probe", request);
      return Optional.empty();
    } catch (NetlinkException refused) {
      return Optional.of(refused);
    }
  }

  /** Takes away what a test and its request left. */
  void clear() {
    seam.hook(request -> request);
    backend.list().forEach(backend::delete);
  }

  @Override
  public void close() {
    clear();
    route.close();
    generic.close();
    backend.close();
    for (String name : new String[] {"eth0", "br0", "port0", "bond7", "slave0", "under0"}) {
      space.ip("link del dev " + name);
    }
  }
}
