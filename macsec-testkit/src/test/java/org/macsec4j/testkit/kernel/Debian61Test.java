package org.macsec4j.testkit.kernel;

@OnLinuxKernel(kernel = Kernel.DEBIAN_6_1, programs = "ping", timeoutSeconds = 900)
class Debian61Test extends KernelCases {
  Debian61Test() {
    super(Kernel.DEBIAN_6_1);
  }
}
