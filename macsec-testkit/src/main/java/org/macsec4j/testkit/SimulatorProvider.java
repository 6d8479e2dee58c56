package org.macsec4j.testkit;

import org.macsec4j.spi.Availability;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.MacsecBackendProvider;

/**
 * Opens a simulator by {@code Macsec.open("simulator")}: one host whose interfaces eth0 and eth1
 * are joined by a wire, so that two SecYs, or two MKA sessions, can talk to each other. Its time is
 * virtual and passes while somebody waits.
 *
 * <p>Found by {@link java.util.ServiceLoader}; tests use {@link Lab} instead, which gives hosts and
 * faults.
 */
public final class SimulatorProvider implements MacsecBackendProvider {
  static final String NAME = "simulator";

  /** Never taken unless asked for by name, as it secures nothing. */
  private static final int PRIORITY = -1;

  /** For {@link java.util.ServiceLoader}. */
  public SimulatorProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return PRIORITY;
  }

  @Override
  public Availability availability() {
    return Availability.yes("in memory; frames reach no network");
  }

  @Override
  public MacsecBackend open() {
    Lab lab = Lab.create();
    Host host = lab.host("localhost");
    lab.wire(host, host);
    return host.macsec().backend();
  }
}
