package org.macsec4j.testkit.simulation;

/**
 * A fault that no world may have: planted by tests, to see that the rule which it breaks is really
 * watched. Real worlds have {@link #NONE}.
 */
interface Sabotage {
  Sabotage NONE = new Sabotage() {};

  /** What stands between a host and its SecY. */
  default DataPlane plant(World world, HostSpec host, DataPlane genuine) {
    return genuine;
  }

  /** Whether the wire keeps a frame, even where nothing is said to be wrong with it. */
  default boolean swallows(SimulatedHost from, SimulatedHost to, byte[] frame, long now) {
    return false;
  }
}
