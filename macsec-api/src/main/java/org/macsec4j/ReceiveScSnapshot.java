package org.macsec4j;

import java.util.List;
import java.util.Optional;

/**
 * A receive SC as observed.
 *
 * @param sci the peer's SCI
 * @param enabled whether it may receive
 * @param sas the SAs, by association number
 * @param counters what the channel counted, over all its SAs
 */
public record ReceiveScSnapshot(
    Sci sci, boolean enabled, List<ReceiveSaSnapshot> sas, Counters<ReceiveScCounter> counters) {

  /**
   * Copies the list.
   *
   * @param sci the peer's SCI
   * @param enabled whether it may receive
   * @param sas the SAs, by association number
   * @param counters what the channel counted, over all its SAs
   */
  public ReceiveScSnapshot {
    sas = List.copyOf(sas);
  }

  /**
   * The SA of a number.
   *
   * @param an the association number
   * @return the SA, empty when none is installed
   */
  public Optional<ReceiveSaSnapshot> sa(AssociationNumber an) {
    return sas.stream().filter(sa -> sa.an() == an).findFirst();
  }
}
