package org.macsec4j.mka.engine;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.mka.MkaConfig;

/**
 * Which suite and offset a key server hands out: the first configured suite that our SecY did not
 * refuse and that every live peer can do. A peer that announces nothing is taken to do what is
 * configured to be assumed, less what it ignored. A suite that is ignored for other reasons than
 * that the peer cannot do it would be lost in this way; so when none is left, all that were ignored
 * are tried again.
 *
 * @param suite the suite
 * @param offset the offset
 */
record SuiteChoice(CipherSuite suite, ConfidentialityOffset offset) {
  static Optional<SuiteChoice> choose(
      MkaConfig config, Set<CipherSuite> refused, Collection<Peer> live) {
    Optional<SuiteChoice> choice = first(config, refused, live);
    boolean forgiven = false;
    if (choice.isEmpty()) {
      for (Peer peer : live) {
        forgiven |= peer.forgiveIgnored();
      }
    }
    return forgiven ? first(config, refused, live) : choice;
  }

  private static Optional<SuiteChoice> first(
      MkaConfig config, Set<CipherSuite> refused, Collection<Peer> live) {
    return config.cipherSuites().stream()
        .filter(suite -> !refused.contains(suite) && allCan(config, suite, live))
        .findFirst()
        .map(suite -> new SuiteChoice(suite, offset(config, suite, live)));
  }

  static boolean allCan(MkaConfig config, CipherSuite suite, Collection<Peer> live) {
    List<CipherSuite> assumed = config.assumedCipherSuites();
    for (Peer peer : live) {
      if (!peer.canDo(suite, assumed)) {
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
      if (!peer.macsecCapability().supports(wanted)) {
        boolean atZero = peer.macsecCapability().supports(ConfidentialityOffset.OFFSET_0);
        wanted =
            atZero && wanted.isConfidential()
                ? ConfidentialityOffset.OFFSET_0
                : ConfidentialityOffset.NO_CONFIDENTIALITY;
      }
    }
    return wanted;
  }
}
