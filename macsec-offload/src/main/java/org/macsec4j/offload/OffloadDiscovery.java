package org.macsec4j.offload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.SecySnapshot;
import org.macsec4j.netlink.DumpTruncatedException;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.netlink.ethtool.DriverInfo;
import org.macsec4j.netlink.ethtool.Ethtool;
import org.macsec4j.netlink.ethtool.PhyInfo;
import org.macsec4j.spi.Registration;

/**
 * Finds which interfaces can do MACsec in hardware: what each claims, what is known of its driver,
 * and by {@link #probe} what it really does. Only the probe changes anything, and only it needs a
 * privilege.
 *
 * <pre>{@code
 * try (OffloadDiscovery discovery = OffloadDiscovery.open()) {
 *   for (OffloadSupport nic : discovery.all()) {
 *     if (nic.claim().active() && discovery.probe(nic.interfaceName()).works().isPresent()) { … }
 *   }
 * }
 * }</pre>
 *
 * <p>Safe for several threads.
 */
public final class OffloadDiscovery implements AutoCloseable {
  private final LinuxBackend backend;
  private final boolean owned;
  private final Ethtool ethtool;

  private OffloadDiscovery(LinuxBackend backend, boolean owned) {
    this.backend = backend;
    this.owned = owned;
    this.ethtool = backend.ethtool();
  }

  /**
   * In the network namespace of this process.
   *
   * @return to be closed
   * @throws MacsecException when the MACsec driver is not there
   */
  public static OffloadDiscovery open() {
    return owning(LinuxBackend.builder().open());
  }

  /**
   * In a network namespace that {@code ip netns} made.
   *
   * @param namespace its name
   * @return to be closed
   * @throws MacsecException when the namespace or the MACsec driver is not there
   */
  public static OffloadDiscovery open(String namespace) {
    return owning(LinuxBackend.builder().namespace(namespace).open());
  }

  private static OffloadDiscovery owning(LinuxBackend backend) {
    try {
      return new OffloadDiscovery(backend, true);
    } catch (MacsecException e) {
      backend.close();
      throw e;
    }
  }

  /**
   * Where a backend is.
   *
   * @param backend the backend, which stays open when this is closed
   * @return to be closed before the backend
   * @throws MacsecException when it cannot be opened
   */
  public static OffloadDiscovery on(LinuxBackend backend) {
    return new OffloadDiscovery(backend, false);
  }

  /**
   * All interfaces that a SecY can be made on.
   *
   * @return what is to be found of each, by their numbers
   * @throws MacsecException when they cannot be read
   */
  public List<OffloadSupport> all() {
    Optional<List<SecySnapshot>> secys = secys();
    List<OffloadSupport> found = new ArrayList<>();
    for (String name : backend.parents()) {
      try {
        found.add(of(name, secys));
      } catch (MacsecException e) {
        // It went away meanwhile.
        if (e.kind() != Kind.NOT_FOUND) {
          throw e;
        }
      }
    }
    return found;
  }

  /**
   * One interface.
   *
   * @param interfaceName an interface of Ethernet
   * @return what is to be found of it
   * @throws MacsecException {@link Kind#NOT_FOUND} when it is not there, {@link Kind#INVALID} when
   *     it is not of Ethernet
   */
  public OffloadSupport of(String interfaceName) {
    backend.addressOf(interfaceName);
    return of(interfaceName, secys());
  }

  private OffloadSupport of(String name, Optional<List<SecySnapshot>> secys) {
    Optional<DriverInfo> driver = ethtool.driver(name);
    PhyInfo phy = ethtool.phy(name);
    List<DriverKnowledge> knowledge =
        Stream.concat(driver.map(DriverInfo::driver).stream(), phy.drivers().stream())
            .flatMap(known -> DriverKnowledge.of(known).stream())
            .distinct()
            .toList();
    return new OffloadSupport(
        name, driver, phy, claim(name), knowledge, secys.map(all -> OffloadUse.of(name, all)));
  }

  private FeatureClaim claim(String name) {
    try {
      boolean known = ethtool.featureNames().contains(FeatureClaim.FEATURE);
      return FeatureClaim.of(ethtool.features(name), known);
    } catch (MacsecException e) {
      if (e.kind() == Kind.UNSUPPORTED) {
        return FeatureClaim.none(FeatureClaim.Answer.NOT_TOLD);
      }
      throw e;
    }
  }

  /** Empty when the kernel hides one. */
  private Optional<List<SecySnapshot>> secys() {
    try {
      return Optional.of(backend.readAll());
    } catch (DumpTruncatedException e) {
      return Optional.empty();
    }
  }

  /**
   * Really switches offload on, on a scratch SecY, first in the MAC and then in the PHY, looks
   * whether it is on, and takes the scratch SecY away whatever happens. No other SecY is touched,
   * and no frame is sent; the hardware's tables change for a moment.
   *
   * @param interfaceName an interface of Ethernet
   * @return the verdict, also when this process may not try
   * @throws MacsecException {@link Kind#NOT_FOUND} when it is not there, {@link Kind#INVALID} when
   *     it is not of Ethernet; any kind when the scratch SecY could not be taken away
   */
  public ProbeVerdict probe(String interfaceName) {
    return new Probe(backend).of(interfaceName);
  }

  /**
   * Watches what interfaces claim.
   *
   * @param listener hears of each change, on the backend's thread; must not block
   * @return ends it when closed
   * @throws MacsecException {@link Kind#UNSUPPORTED} when this kernel does not tell
   */
  public Registration watch(Consumer<ClaimChange> listener) {
    return ethtool.watch(new ClaimWatch(ethtool, listener));
  }

  /** Ends its watches. */
  @Override
  public void close() {
    ethtool.close();
    if (owned) {
      backend.close();
    }
  }
}
