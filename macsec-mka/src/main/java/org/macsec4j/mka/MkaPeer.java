package org.macsec4j.mka;

import java.util.Objects;
import org.macsec4j.Sci;

/**
 * A peer as it was when the status was taken (IEEE 802.1X 9.4).
 *
 * @param sci its SCI
 * @param memberIdentifier its member identifier
 * @param messageNumber the last message number received, 1..2^32 - 1
 * @param keyServerPriority its priority, 0..255
 * @param live whether it proved that it receives us; otherwise it is potential
 */
public record MkaPeer(
    Sci sci,
    MemberIdentifier memberIdentifier,
    long messageNumber,
    int keyServerPriority,
    boolean live) {
  /**
   * Checks that no component is null.
   *
   * @param sci its SCI
   * @param memberIdentifier its member identifier
   * @param messageNumber the last message number received, 1..2^32 - 1
   * @param keyServerPriority its priority, 0..255
   * @param live whether it proved that it receives us
   */
  public MkaPeer {
    Objects.requireNonNull(sci, "sci");
    Objects.requireNonNull(memberIdentifier, "memberIdentifier");
  }
}
