package org.macsec4j;

import java.util.Optional;

/**
 * A receive SA as observed; the key itself is never read back.
 *
 * @param an which SA of the channel
 * @param key the identifier of its key
 * @param nextPn the number after the greatest that validated
 * @param lowestPn the lowest number that is accepted; empty when the backend does not tell it
 * @param ssci its SSCI, with an XPN suite
 * @param enabled whether it may receive
 * @param counters what it counted
 */
public record ReceiveSaSnapshot(
    AssociationNumber an,
    KeyIdentifier key,
    PacketNumber nextPn,
    Optional<PacketNumber> lowestPn,
    Optional<Ssci> ssci,
    boolean enabled,
    Counters<ReceiveSaCounter> counters) {}
