package org.macsec4j.it.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.macsec4j.testkit.kernel.CommandResult;
import org.macsec4j.testkit.kernel.Netns;

/**
 * A netdevsim with one port, hardware that is none. Only kernels that are built with it have it.
 */
final class NetdevSim {
  private static final Path BUS = Path.of("/sys/bus/netdevsim");

  private final String number;

  private NetdevSim(String number) {
    this.number = number;
  }

  /**
   * Plugs one in.
   *
   * @param number not that of another one
   * @param name of its interface
   */
  static NetdevSim plugIn(Netns space, String number, String name) throws IOException {
    Files.writeString(BUS.resolve("new_device"), number + " 1");
    try (Stream<Path> names =
        Files.list(BUS.resolve("devices").resolve("netdevsim" + number).resolve("net"))) {
      String given = names.findFirst().orElseThrow().getFileName().toString();
      space.ip("link set dev " + given + " name " + name);
    }
    return new NetdevSim(number);
  }

  /**
   * Joins the interfaces of two by a wire, as kernels from 6.9 on can. The kernel takes descriptors
   * of the namespaces, which must be those of whoever writes.
   */
  static void join(Netns here, String name, Netns there, String other) throws IOException {
    String ends =
        "3:%d 4:%d".formatted(PacketTap.indexOf(here, name), PacketTap.indexOf(there, other));
    CommandResult written =
        here.run(
            "sh",
            "-c",
            "exec 3</proc/self/ns/net 4<%s && echo '%s' >%s"
                .formatted(there.path(), ends, BUS.resolve("link_device")));
    if (!written.isOk()) {
      throw new IOException("cannot join " + name + " and " + other + ": " + written.error());
    }
  }

  void pullOut() throws IOException {
    Files.writeString(BUS.resolve("del_device"), number);
  }
}
