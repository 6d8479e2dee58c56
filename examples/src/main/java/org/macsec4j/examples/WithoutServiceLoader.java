package org.macsec4j.examples;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.spi.Availability;
import org.macsec4j.spi.MacsecBackendProvider;
import org.macsec4j.testkit.SimulatorProvider;

/**
 * A gateway that is given its backend: for OSGi, where {@link java.util.ServiceLoader} sees no
 * other bundle, and for dependency injection.
 *
 * <p>The gateway depends on the API and on MKA alone. Who assembles the application chooses: {@code
 * new LinuxProvider()} of {@code macsec-netlink} on the machine, the simulator in tests. In OSGi
 * the bundle with the backend registers it as a service of the type {@link MacsecBackendProvider},
 * and the gateway's component refers to that.
 */
public final class WithoutServiceLoader {
  private WithoutServiceLoader() {}

  /** The component. */
  static final class Gateway implements AutoCloseable {
    private final Macsec macsec;
    private final List<MkaSession> links = new ArrayList<>();

    /** Secures each interface; what cannot start leaves nothing behind. */
    Gateway(MacsecBackendProvider provider, Map<String, MkaConfig> wanted) {
      Availability availability = provider.availability();
      if (!availability.available()) {
        throw new MacsecException(
            MacsecException.Kind.UNAVAILABLE, provider.name() + ": " + availability.reason());
      }
      macsec = Macsec.using(provider.open());
      try {
        wanted.forEach((name, config) -> links.add(MkaSession.start(macsec, name, config)));
      } catch (MacsecException e) {
        close();
        throw e;
      }
    }

    void awaitSecured(Duration timeout) throws InterruptedException {
      for (MkaSession link : links) {
        link.awaitSecured(timeout);
      }
    }

    @Override
    public void close() {
      links.forEach(MkaSession::close);
      macsec.close();
    }

    @Override
    public String toString() {
      return macsec + ": " + links.stream().map(MkaSession::status).toList();
    }
  }

  /**
   * Runs the example.
   *
   * @param args none
   * @throws InterruptedException when interrupted while waiting
   */
  public static void main(String[] args) throws InterruptedException {
    SecureRandom random = new SecureRandom();
    MkaConfig config = MkaConfig.preSharedKey(Ckn.generate(16, random), Cak.generate(256, random));
    // The simulator's eth0 and eth1 are joined by a wire: the gateway is its own peer.
    Map<String, MkaConfig> links = Map.of("eth0", config, "eth1", config);
    try (Gateway gateway = new Gateway(new SimulatorProvider(), links)) {
      gateway.awaitSecured(Duration.ofSeconds(10));
      System.out.println(gateway);
    }
  }
}
