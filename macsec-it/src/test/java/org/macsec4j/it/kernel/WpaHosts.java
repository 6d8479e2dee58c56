package org.macsec4j.it.kernel;

import org.macsec4j.Macsec;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.testkit.kernel.Netns;

/** Two hosts with a wire for each story: one has our sessions, the other wpa_supplicants. */
final class WpaHosts implements AutoCloseable {
  final Netns ourSpace = QuietNetns.create("ours");
  final Netns theirSpace = QuietNetns.create("theirs");
  final Macsec ours = Macsec.using(LinuxBackend.builder().namespace("ours").open());
  final Macsec theirs = Macsec.using(LinuxBackend.builder().namespace("theirs").open());

  @Override
  public void close() {
    ours.close();
    theirs.close();
    ourSpace.close();
    theirSpace.close();
  }
}
