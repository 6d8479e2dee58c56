package org.macsec4j.mka.runtime;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.macsec4j.AssociationNumber;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.PacketNumber;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSaCounter;
import org.macsec4j.TransmitSaSnapshot;

/**
 * How far the packet numbers of a SecY can be that hardware protects. Most drivers tell the number
 * that was set once. What was sent since is what the SA counted, where the hardware counts, and
 * else at most what the interface below sent; so a key may be replaced too early, and never too
 * late.
 *
 * <p>Not for several threads.
 */
final class HiddenNumbers {
  /**
   * Where the count of an SA begins.
   *
   * @param key its key
   * @param told the packet number that was told
   * @param counted what the SA had counted then
   * @param frames how many frames the interface below had sent, at the look before
   */
  private record Begin(KeyIdentifier key, PacketNumber told, long counted, long frames) {}

  private final Map<AssociationNumber, Begin> begins = new EnumMap<>(AssociationNumber.class);
  private long framesSent;

  /** An SA that is seen next was not there when so many frames had been sent. */
  HiddenNumbers(long framesSent) {
    this.framesSent = framesSent;
  }

  /** Looks at a SecY, and at how many frames the interface below had sent then or later. */
  void look(SecySnapshot secy, long sentNow) {
    for (AssociationNumber an : AssociationNumber.values()) {
      Optional<TransmitSaSnapshot> sa = secy.transmitSc().sa(an);
      if (sa.isPresent()) {
        look(sa.get());
      } else {
        begins.remove(an);
      }
    }
    framesSent = sentNow;
  }

  private void look(TransmitSaSnapshot sa) {
    Begin begin = begins.get(sa.an());
    if (begin == null || !begin.key.equals(sa.key())) {
      begins.put(sa.an(), new Begin(sa.key(), sa.nextPn(), 0, framesSent));
    } else if (!begin.told.equals(sa.nextPn())) {
      // The hardware does tell, or somebody raised the number.
      long counted = counted(sa).orElse(0);
      begins.put(sa.an(), new Begin(sa.key(), sa.nextPn(), counted, framesSent));
    }
  }

  /** The greatest number that an SA, seen in the last look, can be at. */
  PacketNumber atMost(TransmitSaSnapshot sa) {
    Begin begin = begins.get(sa.an());
    if (begin == null) {
      return sa.nextPn();
    }
    OptionalLong counted = counted(sa);
    long sent =
        counted.isPresent() ? counted.getAsLong() - begin.counted : framesSent - begin.frames;
    long number = begin.told.value() + Math.max(0, sent);
    boolean beyond = Long.compareUnsigned(number, begin.told.value()) < 0;
    return beyond ? PacketNumber.MAX_64 : PacketNumber.of(number);
  }

  private static OptionalLong counted(TransmitSaSnapshot sa) {
    OptionalLong plain = sa.counters().get(TransmitSaCounter.OUT_PKTS_PROTECTED);
    OptionalLong secret = sa.counters().get(TransmitSaCounter.OUT_PKTS_ENCRYPTED);
    return plain.isEmpty() && secret.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(plain.orElse(0) + secret.orElse(0));
  }
}
