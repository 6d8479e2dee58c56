package org.macsec4j.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.Counters;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.PacketNumber;
import org.macsec4j.PacketNumberThreshold;
import org.macsec4j.TransmitSaSnapshot;

class WatchPaceTest {
  private static final long SECOND = 1_000_000_000L;

  /** The most frames of 64 octets in a second on a link of 10 Gbit/s. */
  private static final long FULL_RATE = 14_880_952;

  private static TransmitSaSnapshot sa(String key, long nextPn) {
    return new TransmitSaSnapshot(
        AssociationNumber.AN_0,
        KeyIdentifier.parse(key),
        PacketNumber.of(nextPn),
        Optional.empty(),
        true,
        Counters.absent());
  }

  private static long delay(CipherSuite suite, long was, long now, long... thresholds) {
    List<PacketNumberThreshold> wanted =
        java.util.Arrays.stream(thresholds)
            .mapToObj(PacketNumber::of)
            .map(
                pn ->
                    suite.isXpn()
                        ? PacketNumberThreshold.DEFAULT.withXpn(pn)
                        : PacketNumberThreshold.DEFAULT.withPn(pn))
            .toList();
    return WatchPace.delayMillis(suite, sa("01", was), sa("01", now), SECOND, wanted);
  }

  @Test
  void nothingPressesWhileNumbersLastLong() {
    assertThat(delay(CipherSuite.GCM_AES_128, 1, FULL_RATE)).isEqualTo(1000);
    assertThat(delay(CipherSuite.GCM_AES_128, 5, 5, 10)).isEqualTo(1000);
    assertThat(delay(CipherSuite.GCM_AES_128, 5, 0, 10)).isEqualTo(1000);
    assertThat(
            WatchPace.delayMillis(
                CipherSuite.GCM_AES_128, sa("01", 1), sa("02", 0xFFFF_FFF0L), SECOND, List.of()))
        .isEqualTo(1000);
  }

  @Test
  void theEndIsLookedAtEightTimesAhead() {
    // Four seconds are left at this rate.
    long now = 0xFFFF_FFFFL - 4 * FULL_RATE;
    assertThat(delay(CipherSuite.GCM_AES_128, now - FULL_RATE, now)).isEqualTo(500);
    assertThat(delay(CipherSuite.GCM_AES_128, 0xFFFF_0000L, 0xFFFF_FFFEL)).isEqualTo(50);
  }

  @Test
  void theNearestThresholdThatIsNotReachedCounts() {
    long threshold = 0xC000_0000L;
    long now = threshold - 4 * FULL_RATE;
    CipherSuite suite = CipherSuite.GCM_AES_256;
    assertThat(delay(suite, now - FULL_RATE, now, threshold)).isEqualTo(500);
    assertThat(delay(suite, now - FULL_RATE, now, threshold, threshold - 2 * FULL_RATE))
        .isEqualTo(250);
    assertThat(delay(suite, threshold, threshold + FULL_RATE, threshold)).isEqualTo(1000);
  }

  @Test
  void extendedNumbersAreCountedExactly() {
    long threshold = 0xC000_0000_0000_0000L;
    long now = threshold - 4 * FULL_RATE;
    CipherSuite suite = CipherSuite.GCM_AES_XPN_256;
    assertThat(delay(suite, now - FULL_RATE, now, threshold)).isEqualTo(500);
    assertThat(delay(suite, 1, FULL_RATE)).isEqualTo(1000);
  }
}
