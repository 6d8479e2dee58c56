package org.macsec4j.testkit.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacAddress;
import org.macsec4j.ReceiveSaCounter;
import org.macsec4j.ReceiveScCounter;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Sci;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyCounter;
import org.macsec4j.TransmitSaCounter;
import org.macsec4j.TransmitScCounter;
import org.macsec4j.ValidateFrames;

/** Every way a frame can go counts what figure 10-5 of 802.1AE says, and nothing else. */
class CountersTest {
  private static Rig rig(boolean encrypt, ValidateFrames mode) {
    return Rig.link(Rig.config().encrypt(encrypt).validateFrames(mode));
  }

  /** Nothing of the channel but these. */
  private static void assertChannel(Rig rig, Map<ReceiveScCounter, Long> expected) {
    for (ReceiveScCounter counter : ReceiveScCounter.values()) {
      assertThat(rig.count(counter))
          .as("%s", counter)
          .isEqualTo(expected.getOrDefault(counter, 0L));
    }
  }

  private static void assertSa(Rig rig, ReceiveSaCounter counter) {
    for (ReceiveSaCounter other : ReceiveSaCounter.values()) {
      assertThat(rig.count(other)).as("%s", other).isEqualTo(other == counter ? 1 : 0);
    }
  }

  @ParameterizedTest
  @EnumSource(ValidateFrames.class)
  void anEncryptedFrameIsOkInEveryMode(ValidateFrames mode) {
    Rig rig = rig(true, mode);
    assertThat(rig.bob.validate(rig.alice.protect(Rig.frame(100)))).isEqualTo(Rig.frame(100));
    assertChannel(
        rig, Map.of(ReceiveScCounter.IN_PKTS_OK, 1L, ReceiveScCounter.IN_OCTETS_DECRYPTED, 102L));
    assertSa(rig, ReceiveSaCounter.IN_PKTS_OK);
  }

  @Test
  void anIntegrityOnlyFrameIsValidatedUnlessValidationIsDisabled() {
    for (ValidateFrames mode : new ValidateFrames[] {ValidateFrames.STRICT, ValidateFrames.CHECK}) {
      Rig rig = rig(false, mode);
      assertThat(rig.bob.validate(rig.alice.protect(Rig.frame(100)))).isEqualTo(Rig.frame(100));
      assertChannel(
          rig, Map.of(ReceiveScCounter.IN_PKTS_OK, 1L, ReceiveScCounter.IN_OCTETS_VALIDATED, 102L));
    }
    Rig rig = rig(false, ValidateFrames.DISABLED);
    assertThat(rig.bob.validate(rig.alice.protect(Rig.frame(100)))).isEqualTo(Rig.frame(100));
    assertChannel(rig, Map.of(ReceiveScCounter.IN_PKTS_UNCHECKED, 1L));
    assertThat(rig.receiveSa().nextPn().value())
        .as("an unchecked number is not believed")
        .isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(ValidateFrames.class)
  void aTamperedEncryptedFrameIsNotValidInEveryMode(ValidateFrames mode) {
    Rig rig = rig(true, mode);
    assertThat(rig.bob.validate(Rig.tampered(rig.alice.protect(Rig.frame(100))))).isNull();
    assertChannel(rig, Map.of(ReceiveScCounter.IN_PKTS_NOT_VALID, 1L));
    assertSa(rig, ReceiveSaCounter.IN_PKTS_NOT_VALID);
  }

  @Test
  void aTamperedIntegrityOnlyFrameIsDeliveredAsInvalidWhenValidationOnlyChecks() {
    Rig rig = rig(false, ValidateFrames.CHECK);
    byte[] wire = Rig.tampered(rig.alice.protect(Rig.frame(100)));
    assertThat(rig.bob.validate(wire)).isEqualTo(Rig.frame(100));
    assertChannel(rig, Map.of(ReceiveScCounter.IN_PKTS_INVALID, 1L));
    assertSa(rig, ReceiveSaCounter.IN_PKTS_INVALID);
    assertThat(rig.receiveSa().nextPn().value()).isEqualTo(1);
  }

  @Test
  void anUncheckedFrameThatIsLateIsDelayed() {
    Rig rig =
        Rig.link(
            Rig.config()
                .encrypt(false)
                .validateFrames(ValidateFrames.CHECK)
                .replayProtection(ReplayProtection.OFF));
    byte[][] wire = rig.send(2);
    assertThat(rig.bob.validate(wire[1])).isNotNull();
    Rig.change(rig.bob, SecyChange.builder().validateFrames(ValidateFrames.DISABLED));
    assertThat(rig.bob.validate(wire[0])).isNotNull();
    assertThat(rig.count(ReceiveScCounter.IN_PKTS_DELAYED)).isEqualTo(1);
    assertThat(rig.count(ReceiveScCounter.IN_PKTS_UNCHECKED)).isZero();
  }

  @Test
  void aFrameWithoutATagIsRefusedWhenStrictAndDeliveredOtherwise() {
    byte[] plain = Rig.frame(100);
    Rig strict = rig(true, ValidateFrames.STRICT);
    assertThat(strict.bob.validate(plain)).isNull();
    assertThat(Rig.count(strict.bob, SecyCounter.IN_PKTS_NO_TAG)).isEqualTo(1);
    assertThat(strict.bob.lastDrop()).contains(DropReason.NO_TAG);
    for (ValidateFrames mode :
        new ValidateFrames[] {ValidateFrames.CHECK, ValidateFrames.DISABLED}) {
      Rig rig = rig(true, mode);
      assertThat(rig.bob.validate(plain)).isEqualTo(plain);
      assertThat(Rig.count(rig.bob, SecyCounter.IN_PKTS_UNTAGGED)).isEqualTo(1);
      assertThat(Rig.count(rig.bob, SecyCounter.IN_PKTS_NO_TAG)).isZero();
    }
  }

  @Test
  void aFrameOfAnUnknownChannelIsRefusedWhenStrictOrEncrypted() {
    for (ValidateFrames mode : ValidateFrames.values()) {
      for (boolean encrypt : new boolean[] {true, false}) {
        Rig rig = rig(encrypt, mode);
        byte[] wire = rig.alice.protect(Rig.frame(100));
        Rig.done(rig.bob, new SecyCommand.DeleteReceiveSc(Rig.ALICE));
        boolean delivered = !encrypt && mode != ValidateFrames.STRICT;

        byte[] user = rig.bob.validate(wire);

        assertThat(user).isEqualTo(delivered ? Rig.frame(100) : null);
        assertThat(Rig.count(rig.bob, SecyCounter.IN_PKTS_UNKNOWN_SCI))
            .isEqualTo(delivered ? 1 : 0);
        assertThat(Rig.count(rig.bob, SecyCounter.IN_PKTS_NO_SCI)).isEqualTo(delivered ? 0 : 1);
      }
    }
  }

  @Test
  void aFrameOfAnSaNotInUseIsRefusedWhenStrictOrEncrypted() {
    for (ValidateFrames mode : ValidateFrames.values()) {
      for (boolean encrypt : new boolean[] {true, false}) {
        Rig rig = rig(encrypt, mode);
        Rig.done(rig.bob, new SecyCommand.EnableReceiveSa(Rig.ALICE, Rig.AN_0, false));
        boolean delivered = !encrypt && mode != ValidateFrames.STRICT;

        byte[] user = rig.bob.validate(rig.alice.protect(Rig.frame(100)));

        assertThat(user).isEqualTo(delivered ? Rig.frame(100) : null);
        assertChannel(
            rig,
            Map.of(
                delivered
                    ? ReceiveScCounter.IN_PKTS_UNUSED_SA
                    : ReceiveScCounter.IN_PKTS_NOT_USING_SA,
                1L));
        assertSa(
            rig,
            delivered ? ReceiveSaCounter.IN_PKTS_UNUSED_SA : ReceiveSaCounter.IN_PKTS_NOT_USING_SA);
      }
    }
  }

  @Test
  void aFrameOfADisabledChannelOrAMissingSaIsNotInUse() {
    Rig rig = rig(true, ValidateFrames.STRICT);
    byte[][] wire = rig.send(2);
    Rig.done(rig.bob, new SecyCommand.EnableReceiveSc(Rig.ALICE, false));
    assertThat(rig.bob.validate(wire[0])).isNull();
    Rig.done(rig.bob, new SecyCommand.EnableReceiveSc(Rig.ALICE, true));
    Rig.done(rig.bob, new SecyCommand.EnableReceiveSa(Rig.ALICE, Rig.AN_0, false));
    Rig.done(rig.bob, new SecyCommand.DeleteReceiveSa(Rig.ALICE, Rig.AN_0));
    assertThat(rig.bob.validate(wire[1])).isNull();
    assertChannel(rig, Map.of(ReceiveScCounter.IN_PKTS_NOT_USING_SA, 2L));
    assertThat(rig.bob.drops()).containsEntry(DropReason.SA_NOT_IN_USE, 2L);
  }

  @Test
  void aBadTagIsCountedOnce() {
    Rig rig = rig(true, ValidateFrames.CHECK);
    byte[] wire = rig.alice.protect(Rig.frame(100));
    wire[SecTag.TCI_AN] |= (byte) SecTag.VERSION_BIT;
    assertThat(rig.bob.validate(wire)).isNull();
    assertThat(Rig.count(rig.bob, SecyCounter.IN_PKTS_BAD_TAG)).isEqualTo(1);
    assertChannel(rig, Map.of());
  }

  @Test
  void aPacketNumberOfZeroIsABadTagButNotTheLowHalfOfAnExtendedOne() {
    Rig rig = rig(true, ValidateFrames.STRICT);
    byte[] wire = rig.alice.protect(Rig.frame(100));
    Wire.putInt32(wire, SecTag.PACKET_NUMBER, 0);
    assertThat(rig.bob.validate(wire)).isNull();
    assertThat(rig.bob.lastDrop()).contains(DropReason.PACKET_NUMBER_ZERO);
    assertThat(Rig.count(rig.bob, SecyCounter.IN_PKTS_BAD_TAG)).isEqualTo(1);

    Rig xpn =
        Rig.link(
            Rig.config().cipherSuite(CipherSuite.GCM_AES_XPN_128),
            SoftwareSecy.Options.DEFAULT,
            1L << 32);
    wire = xpn.alice.protect(Rig.frame(100));
    assertThat(SecTag.decode(wire).orElseThrow().packetNumber()).isZero();
    assertThat(xpn.bob.validate(wire)).isNotNull();
  }

  @Test
  void framesOfTheKayAreNoUserFramesAndCountNowhere() {
    Rig rig = rig(true, ValidateFrames.CHECK);
    byte[] wire = rig.alice.protect(Rig.frame(100));
    wire[SecTag.TCI_AN] &= (byte) ~SecTag.C_BIT;
    assertThat(rig.bob.validate(wire)).isNull();
    assertThat(rig.bob.lastDrop()).contains(DropReason.RESERVED_FOR_KAY);
    assertThat(Rig.count(rig.bob, SecyCounter.IN_PKTS_BAD_TAG)).isZero();
    assertChannel(rig, Map.of());
  }

  @Test
  void framesSentAreCountedByTheirProtection() {
    for (boolean encrypt : new boolean[] {true, false}) {
      Rig rig = rig(encrypt, ValidateFrames.STRICT);
      rig.send(2);
      var sc = rig.alice.snapshot().transmitSc().counters();
      var sa = rig.transmitSa().counters();
      assertThat(sc.get(TransmitScCounter.OUT_PKTS_ENCRYPTED)).hasValue(encrypt ? 2 : 0);
      assertThat(sc.get(TransmitScCounter.OUT_PKTS_PROTECTED)).hasValue(encrypt ? 0 : 2);
      assertThat(sc.get(TransmitScCounter.OUT_OCTETS_ENCRYPTED)).hasValue(encrypt ? 5 : 0);
      assertThat(sc.get(TransmitScCounter.OUT_OCTETS_PROTECTED)).hasValue(encrypt ? 0 : 5);
      assertThat(sa.get(TransmitSaCounter.OUT_PKTS_ENCRYPTED)).hasValue(encrypt ? 2 : 0);
      assertThat(sa.get(TransmitSaCounter.OUT_PKTS_PROTECTED)).hasValue(encrypt ? 0 : 2);
    }
  }

  @Test
  void withoutProtectionFramesGoOutAsTheyAre() {
    Rig rig = Rig.link(Rig.config().protectFrames(false));
    assertThat(rig.alice.protect(Rig.frame(100))).isEqualTo(Rig.frame(100));
    assertThat(Rig.count(rig.alice, SecyCounter.OUT_PKTS_UNTAGGED)).isEqualTo(1);
    assertThat(rig.transmitSa().nextPn().value()).isEqualTo(1);
    assertThat(rig.alice.snapshot().operational()).isTrue();
  }

  @Test
  void aFrameTooLongForTheParentIsCountedAndTakesNoNumber() {
    Rig rig = Rig.link(Rig.config(), SoftwareSecy.Options.DEFAULT.withMtu(1500), 1);
    assertThat(rig.alice.protect(Rig.frame(1468))).hasSize(1514);
    assertThat(rig.alice.protect(Rig.frame(1469))).isNull();
    assertThat(rig.alice.lastDrop()).contains(DropReason.TOO_LONG);
    assertThat(Rig.count(rig.alice, SecyCounter.OUT_PKTS_TOO_LONG)).isEqualTo(1);
    assertThat(rig.transmitSa().nextPn().value()).isEqualTo(2);
    Rig.change(rig.alice, SecyChange.builder().protectFrames(false));
    assertThat(rig.alice.protect(Rig.frame(1500))).hasSize(1514);
    assertThat(rig.alice.protect(Rig.frame(1501))).isNull();
  }

  @Test
  void nothingPassesADisabledControlledPort() {
    Rig rig = rig(true, ValidateFrames.CHECK);
    byte[] wire = rig.alice.protect(Rig.frame(100));
    Rig.done(rig.alice, new SecyCommand.SetControlledPort(false));
    Rig.done(rig.bob, new SecyCommand.SetControlledPort(false));
    assertThat(rig.alice.protect(Rig.frame(100))).isNull();
    assertThat(rig.bob.validate(wire)).isNull();
    assertThat(rig.bob.validate(Rig.frame(100))).isNull();
    assertThat(rig.bob.drops()).containsOnly(Map.entry(DropReason.PORT_DISABLED, 2L));
    assertThat(rig.transmitSa().nextPn().value()).isEqualTo(2);
    assertChannel(rig, Map.of());
  }

  @Test
  void aRuntIsDroppedInEitherDirection() {
    Rig rig = rig(true, ValidateFrames.CHECK);
    assertThat(rig.alice.protect(new byte[13])).isNull();
    assertThat(rig.bob.validate(new byte[13])).isNull();
    assertThat(rig.alice.lastDrop()).contains(DropReason.RUNT);
    assertThat(rig.bob.lastDrop()).contains(DropReason.RUNT);
  }

  @Test
  void withSeveralPeersAFrameWithoutAnSciIsOfNobody() {
    Rig rig = Rig.link(Rig.config().includeSci(false));
    byte[][] wire = rig.send(2);
    assertThat(rig.bob.validate(wire[0])).isNotNull();
    Rig.done(rig.bob, new SecyCommand.CreateReceiveSc(Sci.parse("02:00:00:00:0c:03/1")));
    assertThat(rig.bob.validate(wire[1])).isNull();
    assertThat(rig.bob.lastDrop()).contains(DropReason.UNKNOWN_SCI);
  }

  @Test
  void withSeveralPeersTheSciIsSentEvenUnasked() {
    Rig rig = Rig.link(Rig.config().includeSci(false));
    Rig.done(rig.alice, new SecyCommand.CreateReceiveSc(Rig.BOB));
    assertThat(SecTag.decode(rig.alice.protect(Rig.frame(9))).orElseThrow().sci()).isEmpty();
    Rig.done(rig.alice, new SecyCommand.CreateReceiveSc(Sci.parse("02:00:00:00:0c:03/1")));
    assertThat(SecTag.decode(rig.alice.protect(Rig.frame(9))).orElseThrow().sci())
        .contains(Rig.ALICE);
  }

  @Test
  void anEndStationSendsTheSciWithFramesOfAnotherSource() {
    Rig rig = Rig.link(Rig.config().includeSci(false).endStation(true));
    byte[] bridged = Rig.frame(100);
    new MacAddress(0x020000000C03L).writeTo(bridged, MacAddress.LENGTH);
    byte[] wire = rig.alice.protect(bridged);
    assertThat(SecTag.decode(wire).orElseThrow().endStation()).isFalse();
    assertThat(SecTag.decode(wire).orElseThrow().sci()).contains(Rig.ALICE);
    assertThat(rig.bob.validate(wire)).isEqualTo(bridged);
  }
}
