package org.macsec4j.examples.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.macsec4j.AssociationNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Sci;
import org.macsec4j.SecyConfig;
import org.macsec4j.TransmitSa;

/**
 * A link with static keys that a file asks for: a SecY, and the SAs that it is to have.
 *
 * @param secy the SecY, with a name
 * @param encodingSa which transmit SA sends
 * @param transmitSas the transmit SAs, by association number
 * @param receiveScs the receive channels in the order of the file, each with its SAs
 */
public record StaticLink(
    SecyConfig secy,
    AssociationNumber encodingSa,
    List<TransmitSa> transmitSas,
    Map<Sci, List<ReceiveSa>> receiveScs) {

  /**
   * The name of the secured interface.
   *
   * @return the name
   */
  public String name() {
    return secy.name().orElseThrow();
  }

  /** Whether it can send: the SA that is to do so is there and on. */
  boolean sends() {
    return transmitSas.stream().anyMatch(sa -> sa.an() == encodingSa && sa.enabled());
  }

  /**
   * All that it asks for, without the keys.
   *
   * @return a line each for the SecY, the channels and the SAs
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(secy.toString());
    for (TransmitSa sa : transmitSas) {
      String line = "transmit SA " + sa.an() + " " + onOrOff(sa.enabled()) + ", ";
      String sends = sa.an() == encodingSa ? ", sends" : "";
      lines.add(line + sa.key() + ", from packet number " + sa.nextPn() + sends);
    }
    receiveScs.forEach(
        (sci, sas) -> {
          lines.add("receive channel " + sci);
          for (ReceiveSa sa : sas) {
            String line = "receive SA " + sa.an() + " of " + sci + " " + onOrOff(sa.enabled());
            lines.add(line + ", " + sa.key() + ", from packet number " + sa.lowestPn());
          }
        });
    return lines;
  }

  private static String onOrOff(boolean enabled) {
    return enabled ? "on" : "off";
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return String.join("; ", lines());
  }
}
