package org.macsec4j.mka.wire;

import java.util.Objects;
import org.macsec4j.mka.MemberIdentifier;

/**
 * A peer as a participant lists it (IEEE 802.1X 11.11, figure 11-9).
 *
 * @param memberIdentifier the peer's member identifier
 * @param messageNumber the greatest message number received from it, 0..2^32 - 1
 */
public record PeerEntry(MemberIdentifier memberIdentifier, long messageNumber) {
  /**
   * Checks the ranges.
   *
   * @param memberIdentifier the peer's member identifier
   * @param messageNumber the greatest message number received from it, 0..2^32 - 1
   */
  public PeerEntry {
    Objects.requireNonNull(memberIdentifier, "memberIdentifier");
    Ranges.check("a message number", messageNumber, Ranges.MAX_U32);
  }
}
