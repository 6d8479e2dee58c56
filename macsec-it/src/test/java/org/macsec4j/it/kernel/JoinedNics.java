package org.macsec4j.it.kernel;

import java.io.IOException;
import org.macsec4j.testkit.kernel.Netns;

/** Two netdevsims on one wire, sim0 and sim1, which take offload and send in clear. */
final class JoinedNics implements AutoCloseable {
  private final NetdevSim nic;
  private final NetdevSim peer;

  private JoinedNics(NetdevSim nic, NetdevSim peer) {
    this.nic = nic;
    this.peer = peer;
  }

  static JoinedNics plugIn(Netns space) throws IOException {
    JoinedNics nics =
        new JoinedNics(NetdevSim.plugIn(space, "7", "sim0"), NetdevSim.plugIn(space, "8", "sim1"));
    space.ip("link set dev sim0 up");
    space.ip("link set dev sim1 up");
    NetdevSim.join(space, "sim0", "sim1");
    return nics;
  }

  @Override
  public void close() throws IOException {
    nic.pullOut();
    peer.pullOut();
  }
}
