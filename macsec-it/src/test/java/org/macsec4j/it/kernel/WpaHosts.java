package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.macsec4j.Macsec;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.testkit.kernel.Netns;

/** Two hosts with a wire for each story: one has our sessions, the other wpa_supplicants. */
final class WpaHosts implements AutoCloseable {
  final Netns ourSpace = quiet("ours");
  final Netns theirSpace = quiet("theirs");
  final Macsec ours = Macsec.using(LinuxBackend.builder().namespace("ours").open());
  final Macsec theirs = Macsec.using(LinuxBackend.builder().namespace("theirs").open());

  /** A namespace without IPv6, which speaks for itself on each new device: the wire is heard. */
  static Netns quiet(String name) {
    Netns made = Netns.create(name);
    String off = "echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6";
    assertThat(made.run("sh", "-c", off).isOk()).as(off).isTrue();
    return made;
  }

  @Override
  public void close() {
    ours.close();
    theirs.close();
    ourSpace.close();
    theirSpace.close();
  }
}
