package org.macsec4j.it.kernel;

import org.junit.jupiter.api.Nested;
import org.macsec4j.testkit.kernel.Kernel;
import org.macsec4j.testkit.kernel.OnLinuxKernel;

/** All cases on Linux 6.12. */
@OnLinuxKernel(
    kernel = Kernel.V6_12,
    programs = {"ping", "setpriv"},
    timeoutSeconds = 2700)
class Linux612Test {
  @Nested
  class Secys extends SecyCases {}

  @Nested
  class Associations extends AssociationCases {}

  @Nested
  class Dumps extends DumpCases {}

  @Nested
  class Traffic extends TrafficCases {}

  @Nested
  class Ports extends PortCases {}

  @Nested
  class Errnos extends ErrnoCases {}

  @Nested
  class Golden extends GoldenCases {}

  @Nested
  class SaGolden extends SaGoldenCases {}

  @Nested
  class Rotations extends RotationCases {}

  @Nested
  class Nonces extends NonceCases {}

  @Nested
  class Offload extends OffloadCases {}

  @Nested
  class Honesty extends HonestyCases {}

  @Nested
  class FrameExchange extends FrameExchangeCases {}

  @Nested
  class Commands extends CommandCases {}

  @Nested
  class Runs extends RunCases {}

  @Nested
  class Survival extends SurvivalCases {}

  @Nested
  class Namespaces extends NamespaceCases {}

  @Nested
  class Discovery extends OffloadDiscoveryCases {}

  @Nested
  class SimulatedNic extends SimulatedNicCases {}

  @Nested
  class OffloadedMka extends OffloadedMkaCases {}

  @Nested
  class OffloadedTraffic extends OffloadedTrafficCases {}

  @Nested
  class Wire extends WireCheckCases {}

  @Nested
  class WireNic extends WireCheckNicCases {}
}
