package org.macsec4j.it.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.macsec4j.netlink.jnr.JnrLibc;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.libc.Sockets;
import org.macsec4j.testkit.kernel.Netns;

/** A packet socket in a network namespace: sends frames as they are, and keeps those it hears. */
final class PacketTap implements AutoCloseable {
  private static final int ADDRESS_LENGTH = 20;
  private static final int LONGEST = 2048;

  private final Libc libc = JnrLibc.system();
  private final ByteBuffer received = Sockets.buffer(LONGEST);
  private final int descriptor;
  private int etherType;

  private PacketTap(Netns space, int etherType) {
    this.descriptor = inside(space);
    this.etherType = etherType;
  }

  /**
   * Opens a socket.
   *
   * @param space where
   * @param index of which interface
   * @param etherType of the frames to hear
   */
  static PacketTap open(Netns space, int index, int etherType) {
    PacketTap tap = new PacketTap(space, etherType);
    tap.bind(index);
    return tap;
  }

  /** The number of an interface. */
  static int indexOf(Netns space, String device) {
    String line = space.ip("-o link show dev " + device);
    return Integer.parseInt(line.substring(0, line.indexOf(':')));
  }

  /** A thread that moved into a namespace stays there, so it is one for this alone. */
  private int inside(Netns space) {
    CompletableFuture<Integer> made = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              int file = libc.open(space.path().toString(), Sockets.O_RDONLY | Sockets.O_CLOEXEC);
              int entered = libc.setns(file, Sockets.CLONE_NEWNET);
              int type = Sockets.SOCK_RAW | Sockets.SOCK_CLOEXEC | Sockets.SOCK_NONBLOCK;
              made.complete(entered < 0 ? entered : libc.socket(Sockets.AF_PACKET, type, 0));
              libc.close(file);
            },
            "opens a tap");
    thread.start();
    return require("open a packet socket", made.join());
  }

  private static int require(String what, int result) {
    if (result < 0) {
      throw new IllegalStateException(what + ": errno " + -result);
    }
    return result;
  }

  void bind(int index) {
    ByteBuffer address = Sockets.buffer(ADDRESS_LENGTH);
    address.putShort((short) Sockets.AF_PACKET);
    address.order(ByteOrder.BIG_ENDIAN).putShort((short) etherType);
    address.order(ByteOrder.nativeOrder()).putInt(index).clear();
    require("bind a packet socket", libc.bind(descriptor, address));
  }

  /** Hears these frames of this interface from now on. */
  void hear(int index, int frames) {
    etherType = frames;
    bind(index);
  }

  /** Whether it was taken: an interface that is down takes none. */
  boolean send(byte[] frame) {
    ByteBuffer octets = Sockets.buffer(frame.length);
    octets.put(frame).flip();
    return libc.send(descriptor, octets, Sockets.MSG_DONTWAIT) == frame.length;
  }

  /** What came since the last time. */
  List<byte[]> drain() {
    List<byte[]> frames = new ArrayList<>();
    while (true) {
      received.clear();
      int length = libc.recv(descriptor, received, Sockets.MSG_DONTWAIT);
      if (length < 0) {
        return frames;
      }
      byte[] frame = new byte[length];
      received.get(0, frame);
      frames.add(frame);
    }
  }

  @Override
  public void close() {
    libc.close(descriptor);
  }
}
