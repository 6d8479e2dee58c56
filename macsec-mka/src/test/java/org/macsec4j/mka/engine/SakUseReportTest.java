package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.XpnParameterSet;

/** What a peer says of its keys, in either slot. */
class SakUseReportTest {
  private static final MemberIdentifier SERVER = MemberIdentifier.parse("aa".repeat(12));
  private static final MkaKeyIdentifier KEY = new MkaKeyIdentifier(SERVER, 7);
  private static final MkaKeyIdentifier OTHER = new MkaKeyIdentifier(SERVER, 6);
  private static final AssociationNumber AN = AssociationNumber.AN_2;

  private static SakUseReport report(KeyUse latest, KeyUse old, XpnParameterSet xpn) {
    return new SakUseReport(
        MacsecSakUse.of(latest, old, false, false, false), Optional.ofNullable(xpn));
  }

  private static SakUseReport inSlot(boolean latest, KeyUse use) {
    return latest ? report(use, KeyUse.NONE, null) : report(KeyUse.NONE, use, null);
  }

  private static KeyUse use(boolean transmits, boolean receives) {
    return new KeyUse(AN, transmits, receives, KEY, 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNumberIsUsedWhetherItsKeyIsSentOrReceivedWith(boolean latest) {
    assertThat(inSlot(latest, use(true, false)).uses(AN)).isTrue();
    assertThat(inSlot(latest, use(false, true)).uses(AN)).isTrue();
    assertThat(inSlot(latest, use(false, false)).uses(AN)).isFalse();
    assertThat(inSlot(latest, use(true, true)).uses(AssociationNumber.AN_1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNumberIsTransmittedOnlyIfItsKeyIsSentWith(boolean latest) {
    assertThat(inSlot(latest, use(true, false)).transmits(AN)).isTrue();
    assertThat(inSlot(latest, use(false, true)).transmits(AN)).isFalse();
    assertThat(inSlot(latest, use(true, true)).transmits(AssociationNumber.AN_1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSlotWithoutAKeyUsesNoNumber(boolean latest) {
    KeyUse none = new KeyUse(AN, true, true, MkaKeyIdentifier.NONE, 1);
    assertThat(inSlot(latest, none).uses(AN)).isFalse();
    assertThat(inSlot(latest, none).transmits(AN)).isFalse();
    assertThat(inSlot(latest, none).receives(MkaKeyIdentifier.NONE)).isFalse();
    assertThat(inSlot(latest, none).transmits(MkaKeyIdentifier.NONE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aKeyIsSentAndReceivedWithAsItsSlotSays(boolean latest) {
    assertThat(inSlot(latest, use(true, false)).transmits(KEY)).isTrue();
    assertThat(inSlot(latest, use(true, false)).receives(KEY)).isFalse();
    assertThat(inSlot(latest, use(false, true)).transmits(KEY)).isFalse();
    assertThat(inSlot(latest, use(false, true)).receives(KEY)).isTrue();
    assertThat(inSlot(latest, use(true, true)).transmits(OTHER)).isFalse();
    assertThat(inSlot(latest, use(true, true)).receives(OTHER)).isFalse();
  }

  @Test
  void theLatestKeyOfAnotherKeyServerIsPreferredToOurs() {
    MkaKeyIdentifier foreign = new MkaKeyIdentifier(MemberIdentifier.parse("bb".repeat(12)), 7);
    KeyUse ours = use(true, true);
    KeyUse theirs = new KeyUse(AN, true, true, foreign, 1);
    assertThat(report(theirs, ours, null).prefersForeign(KEY)).isTrue();
    assertThat(report(ours, theirs, null).prefersForeign(KEY)).isFalse();
    assertThat(report(KeyUse.NONE, theirs, null).prefersForeign(KEY)).isFalse();
  }

  @Test
  void packetNumbersHaveTheirUpperHalvesFromTheSlotOfTheirKey() {
    XpnParameterSet upper = new XpnParameterSet(0, 2, 3);
    KeyUse latest = new KeyUse(AN, true, true, KEY, 0x8000_0001L);
    KeyUse old = new KeyUse(AssociationNumber.AN_1, true, true, OTHER, 5);
    SakUseReport report = report(latest, old, upper);
    assertThat(report.packetNumber(KEY, true)).isEqualTo(0x2_8000_0001L);
    assertThat(report.packetNumber(OTHER, true)).isEqualTo(0x3_0000_0005L);
    assertThat(report.packetNumber(KEY, false)).isEqualTo(0x8000_0001L);
    assertThat(report.packetNumber(OTHER, false)).isEqualTo(5);
    assertThat(report.packetNumber(new MkaKeyIdentifier(SERVER, 8), true)).isZero();
    // Half a number is none.
    assertThat(report(latest, old, null).packetNumber(KEY, true)).isZero();
    assertThat(report(latest, old, null).packetNumber(KEY, false)).isEqualTo(0x8000_0001L);
  }

  private static SakUseReport said(KeyUse latest, KeyUse old, boolean first, boolean second) {
    return new SakUseReport(MacsecSakUse.of(latest, old, first, second, false), Optional.empty());
  }

  @Test
  void reportsThatDifferInPacketNumbersAloneSayTheSame() {
    KeyUse later = new KeyUse(AN, true, true, KEY, 99);
    assertThat(said(use(true, true), later, true, false))
        .satisfies(
            report ->
                assertThat(report.differsInNumbersAlone(said(later, use(true, true), true, false)))
                    .isTrue());
  }

  @Test
  void anyOtherDifferenceIsNews() {
    KeyUse key = use(true, true);
    SakUseReport report = said(key, key, false, false);
    KeyUse otherNumber = new KeyUse(AssociationNumber.AN_1, true, true, KEY, 1);
    KeyUse otherKey = new KeyUse(AN, true, true, OTHER, 1);
    for (KeyUse other : List.of(use(false, true), use(true, false), otherNumber, otherKey)) {
      assertThat(report.differsInNumbersAlone(said(other, key, false, false))).isFalse();
      assertThat(report.differsInNumbersAlone(said(key, other, false, false))).isFalse();
    }
    assertThat(report.differsInNumbersAlone(said(key, key, true, false))).isFalse();
    assertThat(report.differsInNumbersAlone(said(key, key, false, true))).isFalse();
    SakUseReport delayProtected =
        new SakUseReport(MacsecSakUse.of(key, key, false, false, true), Optional.empty());
    assertThat(report.differsInNumbersAlone(delayProtected)).isFalse();
    assertThat(
            report.differsInNumbersAlone(
                new SakUseReport(report.use(), Optional.of(new XpnParameterSet(0, 1, 2)))))
        .isFalse();
    assertThat(
            report.differsInNumbersAlone(
                new SakUseReport(MacsecSakUse.withoutMacsec(), Optional.empty())))
        .isFalse();
  }
}
