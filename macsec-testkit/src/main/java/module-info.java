/**
 * A laboratory of MACsec links in memory: hosts, wires and hubs with seeded faults, virtual time,
 * an IEEE 802.1AE data plane and captures that Wireshark opens.
 *
 * <p>Start with {@link org.macsec4j.testkit.Lab}, or with {@link
 * org.macsec4j.testkit.junit.MacsecLab} in a JUnit test. JUnit and jqwik are needed only by the
 * packages that are named after them.
 */
module org.macsec4j.testkit {
  requires transitive org.macsec4j.api;
  requires transitive org.macsec4j.mka;
  requires java.management;
  requires org.bouncycastle.provider;
  requires org.slf4j;
  requires static org.jspecify;
  // Not transitive: a user of the laboratory alone must not have to have them.
  requires static org.junit.jupiter.api;
  requires static org.junit.platform.launcher;
  requires static net.jqwik.api;

  exports org.macsec4j.testkit;
  exports org.macsec4j.testkit.capture;
  exports org.macsec4j.testkit.dataplane;
  exports org.macsec4j.testkit.fake;
  exports org.macsec4j.testkit.jqwik;
  exports org.macsec4j.testkit.junit;
  exports org.macsec4j.testkit.kernel;
  exports org.macsec4j.testkit.simulation;

  provides org.macsec4j.spi.MacsecBackendProvider with
      org.macsec4j.testkit.SimulatorProvider;
}
