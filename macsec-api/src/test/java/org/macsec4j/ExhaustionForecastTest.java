package org.macsec4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExhaustionForecastTest {
  private static final SecyId SECY = new SecyId(1, "macsec0");
  private static final long SECOND = 1_000_000_000L;

  private final ExhaustionForecast forecast = new ExhaustionForecast();

  private Optional<Duration> at(String key, long nextPn, long seconds, CipherSuite suite) {
    TransmitSaSnapshot sa =
        new TransmitSaSnapshot(
            AssociationNumber.AN_0,
            KeyIdentifier.parse(key),
            PacketNumber.of(nextPn),
            Optional.empty(),
            true,
            Counters.absent());
    return forecast.timeLeft(SECY, sa, suite, seconds * SECOND);
  }

  @Test
  void tellsTheTimeLeftFromTheRateSeen() {
    assertThat(at("01", 1, 0, CipherSuite.GCM_AES_128)).isEmpty();
    assertThat(at("01", 1, 5, CipherSuite.GCM_AES_128)).isEmpty();

    // 2^31 numbers in ten seconds leave 2^31 - 2 for almost ten more.
    assertThat(at("01", 1 + (1L << 31), 10, CipherSuite.GCM_AES_128))
        .hasValueSatisfying(
            left -> assertThat(left).isBetween(Duration.ofMillis(9999), Duration.ofSeconds(10)));
    assertThat(at("01", 0xFFFF_FFFFL, 20, CipherSuite.GCM_AES_128)).contains(Duration.ZERO);
  }

  @Test
  void countsAnewUnderAnotherKeyAndAfterASecyIsGone() {
    at("01", 1000, 0, CipherSuite.GCM_AES_128);
    assertThat(at("02", 1, 1, CipherSuite.GCM_AES_128)).isEmpty();
    assertThat(at("02", 2, 2, CipherSuite.GCM_AES_128)).isPresent();
    forecast.forget(SECY);
    assertThat(at("02", 3, 3, CipherSuite.GCM_AES_128)).isEmpty();
  }

  @Test
  void readsExtendedNumbersAsUnsigned() {
    at("01", 1, 0, CipherSuite.GCM_AES_XPN_128);

    assertThat(at("01", Long.MIN_VALUE, 10, CipherSuite.GCM_AES_XPN_128))
        .hasValueSatisfying(
            left -> assertThat(left).isBetween(Duration.ofMillis(9999), Duration.ofSeconds(10)));
  }
}
