package org.macsec4j.mka.engine;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.mka.MkaConfig;

/**
 * Which suite and offset a key server hands out: the first configured suite that our SecY did not
 * refuse and that no live peer's announcement leaves out. A peer that announces nothing is taken to
 * do what is configured here.
 *
 * @param suite the suite
 * @param offset the offset
 */
record SuiteChoice(CipherSuite suite, ConfidentialityOffset offset) {
  static Optional<SuiteChoice> choose(
      MkaConfig config, Set<CipherSuite> refused, Collection<Peer> live) {
    return config.cipherSuites().stream()
        .filter(suite -> !refused.contains(suite) && allCan(suite, live))
        .findFirst()
        .map(suite -> new SuiteChoice(suite, offset(config, suite, live)));
  }

  static boolean allCan(CipherSuite suite, Collection<Peer> live) {
    for (Peer peer : live) {
      Set<CipherSuite> announced = peer.announced();
      if (announced != null && !announced.contains(suite)) {
        return false;
      }
    }
    return true;
  }

  /** The configured offset, unless the suite or a peer cannot do it: then none, if that can be. */
  private static ConfidentialityOffset offset(
      MkaConfig config, CipherSuite suite, Collection<Peer> live) {
    ConfidentialityOffset wanted = config.confidentialityOffset();
    if (suite.isXpn() && wanted.octets() > 0) {
      wanted = ConfidentialityOffset.OFFSET_0;
    }
    for (Peer peer : live) {
      if (!peer.basic().macsecCapability().supports(wanted)) {
        boolean atZero = peer.basic().macsecCapability().supports(ConfidentialityOffset.OFFSET_0);
        wanted =
            atZero && wanted.isConfidential()
                ? ConfidentialityOffset.OFFSET_0
                : ConfidentialityOffset.NO_CONFIDENTIALITY;
      }
    }
    return wanted;
  }
}
