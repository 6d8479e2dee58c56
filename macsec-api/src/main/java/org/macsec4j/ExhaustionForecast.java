package org.macsec4j;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells from two readings of a transmit SA when its packet numbers will be used up.
 *
 * <p>A backend knows the next packet number but not when the SA was installed, so the rate is what
 * was seen between the first reading under a key and the present one. The readings live here, in
 * the front door's keeping, because handles come and go.
 */
final class ExhaustionForecast {
  private record Sample(KeyIdentifier key, PacketNumber nextPn, long nanos) {}

  private final Map<SecyId, Sample> first = new ConcurrentHashMap<>();

  /** The time left; empty at the first reading under a key, or when nothing was sent since. */
  Optional<Duration> timeLeft(SecyId secy, TransmitSaSnapshot sa, CipherSuite suite, long nanos) {
    Sample now = new Sample(sa.key(), sa.nextPn(), nanos);
    Sample before = first.merge(secy, now, (old, fresh) -> old.key.equals(fresh.key) ? old : fresh);
    BigInteger sent = unsigned(now.nextPn).subtract(unsigned(before.nextPn));
    long elapsed = nanos - before.nanos;
    if (sent.signum() <= 0 || elapsed <= 0) {
      return Optional.empty();
    }
    BigInteger left =
        unsigned(suite.maxPacketNumber()).subtract(unsigned(now.nextPn)).max(BigInteger.ZERO);
    BigInteger nanosLeft = left.multiply(BigInteger.valueOf(elapsed)).divide(sent);
    BigInteger[] seconds = nanosLeft.divideAndRemainder(BigInteger.valueOf(1_000_000_000L));
    return Optional.of(
        Duration.ofSeconds(
            seconds[0].min(BigInteger.valueOf(Long.MAX_VALUE)).longValue(),
            seconds[1].longValue()));
  }

  void forget(SecyId secy) {
    first.remove(secy);
  }

  private static BigInteger unsigned(PacketNumber pn) {
    return new BigInteger(Long.toUnsignedString(pn.value()));
  }
}
