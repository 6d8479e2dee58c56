package org.macsec4j.netlink;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Sci;
import org.macsec4j.TransmitSa;

/**
 * New SAs for a SecY that is in use, to be taken as a whole or not at all.
 *
 * <p>So that no frame is lost, every peer has to have the new receive SAs before anybody sends with
 * them: rotate everywhere with receive SAs alone, then everywhere with the transmit SA.
 *
 * @param receive a new receive SA for each peer; the channels are there
 * @param transmit the new transmit SA, with another association number than the one in use
 */
public record SaRotation(Map<Sci, ReceiveSa> receive, Optional<TransmitSa> transmit) {
  /**
   * Copies the map, which keeps its order.
   *
   * @param receive a new receive SA for each peer
   * @param transmit the new transmit SA
   */
  public SaRotation {
    receive = Collections.unmodifiableMap(new LinkedHashMap<>(receive));
    Objects.requireNonNull(transmit, "transmit");
  }

  /**
   * A rotation of nothing, to be filled.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Makes a {@link SaRotation}. Not for several threads. */
  public static final class Builder {
    private final Map<Sci, ReceiveSa> receive = new LinkedHashMap<>();
    private @Nullable TransmitSa transmit;

    private Builder() {}

    /**
     * Adds the new receive SA of a peer.
     *
     * @param peer the SCI of its channel
     * @param sa the SA
     * @return this builder
     */
    public Builder receive(Sci peer, ReceiveSa sa) {
      receive.put(Objects.requireNonNull(peer, "peer"), Objects.requireNonNull(sa, "sa"));
      return this;
    }

    /**
     * Sets the new transmit SA.
     *
     * @param sa the SA
     * @return this builder
     */
    public Builder transmit(TransmitSa sa) {
      transmit = Objects.requireNonNull(sa, "sa");
      return this;
    }

    /**
     * Makes the rotation.
     *
     * @return an immutable rotation
     */
    public SaRotation build() {
      return new SaRotation(receive, Optional.ofNullable(transmit));
    }
  }
}
