package org.macsec4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.macsec4j.testkit.kernel.Kernel;
import org.macsec4j.testkit.kernel.Netns;
import org.macsec4j.testkit.kernel.OnLinuxKernel;

/** The class path of this module is there in a guest, with all that the kernel tests need. */
@OnLinuxKernel(kernel = Kernel.V6_12, timeoutSeconds = 900)
class GuestKernelIT {
  @Test
  void hasTheModulesOfTheProjectAndMacsec() {
    try (Netns here = Netns.create("here")) {
      here.ip("link add name e0 type dummy");
      here.ip("link add link e0 name macsec0 type macsec");
      assertThat(here.ip("macsec show")).contains("macsec0");
    }
    assertThat(Netns.main().call("uname -r")).startsWith("6.12.");
  }
}
