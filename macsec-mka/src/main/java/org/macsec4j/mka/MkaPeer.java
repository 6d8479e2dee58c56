package org.macsec4j.mka;

import java.util.Objects;
import java.util.Optional;
import org.macsec4j.Sci;

/**
 * A peer as it was when the status was taken (IEEE 802.1X 9.4).
 *
 * @param sci its SCI
 * @param memberIdentifier its member identifier
 * @param messageNumber the last message number received, 1..2^32 - 1
 * @param keyServerPriority its priority, 0..255
 * @param live whether it proved that it receives us; otherwise it is potential
 * @param kmd the key management domain that it announces (802.1X 12.6), control characters
 *     replaced; empty when it announces none, or one of more than 253 octets
 * @param nid the network identity that it announces (802.1X 10.1), control characters replaced;
 *     empty when it announces none, or one of more than 100 octets
 */
public record MkaPeer(
    Sci sci,
    MemberIdentifier memberIdentifier,
    long messageNumber,
    int keyServerPriority,
    boolean live,
    Optional<String> kmd,
    Optional<String> nid) {
  /**
   * Checks that no component is null.
   *
   * @param sci its SCI
   * @param memberIdentifier its member identifier
   * @param messageNumber the last message number received, 1..2^32 - 1
   * @param keyServerPriority its priority, 0..255
   * @param live whether it proved that it receives us
   * @param kmd the key management domain that it announces
   * @param nid the network identity that it announces
   */
  public MkaPeer {
    Objects.requireNonNull(sci, "sci");
    Objects.requireNonNull(memberIdentifier, "memberIdentifier");
    Objects.requireNonNull(kmd, "kmd");
    Objects.requireNonNull(nid, "nid");
  }
}
