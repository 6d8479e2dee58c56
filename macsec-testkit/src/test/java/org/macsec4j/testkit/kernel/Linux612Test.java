package org.macsec4j.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@OnLinuxKernel(kernel = Kernel.V6_12, programs = "ping", timeoutSeconds = 900)
class Linux612Test extends KernelCases {
  Linux612Test() {
    super(Kernel.V6_12);
  }

  @Test
  void hasADeviceThatClaimsToDoMacsec() throws IOException {
    Files.writeString(Path.of("/sys/bus/netdevsim/new_device"), "1 1");
    try {
      Netns main = Netns.main();
      String device = Path.of("/sys/bus/netdevsim/devices/netdevsim1/net").toFile().list()[0];
      main.ip("link add link %s name macsec9 type macsec offload mac".formatted(device));
      assertThat(main.ip("-d link show macsec9")).contains("offload mac");
      main.ip("link del macsec9");
    } finally {
      Files.writeString(Path.of("/sys/bus/netdevsim/del_device"), "1");
    }
  }
}
