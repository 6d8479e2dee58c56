package org.macsec4j.netlink.ethtool;

import java.util.Set;

/**
 * The features of an interface, by their names, as {@code ethtool -k} prints them. A name that is
 * in none of the sets is off, or this kernel does not have it; {@link Ethtool#featureNames} tells
 * which.
 *
 * @param index the interface's number
 * @param name the interface's name
 * @param changeable those that can be switched, {@code hw}
 * @param wanted those that somebody asked for
 * @param active those that are on
 * @param neverChanged those that can never be switched, {@code nochange}
 */
public record DeviceFeatures(
    int index,
    String name,
    Set<String> changeable,
    Set<String> wanted,
    Set<String> active,
    Set<String> neverChanged) {

  /**
   * Copies the sets.
   *
   * @param index the interface's number
   * @param name the interface's name
   * @param changeable those that can be switched
   * @param wanted those that somebody asked for
   * @param active those that are on
   * @param neverChanged those that can never be switched
   */
  public DeviceFeatures {
    changeable = Set.copyOf(changeable);
    wanted = Set.copyOf(wanted);
    active = Set.copyOf(active);
    neverChanged = Set.copyOf(neverChanged);
  }

  /**
   * Whether a feature stays as it is, what {@code ethtool -k} prints as {@code [fixed]}.
   *
   * @param feature its name
   * @return true when it is not changeable, or never
   */
  public boolean isFixed(String feature) {
    return !changeable.contains(feature) || neverChanged.contains(feature);
  }
}
