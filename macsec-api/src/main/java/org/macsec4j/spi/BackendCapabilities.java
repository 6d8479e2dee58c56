package org.macsec4j.spi;

import java.util.Set;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;

/**
 * What a backend can do at all; whether one interface can is known only when it is tried.
 *
 * @param cipherSuites the suites
 * @param confidentialityOffsets the offsets
 * @param changesCipherSuite whether a SecY's suite can change while it exists
 */
public record BackendCapabilities(
    Set<CipherSuite> cipherSuites,
    Set<ConfidentialityOffset> confidentialityOffsets,
    boolean changesCipherSuite) {

  /**
   * Copies the sets.
   *
   * @param cipherSuites the suites
   * @param confidentialityOffsets the offsets
   * @param changesCipherSuite whether a SecY's suite can change while it exists
   */
  public BackendCapabilities {
    cipherSuites = Set.copyOf(cipherSuites);
    confidentialityOffsets = Set.copyOf(confidentialityOffsets);
  }
}
