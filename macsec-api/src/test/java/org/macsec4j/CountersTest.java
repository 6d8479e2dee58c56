package org.macsec4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CountersTest {
  private static List<String> names(Counter[] counters) {
    return Arrays.stream(counters).map(Counter::standardName).toList();
  }

  @Test
  void haveTheNamesOfTheStandard() {
    // IEEE 802.1AE figure 10-5
    assertThat(names(SecyCounter.values()))
        .containsExactly(
            "InPktsUntagged",
            "InPktsNoTag",
            "InPktsBadTag",
            "InPktsUnknownSCI",
            "InPktsNoSCI",
            "InPktsOverrun",
            "OutPktsUntagged",
            "OutPktsTooLong");
    assertThat(names(TransmitScCounter.values()))
        .containsExactly(
            "OutPktsProtected", "OutPktsEncrypted", "OutOctetsProtected", "OutOctetsEncrypted");
    assertThat(names(TransmitSaCounter.values()))
        .containsExactly("OutPktsProtected", "OutPktsEncrypted");
    assertThat(names(ReceiveScCounter.values()))
        .containsExactly(
            "InPktsUnchecked",
            "InPktsDelayed",
            "InPktsLate",
            "InPktsOK",
            "InPktsInvalid",
            "InPktsNotValid",
            "InPktsNotUsingSA",
            "InPktsUnusedSA",
            "InOctetsValidated",
            "InOctetsDecrypted");
    assertThat(names(ReceiveSaCounter.values()))
        .containsExactly(
            "InPktsOK", "InPktsInvalid", "InPktsNotValid", "InPktsNotUsingSA", "InPktsUnusedSA");
  }

  @Test
  void aCounterThatIsNotSuppliedIsAbsentAndNot0() {
    Map<SecyCounter, Long> values = new EnumMap<>(SecyCounter.class);
    values.put(SecyCounter.IN_PKTS_NO_SCI, 0L);
    values.put(SecyCounter.OUT_PKTS_UNTAGGED, -1L);
    Counters<SecyCounter> counters = Counters.of(SecyCounter.class, values);
    values.clear();

    assertThat(counters.get(SecyCounter.IN_PKTS_NO_SCI)).hasValue(0);
    assertThat(counters.get(SecyCounter.IN_PKTS_NO_TAG)).isEmpty();
    assertThat(counters).hasToString("[InPktsNoSCI 0, OutPktsUntagged 18446744073709551615]");
    assertThat(counters).isNotEqualTo(Counters.absent());
    assertThat(Counters.absent().asMap()).isEmpty();
  }

  @Test
  void statisticsGatherWhatASnapshotHolds() {
    Sci peer = Sci.parse("02:00:00:00:0b:02/1");
    KeyIdentifier key = KeyIdentifier.parse("01");
    Counters<ReceiveSaCounter> ofSa =
        Counters.of(ReceiveSaCounter.class, Map.of(ReceiveSaCounter.IN_PKTS_OK, 3L));
    ReceiveSaSnapshot sa =
        new ReceiveSaSnapshot(
            AssociationNumber.AN_2,
            key,
            PacketNumber.of(4),
            Optional.empty(),
            Optional.empty(),
            true,
            ofSa);
    ReceiveScSnapshot sc = new ReceiveScSnapshot(peer, true, List.of(sa), Counters.absent());
    SecySnapshot secy =
        new SecySnapshot(
            new SecyId(7, "macsec0"),
            SecyConfig.on("eth0").build(),
            true,
            false,
            OffloadMode.SOFTWARE,
            new TransmitScSnapshot(peer, AssociationNumber.AN_0, List.of(), Counters.absent()),
            List.of(sc),
            Counters.absent());

    SecyStatistics statistics = secy.statistics();

    assertThat(statistics.receiveScs().get(peer).sas())
        .containsExactly(Map.entry(AssociationNumber.AN_2, ofSa));
    assertThat(statistics.transmitSas()).isEmpty();
    assertThat(secy.receiveSc(peer).orElseThrow().sa(AssociationNumber.AN_2)).contains(sa);
    assertThat(secy.receiveSc(peer).orElseThrow().sa(AssociationNumber.AN_1)).isEmpty();
    assertThat(secy.receiveSc(Sci.parse("02:00:00:00:0b:02/2"))).isEmpty();
  }
}
