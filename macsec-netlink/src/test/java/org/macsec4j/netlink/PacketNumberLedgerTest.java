package org.macsec4j.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacsecException;
import org.macsec4j.PacketNumber;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;
import org.macsec4j.netlink.PacketNumberLedger.Slot;

class PacketNumberLedgerTest {
  private static final Sci OURS = Sci.parse("020000000a010001");
  private static final Sci OTHER = Sci.parse("020000000a010002");
  private static final Slot SLOT = new Slot(7, AssociationNumber.AN_0);
  private static final Slot NEXT = new Slot(7, AssociationNumber.AN_1);

  private final PacketNumberLedger ledger = new PacketNumberLedger();
  private final SecureAssociationKey key =
      SecureAssociationKey.generate(CipherSuite.GCM_AES_128, new Random(1));

  private TransmitSa sa(long nextPn) {
    return TransmitSa.builder(AssociationNumber.AN_0, key).nextPn(PacketNumber.of(nextPn)).build();
  }

  private void claim(Slot slot, Sci sci, TransmitSa sa) {
    ledger.claim(slot, sci, sa, "cannot install");
  }

  private void assertRefused(Slot slot, Sci sci, TransmitSa sa, String why) {
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> claim(slot, sci, sa))
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(MacsecException.Kind.PACKET_NUMBER));
  }

  @Test
  void aKeyInUseIsNotTakenTwice() {
    claim(SLOT, OURS, sa(1));
    assertRefused(NEXT, OURS, sa(1_000_000), "is in use by an SA");
  }

  @Test
  void anotherSciIsAnotherNonce() {
    claim(SLOT, OURS, sa(1));
    assertThatCode(() -> claim(NEXT, OTHER, sa(1))).doesNotThrowAnyException();
  }

  @Test
  void withXpnTheSsciAndNotTheSciMakesTheNonce() {
    SecureAssociationKey xpn =
        SecureAssociationKey.generate(CipherSuite.GCM_AES_XPN_128, new Random(2));
    TransmitSa.Builder builder =
        TransmitSa.builder(AssociationNumber.AN_0, xpn).nextPn(PacketNumber.of(1));
    claim(SLOT, OURS, builder.ssci(Ssci.of(1)).build());
    assertRefused(NEXT, OTHER, builder.ssci(Ssci.of(1)).build(), "is in use");
    assertThatCode(() -> claim(NEXT, OTHER, builder.ssci(Ssci.of(2)).build()))
        .doesNotThrowAnyException();
  }

  @Test
  void aKeyGoesOnWhereItStopped() {
    claim(SLOT, OURS, sa(1));
    ledger.release(SLOT, OURS, key.identifier(), PacketNumber.of(500));
    assertRefused(NEXT, OURS, sa(499), "was used up to packet number 499, but nextPn is 499");
    assertThatCode(() -> claim(NEXT, OURS, sa(500))).doesNotThrowAnyException();
  }

  @Test
  void anExhaustedKeyIsRefusedForGood() {
    claim(SLOT, OURS, sa(1));
    ledger.release(SLOT, OURS, key.identifier(), PacketNumber.of(0));
    assertRefused(NEXT, OURS, sa(0xFFFF_FFFFL), "used up");
  }

  @Test
  void whatTheKernelDidNotTakeIsFreeAgain() {
    claim(SLOT, OURS, sa(1));
    ledger.abandon(SLOT);
    assertThatCode(() -> claim(NEXT, OURS, sa(1))).doesNotThrowAnyException();
  }

  @Test
  void aFailedInstallationInAPlaceThatIsTakenForgetsNothing() {
    claim(SLOT, OURS, sa(1));
    SecureAssociationKey second =
        SecureAssociationKey.generate(CipherSuite.GCM_AES_128, new Random(3));
    claim(
        SLOT,
        OURS,
        TransmitSa.builder(AssociationNumber.AN_0, second).nextPn(PacketNumber.of(1)).build());
    ledger.abandon(SLOT);
    ledger.release(SLOT, OURS, key.identifier(), PacketNumber.of(50));
    assertThatCode(() -> claim(NEXT, OURS, sa(50))).doesNotThrowAnyException();
  }

  @Test
  void aKeyThatSomebodyElseUsedIsKnownByItsIdentifier() {
    ledger.release(SLOT, OURS, key.identifier(), PacketNumber.of(90));
    assertRefused(NEXT, OURS, sa(1), "go on at 90");
    ledger.release(SLOT, OURS, KeyIdentifier.parse("07"), PacketNumber.of(0));
    assertThatCode(() -> claim(NEXT, OURS, sa(90))).doesNotThrowAnyException();
  }
}
