package org.macsec4j;

/**
 * A counter of IEEE 802.1AE figure 10-5 under its standard name; five enums, one for each object
 * that counts.
 */
public sealed interface Counter
    permits SecyCounter, TransmitScCounter, TransmitSaCounter, ReceiveScCounter, ReceiveSaCounter {
  /**
   * The name that the standard prints.
   *
   * @return for instance {@code InPktsNoSCI}
   */
  String standardName();

  /**
   * Spells a constant as the standard does: {@code IN_PKTS_NO_SCI} is {@code InPktsNoSCI}.
   *
   * @param constant the name of an enum constant
   * @return the standard's spelling
   */
  static String spell(String constant) {
    StringBuilder name = new StringBuilder();
    for (String word : constant.split("_", -1)) {
      boolean acronym = word.equals("SCI") || word.equals("SA") || word.equals("OK");
      name.append(word.charAt(0))
          .append(
              acronym ? word.substring(1) : word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return name.toString();
  }
}
