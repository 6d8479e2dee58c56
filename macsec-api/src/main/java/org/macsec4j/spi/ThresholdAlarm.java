package org.macsec4j.spi;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.macsec4j.AssociationNumber;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.PacketNumberThreshold;
import org.macsec4j.SecyEvent;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSaSnapshot;

/**
 * Tells one listener of a backend's watch when transmit SAs reach a packet number threshold, once
 * for each SA and key. The backend shows it every SecY whose numbers may have moved.
 *
 * <p>An SA that is beyond the threshold when it is seen first is told of too: whoever begins to
 * watch late, or looks seldom, must not miss it. Not for several threads.
 */
public final class ThresholdAlarm {
  private final PacketNumberThreshold threshold;
  private final Consumer<? super SecyEvent> listener;
  private final Map<Integer, Set<Place>> told = new HashMap<>();

  /** The key is part of it: another key begins anew. */
  private record Place(AssociationNumber an, KeyIdentifier key) {}

  /**
   * An alarm that has told nothing yet.
   *
   * @param threshold when to tell
   * @param listener whom to tell
   */
  public ThresholdAlarm(PacketNumberThreshold threshold, Consumer<? super SecyEvent> listener) {
    this.threshold = Objects.requireNonNull(threshold, "threshold");
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  /**
   * When this alarm tells.
   *
   * @return the threshold
   */
  public PacketNumberThreshold threshold() {
    return threshold;
  }

  /**
   * Looks at a SecY, and tells of each SA that is beyond the threshold and was not when it was
   * looked at last.
   *
   * @param secy the SecY as it is now
   */
  public void look(SecySnapshot secy) {
    Set<Place> before = told.getOrDefault(secy.id().index(), Set.of());
    Set<Place> now = new HashSet<>();
    for (TransmitSaSnapshot sa : secy.transmitSc().sas()) {
      Place place = new Place(sa.an(), sa.key());
      if (threshold.isReached(secy.config().cipherSuite(), sa)) {
        now.add(place);
        if (!before.contains(place)) {
          listener.accept(
              new SecyEvent.PacketNumberThresholdReached(secy.id(), sa.an(), sa.nextPn()));
        }
      }
    }
    told.put(secy.id().index(), now);
  }

  /**
   * A SecY is gone; another one may come under its number.
   *
   * @param secy which SecY
   */
  public void forget(SecyId secy) {
    told.remove(secy.index());
  }
}
