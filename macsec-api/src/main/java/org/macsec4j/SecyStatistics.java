package org.macsec4j;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counters of a SecY and of all below it, at one moment (IEEE 802.1AE figure 10-5).
 *
 * @param secy the SecY's own
 * @param transmitSc the transmit channel's
 * @param transmitSas each transmit SA's
 * @param receiveScs each receive channel's, by SCI
 */
public record SecyStatistics(
    Counters<SecyCounter> secy,
    Counters<TransmitScCounter> transmitSc,
    Map<AssociationNumber, Counters<TransmitSaCounter>> transmitSas,
    Map<Sci, ReceiveScStatistics> receiveScs) {

  /**
   * The counters of a receive channel and of its SAs.
   *
   * @param counters the channel's own
   * @param sas each SA's
   */
  public record ReceiveScStatistics(
      Counters<ReceiveScCounter> counters,
      Map<AssociationNumber, Counters<ReceiveSaCounter>> sas) {}

  static SecyStatistics of(SecySnapshot snapshot) {
    Map<AssociationNumber, Counters<TransmitSaCounter>> transmitSas =
        new EnumMap<>(AssociationNumber.class);
    snapshot.transmitSc().sas().forEach(sa -> transmitSas.put(sa.an(), sa.counters()));
    Map<Sci, ReceiveScStatistics> receiveScs = new TreeMap<>();
    snapshot.receiveScs().forEach(sc -> receiveScs.put(sc.sci(), of(sc)));
    return new SecyStatistics(
        snapshot.counters(),
        snapshot.transmitSc().counters(),
        Collections.unmodifiableMap(transmitSas),
        Collections.unmodifiableMap(receiveScs));
  }

  private static ReceiveScStatistics of(ReceiveScSnapshot sc) {
    Map<AssociationNumber, Counters<ReceiveSaCounter>> sas = new EnumMap<>(AssociationNumber.class);
    sc.sas().forEach(sa -> sas.put(sa.an(), sa.counters()));
    return new ReceiveScStatistics(sc.counters(), Collections.unmodifiableMap(sas));
  }
}
