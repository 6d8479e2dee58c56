package org.macsec4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.macsec4j.netlink.fake.FakeLibc;

/** {@code macsec offload} over a kernel that refuses every change, as to an unprivileged user. */
class OffloadCommandTest {
  private final FakeKernel kernel = new FakeKernel();

  @Test
  void showsWhatItCanWithoutPrivilege() {
    kernel.add(5, "m0");
    Cli.Result offload = Cli.on(kernel, "offload");
    assertThat(offload.code()).as(offload.err()).isZero();
    assertThat(offload.out())
        .isEqualTo(
            """
            eth0
                driver:     netdevsim, bus netdevsim7
                PHY:        unknown
                claimed:    this kernel does not tell
                known:      no hardware: the kernel's stand-in for tests, mode mac; SecYs 3; receive channels a SecY 1; no counters; packet numbers not refreshed; frames are not protected: they go out in clear
                in use:     SecYs 0, receive channels 0, SAs 0
            """);
  }

  @Test
  void theProbeSaysThatItMayNotTry() {
    Cli.Result offload = Cli.on(kernel, "offload", "eth0", "--probe");
    assertThat(offload.code()).as(offload.err()).isZero();
    assertThat(offload.out())
        .contains("    probed mac: no-privilege: cannot create a scratch SecY on eth0: EPERM")
        .contains("    probed phy: no-privilege: ");
  }

  @Test
  void theJsonHasOneNameForEachThing() {
    FakeLibc libc = new FakeLibc(kernel);
    Cli.Result offload = Cli.run(libc, "offload", "--json", "--probe", "-n", "blue");
    assertThat(offload.code()).as(offload.err()).isZero();
    assertThat(libc.openDescriptors()).isZero();
    JsonNode nic = offload.json().get(0);
    assertThat(nic.get("name").asText()).isEqualTo("eth0");
    assertThat(nic.get("namespace").asText()).isEqualTo("blue");
    assertThat(nic.get("driver").get("name").asText()).isEqualTo("netdevsim");
    assertThat(nic.get("driver").has("version")).isFalse();
    assertThat(nic.get("claimed").get("answer").asText()).isEqualTo("not-told");
    assertThat(nic.get("probed").get("mac").get("outcome").asText()).isEqualTo("no-privilege");
    assertThat(nic.get("known").get(0).get("secys").asInt()).isEqualTo(3);
    assertThat(nic.get("inUse").get("secys").asInt()).isZero();
  }

  @Test
  void anUnknownInterfaceIsSaid() {
    Cli.Result offload = Cli.on(kernel, "offload", "nowhere");
    assertThat(offload.code()).isEqualTo(2);
    assertThat(offload.err()).contains("there is no interface nowhere; there is eth0");
  }
}
