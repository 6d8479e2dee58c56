package org.macsec4j.it.kernel;

import org.junit.jupiter.api.Nested;
import org.macsec4j.testkit.kernel.Kernel;
import org.macsec4j.testkit.kernel.OnLinuxKernel;

/** All cases with a wpa_supplicant at the other end, on Linux 6.12. */
@OnLinuxKernel(
    kernel = Kernel.V6_12,
    programs = {"ping", WpaSupplicant.PROGRAM},
    timeoutSeconds = 1200)
class Wpa612Test {
  @Nested
  class Variants extends WpaVariantCases {}

  @Nested
  class Life extends WpaLifeCases {}

  @Nested
  class Rekey extends WpaRekeyCases {}

  @Nested
  class Group extends WpaGroupCases {}
}
