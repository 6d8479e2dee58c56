package org.macsec4j.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each guest must be able to do; all of it is run there, by {@code ip} and not by us. */
abstract class KernelCases {
  private static final String LEFT_KEY = "000102030405060708090a0b0c0d0e0f";
  private static final String RIGHT_KEY = "101112131415161718191a1b1c1d1e1f";

  private final Kernel kernel;

  private Netns left;
  private Netns right;

  KernelCases(Kernel kernel) {
    this.kernel = kernel;
  }

  @BeforeEach
  void joinTwoNamespaces() {
    left = Netns.create("left");
    right = Netns.create("right");
    left.veth("v0", right, "v0");
  }

  @AfterEach
  void forgetThem() {
    left.close();
    right.close();
  }

  @Test
  void runsUnderTheKernelThatWasAskedFor() throws IOException {
    assertThat(Guest.isInside()).isTrue();
    assertThat(Netns.main().call("uname -r")).startsWith(kernel.series() + ".");
    assertThat(System.getProperty("os.version")).startsWith(kernel.series() + ".");
    assertThat(Netns.main().call("id -u")).isEqualTo("0\n");
    assertThat(Files.readString(Path.of("/proc/sys/kernel/printk"))).startsWith("7");
  }

  @Test
  void pingsOverStaticMacsec() {
    left.ip("link set v0 address 02:00:00:00:0a:01");
    right.ip("link set v0 address 02:00:00:00:0b:02");
    secure(left, "10.1.0.1/24", LEFT_KEY, "02:00:00:00:0b:02", RIGHT_KEY);
    secure(right, "10.1.0.2/24", RIGHT_KEY, "02:00:00:00:0a:01", LEFT_KEY);

    assertThat(left.pings("10.1.0.2")).isTrue();

    String counters = right.ip("-s macsec show macsec0");
    assertThat(counters).contains("GCM-AES-128").contains("InPktsOK");
    // The wire itself has no address, so what passed was protected.
    assertThat(left.ip("-o addr show dev v0")).doesNotContain("inet ");
  }

  private static void secure(Netns here, String address, String key, String peer, String peerKey) {
    here.ip("link add link v0 name macsec0 type macsec encrypt on");
    here.ip("macsec add macsec0 tx sa 0 pn 1 on key 01 " + key);
    here.ip("macsec add macsec0 rx port 1 address " + peer);
    here.ip(
        "macsec add macsec0 rx port 1 address %s sa 0 pn 1 on key 02 %s".formatted(peer, peerKey));
    here.ip("addr add %s dev macsec0".formatted(address));
    here.ip("link set macsec0 up");
  }

  @Test
  void losesAllWhenNetemSaysSo() {
    left.ip("addr add 10.0.0.1/24 dev v0");
    right.ip("addr add 10.0.0.2/24 dev v0");
    assertThat(left.pings("10.0.0.2")).isTrue();

    right.netem("v0", "loss 100%");
    assertThat(left.pings("10.0.0.2")).isFalse();

    right.withoutNetem("v0");
    assertThat(left.pings("10.0.0.2")).isTrue();
  }

  @Test
  void bridgesThree() {
    try (Netns middle = Netns.create("middle");
        Netns third = Netns.create("third")) {
      left.veth("b0", middle, "toLeft");
      third.veth("b0", middle, "toThird");
      middle.bridge("br0", "toLeft", "toThird");
      left.ip("addr add 10.2.0.1/24 dev b0");
      third.ip("addr add 10.2.0.3/24 dev b0");

      assertThat(left.pings("10.2.0.3")).isTrue();
      assertThat(middle.ip("-d link show br0")).contains("group_fwd_mask 0x8");
    }
  }

  @Test
  void tellsWhatAProgramComplainedOf() {
    assertThatIllegalStateException()
        .isThrownBy(() -> left.ip("link set nowhere up"))
        .withMessageContaining("ip -n left link set nowhere up: exit code 1")
        .withMessageContaining("Cannot find device");
    assertThat(left.run("sh", "-c", "echo a b; exit 3"))
        .isEqualTo(new CommandResult(3, "a b\n", ""));
  }

  @Test
  void leavesTheFilesOfTheHostAlone() throws IOException {
    Path outside = Path.of("/etc/written-in-a-guest");
    Files.writeString(outside, "seen by the guest alone");
    assertThat(outside).exists();
    // The working directory is the host's own.
    Files.writeString(FROM_GUEST, "from " + kernel);
  }

  static final Path FROM_GUEST = Path.of("target", "written-in-a-guest");
}
