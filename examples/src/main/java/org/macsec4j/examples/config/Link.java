package org.macsec4j.examples.config;

import java.util.List;
import org.macsec4j.mka.MkaConfig;

/**
 * A link that a file asks for.
 *
 * @param interfaceName the interface that is to be secured
 * @param mka how
 */
public record Link(String interfaceName, MkaConfig mka) {
  /**
   * What another file asks for differently, the keys aside.
   *
   * @param next the same link in the other file
   * @return each such setting with both values; empty when there is none
   */
  public List<String> changes(Link next) {
    return MacsecFormat.differingKnobs(mka, next.mka);
  }
}
