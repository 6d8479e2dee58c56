package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.macsec4j.testkit.kernel.Netns;

/** Namespaces for tests that listen to a wire: IPv6 would speak for itself on each new device. */
final class QuietNetns {
  private QuietNetns() {}

  static Netns create(String name) {
    Netns made = Netns.create(name);
    String off = "echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6";
    assertThat(made.run("sh", "-c", off).isOk()).as(off).isTrue();
    return made;
  }
}
