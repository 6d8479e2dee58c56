package org.macsec4j.testkit.simulation;

import java.util.Set;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacAddress;
import org.macsec4j.Sci;
import org.macsec4j.mka.MkaConfig;

/**
 * What a host is when its world begins.
 *
 * @param name one letter
 * @param number its place in the world, from 0
 * @param group whose keys it has; hosts of another group are strangers to it
 * @param config how its MKA is set up, keys included
 * @param manner how it speaks
 * @param commandNanos how long its SecY takes for a command when nothing is wrong
 * @param lacking suites that are configured and announced, but that its SecY cannot do
 */
record HostSpec(
    String name,
    int number,
    int group,
    MkaConfig config,
    Dialect.Manner manner,
    long commandNanos,
    Set<CipherSuite> lacking) {
  private static final long FIRST_ADDRESS = 0x0200_0000_0000L;

  MacAddress mac() {
    // The order of addresses is not that of names, so that names tell nothing of who leads.
    return new MacAddress(FIRST_ADDRESS + ((number * 5L + 3) % 8 << 8) + number + 1);
  }

  Sci sci() {
    return new Sci(mac(), config.sciPort());
  }

  @Override
  public String toString() {
    return name
        + " "
        + sci()
        + " group "
        + group
        + " v"
        + config.mkaVersion()
        + " prio "
        + config.keyServerPriority()
        + " "
        + config.cipherSuites()
        + " "
        + config.confidentialityOffset()
        + " replay "
        + config.replayProtection()
        + manner
        + (lacking.isEmpty() ? "" : " cannot do " + lacking)
        + (commandNanos > 0 ? " commands take " + commandNanos / Schedule.MICROS + " us" : "");
  }
}
