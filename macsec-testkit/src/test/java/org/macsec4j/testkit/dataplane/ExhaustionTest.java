package org.macsec4j.testkit.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.PacketNumber;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyCommand;

/** No packet number is ever used twice under one key (802.1AE 10.5.2). */
class ExhaustionTest {
  private final List<AssociationNumber> exhausted = new ArrayList<>();

  private Rig nearTheEnd(CipherSuite suite) {
    return Rig.link(
        Rig.config().cipherSuite(suite),
        SoftwareSecy.Options.DEFAULT.onExhausted(exhausted::add),
        suite.maxPacketNumber().value() - 2);
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void theLastNumberIsSentAndNothingAfterIt(CipherSuite suite) {
    Rig rig = nearTheEnd(suite);
    for (int i = 0; i < 3; i++) {
      assertThat(exhausted).isEmpty();
      assertThat(rig.bob.validate(rig.alice.protect(Rig.frame(i)))).isNotNull();
    }
    assertThat(exhausted).containsExactly(Rig.AN_0);
    assertThat(rig.alice.protect(Rig.frame(3))).isNull();
    assertThat(rig.alice.lastDrop()).contains(DropReason.NO_TRANSMIT_SA);
    assertThat(rig.transmitSa().nextPn()).isEqualTo(PacketNumber.of(0));
    assertThat(rig.transmitSa().enabled()).isFalse();
    assertThat(rig.alice.snapshot().operational()).isFalse();
    assertThat(exhausted).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void anExhaustedSaIsNotRevivedByAnyCommand(CipherSuite suite) {
    Rig rig = nearTheEnd(suite);
    rig.send(3);
    for (SecyCommand command :
        List.of(
            new SecyCommand.EnableTransmitSa(Rig.AN_0, true),
            new SecyCommand.RaiseNextPn(Rig.AN_0, PacketNumber.FIRST),
            new SecyCommand.RaiseNextPn(Rig.AN_0, suite.maxPacketNumber()))) {
      assertPacketNumber(rig, command);
    }
    Rig.done(rig.alice, new SecyCommand.EnableTransmitSa(Rig.AN_0, false));
    Rig.done(rig.alice, new SecyCommand.DeleteTransmitSa(Rig.AN_0));
    assertPacketNumber(rig, new SecyCommand.InstallTransmitSa(rig.transmitSa(Rig.AN_0, 1)));
    assertPacketNumber(
        rig,
        new SecyCommand.InstallTransmitSa(
            rig.transmitSa(Rig.AN_1, suite.maxPacketNumber().value())));
    assertThat(rig.alice.protect(Rig.frame(0))).isNull();
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void aNewKeyGoesOn(CipherSuite suite) {
    Rig rig = nearTheEnd(suite);
    rig.send(3);
    SecureAssociationKey next = SecureAssociationKey.generate(suite, new Random(2));
    Rig.done(
        rig.alice, new SecyCommand.InstallTransmitSa(Rig.transmitSa(suite, Rig.AN_1, next, 1)));
    Rig.done(rig.alice, new SecyCommand.SelectTransmitSa(Rig.AN_1));
    Rig.done(
        rig.bob,
        new SecyCommand.InstallReceiveSa(Rig.ALICE, Rig.receiveSa(suite, Rig.AN_1, next, 1)));

    assertThat(rig.alice.snapshot().operational()).isTrue();
    assertThat(rig.bob.validate(rig.alice.protect(Rig.frame(0)))).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void aKeyGoesOnWhereItStoppedOrAbove(CipherSuite suite) {
    Rig rig = Rig.link(Rig.config().cipherSuite(suite));
    rig.send(41);
    assertPacketNumber(rig, new SecyCommand.RaiseNextPn(Rig.AN_0, PacketNumber.of(41)));
    assertPacketNumber(rig, new SecyCommand.InstallTransmitSa(rig.transmitSa(Rig.AN_1, 1000)));
    Rig.done(rig.alice, new SecyCommand.EnableTransmitSa(Rig.AN_0, false));
    Rig.done(rig.alice, new SecyCommand.DeleteTransmitSa(Rig.AN_0));

    MacsecException refused =
        assertPacketNumber(rig, new SecyCommand.InstallTransmitSa(rig.transmitSa(Rig.AN_1, 41)));
    assertThat(refused).hasMessageContaining("was used up to packet number 41");
    assertThat(refused).hasMessageContaining("go on at 42 or above");
    Rig.done(rig.alice, new SecyCommand.InstallTransmitSa(rig.transmitSa(Rig.AN_1, 42)));
  }

  private static MacsecException assertPacketNumber(Rig rig, SecyCommand command) {
    MacsecException cause = Rig.refused(rig.alice, command);
    assertThat(cause.kind()).as("%s", command).isEqualTo(MacsecException.Kind.PACKET_NUMBER);
    return cause;
  }
}
