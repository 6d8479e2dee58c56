package org.macsec4j.it.kernel;

import java.util.List;
import org.macsec4j.Macsec;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.testkit.kernel.Netns;

/** A SecY's place in the kernel, and packet sockets on its secured interface and on its wire. */
final class KernelStage implements Stage {
  private static final int ALL_ETHER_TYPES = 3;
  private static final int NOTHING = 0;

  private final Netns host;
  private final Macsec macsec;
  private final PacketTap wire;
  private final PacketTap user;

  /** Two namespaces that are joined; scenarios follow each other there. */
  static final class Hosts implements AutoCloseable {
    private final Netns left = QuietNetns.create("left");
    private final Netns right = QuietNetns.create("right");
    private final int wireIndex;

    Hosts() {
      left.veth("eth0", right, "eth0");
      left.ip("link set dev eth0 address " + Pair.LEFT_ADDRESS);
      right.ip("link set dev eth0 address " + Pair.RIGHT_ADDRESS);
      wireIndex = PacketTap.indexOf(right, "eth0");
    }

    /** A stage with a backend of its own, which has not heard of any key. */
    KernelStage stage() {
      return new KernelStage(this);
    }

    @Override
    public void close() {
      left.close();
      right.close();
    }
  }

  private KernelStage(Hosts hosts) {
    host = hosts.left;
    macsec = Macsec.using(LinuxBackend.builder().namespace(host.name()).open());
    wire = PacketTap.open(hosts.right, hosts.wireIndex, ALL_ETHER_TYPES);
    user = PacketTap.open(hosts.left, 1, NOTHING);
  }

  @Override
  public Macsec macsec() {
    return macsec;
  }

  @Override
  public void secured(int index) {
    user.hear(index, ALL_ETHER_TYPES);
    // An interface that came up a moment ago still drops what is sent.
    Pair.await(() -> !host.ip("-o link show dev " + SECURED).contains(" qdisc noop "));
  }

  @Override
  public void fromWire(byte[] frame) {
    wire.send(frame);
  }

  @Override
  public void fromUser(byte[] frame) {
    user.send(frame);
  }

  @Override
  public List<byte[]> onWire() {
    return wire.drain();
  }

  @Override
  public List<byte[]> delivered() {
    return user.drain();
  }

  @Override
  public void settle() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    wire.close();
    user.close();
    macsec.close();
  }
}
