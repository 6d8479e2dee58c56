package org.macsec4j;

import java.util.List;
import java.util.Optional;

/**
 * A SecY as observed at one moment: what it is, its channels and associations, and its counters.
 *
 * @param id what the backend calls it
 * @param config its configuration as it is now
 * @param up whether the secured interface (the controlled port) is enabled
 * @param operational whether frames can be sent: the encoding SA is installed and enabled
 * @param offload who protects the frames
 * @param transmitSc the transmit channel
 * @param receiveScs the receive channels, by SCI
 * @param counters what the SecY counted beside its channels
 */
public record SecySnapshot(
    SecyId id,
    SecyConfig config,
    boolean up,
    boolean operational,
    OffloadMode offload,
    TransmitScSnapshot transmitSc,
    List<ReceiveScSnapshot> receiveScs,
    Counters<SecyCounter> counters) {

  /**
   * Copies the list.
   *
   * @param id what the backend calls it
   * @param config its configuration as it is now
   * @param up whether the secured interface (the controlled port) is enabled
   * @param operational whether frames can be sent: the encoding SA is installed and enabled
   * @param offload who protects the frames
   * @param transmitSc the transmit channel
   * @param receiveScs the receive channels, by SCI
   * @param counters what the SecY counted beside its channels
   */
  public SecySnapshot {
    receiveScs = List.copyOf(receiveScs);
  }

  /**
   * The receive channel of a peer.
   *
   * @param sci the peer's SCI
   * @return the channel, empty when there is none
   */
  public Optional<ReceiveScSnapshot> receiveSc(Sci sci) {
    return receiveScs.stream().filter(sc -> sc.sci().equals(sci)).findFirst();
  }

  /**
   * The counters alone.
   *
   * @return the counters of the SecY and all below it
   */
  public SecyStatistics statistics() {
    return SecyStatistics.of(this);
  }
}
