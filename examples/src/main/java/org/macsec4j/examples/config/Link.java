package org.macsec4j.examples.config;

import java.util.ArrayList;
import java.util.List;
import org.macsec4j.mka.MkaConfig;

/**
 * A link that a file asks for.
 *
 * @param interfaceName the interface that is to be secured
 * @param mka how
 * @param offload whether by hardware
 */
public record Link(String interfaceName, MkaConfig mka, Offload offload) {
  /**
   * A link in software.
   *
   * @param interfaceName the interface that is to be secured
   * @param mka how
   */
  public Link(String interfaceName, MkaConfig mka) {
    this(interfaceName, mka, Offload.NONE);
  }

  /**
   * What another file asks for differently, the keys aside.
   *
   * @param next the same link in the other file
   * @return each such setting with both values; empty when there is none
   */
  public List<String> changes(Link next) {
    return withOffload(MacsecFormat.differingKnobs(mka, next.mka), next);
  }

  /** What of this link another one lacks. */
  List<String> differences(Link other) {
    return withOffload(MacsecFormat.differences(mka, other.mka), other);
  }

  private List<String> withOffload(List<String> knobs, Link other) {
    List<String> all = new ArrayList<>(knobs);
    if (!offload.equals(other.offload)) {
      all.add(MacsecFormat.OFFLOAD + " = " + offload + " becomes " + other.offload);
    }
    return all;
  }
}
