package org.macsec4j.testkit;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A shared medium, made by {@link Lab#hub}: each frame reaches all other interfaces, frames for
 * group addresses and EAPOL among them. It is a hub and not a bridge of 802.1D, which would keep
 * EAPOL to itself.
 */
public final class Hub extends Medium<Hub> {
  private final Set<Host> isolated = ConcurrentHashMap.newKeySet();

  Hub(Lab lab, List<VirtualInterface> ports) {
    super(lab, ports);
  }

  /**
   * Cuts a host off, both ways; the others still reach each other.
   *
   * @param host the host
   * @return this hub
   */
  public Hub isolate(Host host) {
    isolated.add(host);
    return this;
  }

  /**
   * Ends {@link #isolate}.
   *
   * @param host the host
   * @return this hub
   */
  public Hub rejoin(Host host) {
    isolated.remove(host);
    return this;
  }

  @Override
  boolean isolated(VirtualInterface port) {
    return isolated.contains(port.host());
  }

  @Override
  Hub self() {
    return this;
  }
}
