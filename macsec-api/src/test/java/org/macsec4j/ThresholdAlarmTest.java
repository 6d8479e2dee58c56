package org.macsec4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.spi.ThresholdAlarm;

class ThresholdAlarmTest {
  private static final SecyId SECY = new SecyId(1, "macsec0");
  private static final AssociationNumber AN_0 = AssociationNumber.AN_0;
  private static final AssociationNumber AN_1 = AssociationNumber.AN_1;

  private final List<SecyEvent> events = new ArrayList<>();
  private final ThresholdAlarm alarm =
      new ThresholdAlarm(PacketNumberThreshold.DEFAULT, events::add);

  private static TransmitSaSnapshot sa(AssociationNumber an, String key, long nextPn) {
    return new TransmitSaSnapshot(
        an,
        KeyIdentifier.parse(key),
        PacketNumber.of(nextPn),
        Optional.empty(),
        true,
        Counters.absent());
  }

  private static SecySnapshot secy(CipherSuite suite, TransmitSaSnapshot... sas) {
    return new SecySnapshot(
        SECY,
        SecyConfig.on("eth0").name("macsec0").cipherSuite(suite).build(),
        true,
        true,
        OffloadMode.SOFTWARE,
        new TransmitScSnapshot(
            Sci.parse("020000000a010001"), AN_0, Arrays.asList(sas), Counters.absent()),
        List.of(),
        Counters.absent());
  }

  private void look(TransmitSaSnapshot... sas) {
    alarm.look(secy(CipherSuite.GCM_AES_128, sas));
  }

  private static SecyEvent reached(AssociationNumber an, long nextPn) {
    return new SecyEvent.PacketNumberThresholdReached(SECY, an, PacketNumber.of(nextPn));
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void tellsOnceWhenThreeQuartersAreUsed(CipherSuite suite) {
    long threshold = suite.isXpn() ? 0xC000_0000_0000_0000L : 0xC000_0000L;
    alarm.look(secy(suite, sa(AN_0, "01", threshold - 1)));
    assertThat(events).isEmpty();
    alarm.look(secy(suite, sa(AN_0, "01", threshold)));
    alarm.look(secy(suite, sa(AN_0, "01", threshold + 1)));
    alarm.look(secy(suite, sa(AN_0, "01", 0)));
    assertThat(events).containsExactly(reached(AN_0, threshold));
  }

  @Test
  void tellsOfWhatIsBeyondWhenSeenFirstAndOfWhatWasUsedUpMeanwhile() {
    look(sa(AN_0, "01", 0xF000_0000L), sa(AN_1, "02", 5));
    look(sa(AN_0, "01", 0xF000_0001L), sa(AN_1, "02", 0));
    assertThat(events).containsExactly(reached(AN_0, 0xF000_0000L), reached(AN_1, 0));
  }

  @Test
  void anotherKeyAnotherSecyOrALoweredNumberBeginsAnew() {
    look(sa(AN_0, "01", 0xF000_0000L));
    look(sa(AN_0, "02", 0xF000_0000L));
    assertThat(events).hasSize(2);
    alarm.forget(SECY);
    look(sa(AN_0, "02", 0xF000_0000L));
    assertThat(events).hasSize(3);
    look(sa(AN_0, "02", 1));
    look(sa(AN_0, "02", 0xF000_0000L));
    assertThat(events).hasSize(4);
  }

  @Test
  void theThresholdIsOfEachListener() {
    PacketNumberThreshold low = PacketNumberThreshold.DEFAULT.withPn(PacketNumber.of(100));
    ThresholdAlarm early = new ThresholdAlarm(low, events::add);
    early.look(secy(CipherSuite.GCM_AES_256, sa(AN_0, "01", 100)));
    early.look(secy(CipherSuite.GCM_AES_XPN_256, sa(AN_1, "01", 100)));
    look(sa(AN_0, "01", 100));
    assertThat(events).containsExactly(reached(AN_0, 100));
  }

  @Test
  void aThresholdOutOfRangeIsRefusedWithAllProblems() {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> new PacketNumberThreshold(PacketNumber.of(1L << 32), PacketNumber.of(0)))
        .withMessageContaining("pn: 4294967296 is not in 1..4294967295")
        .withMessageContaining("xpn: 0 is not in 1..18446744073709551615");
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> PacketNumberThreshold.DEFAULT.withPn(PacketNumber.of(0)));
    assertThat(PacketNumberThreshold.DEFAULT.withXpn(PacketNumber.of(-1)).xpn())
        .isEqualTo(PacketNumber.MAX_64);
  }
}
