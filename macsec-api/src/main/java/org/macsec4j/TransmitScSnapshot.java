package org.macsec4j;

import java.util.List;
import java.util.Optional;

/**
 * The transmit SC as observed.
 *
 * @param sci its SCI
 * @param encodingSa the SA that frames are sent with
 * @param sas the SAs, by association number
 * @param counters what the channel counted, over all its SAs
 */
public record TransmitScSnapshot(
    Sci sci,
    AssociationNumber encodingSa,
    List<TransmitSaSnapshot> sas,
    Counters<TransmitScCounter> counters) {

  /**
   * Copies the list.
   *
   * @param sci its SCI
   * @param encodingSa the SA that frames are sent with
   * @param sas the SAs, by association number
   * @param counters what the channel counted, over all its SAs
   */
  public TransmitScSnapshot {
    sas = List.copyOf(sas);
  }

  /**
   * The SA of a number.
   *
   * @param an the association number
   * @return the SA, empty when none is installed
   */
  public Optional<TransmitSaSnapshot> sa(AssociationNumber an) {
    return sas.stream().filter(sa -> sa.an() == an).findFirst();
  }
}
