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

  /** Both in one namespace. */
  static JoinedNics plugIn(Netns space) throws IOException {
    return plugIn(space, space);
  }

  /** One in each namespace, of which the first is the main one. */
  static JoinedNics plugIn(Netns here, Netns there) throws IOException {
    JoinedNics nics =
        new JoinedNics(NetdevSim.plugIn(here, "7", "sim0"), NetdevSim.plugIn(here, "8", "sim1"));
    if (there != here) {
      here.ip("link set dev sim1 netns " + there.name());
    }
    here.ip("link set dev sim0 up");
    there.ip("link set dev sim1 up");
    NetdevSim.join(here, "sim0", there, "sim1");
    return nics;
  }

  @Override
  public void close() throws IOException {
    nic.pullOut();
    peer.pullOut();
  }
}
