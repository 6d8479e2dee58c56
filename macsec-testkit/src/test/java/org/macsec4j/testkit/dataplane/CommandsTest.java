package org.macsec4j.testkit.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.Security;
import java.util.List;
import java.util.Random;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSa;

/** Commands do what they say, or are refused with a kind, a help and nothing changed. */
class CommandsTest {
  private static final Sci STRANGER = Sci.parse("02:00:00:00:0c:03/1");

  private static void assertRefused(SoftwareSecy secy, Kind kind, SecyCommand command) {
    SecySnapshot before = secy.snapshot();
    MacsecException cause = Rig.refused(secy, command);
    assertThat(cause.kind()).as("%s: %s", command, cause.getMessage()).isEqualTo(kind);
    assertThat(secy.snapshot()).as("nothing changed").isEqualTo(before);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    Rig rig = Rig.link(Rig.config());
    for (SecyCommand command :
        List.of(
            new SecyCommand.SelectTransmitSa(Rig.AN_1),
            new SecyCommand.EnableTransmitSa(Rig.AN_1, true),
            new SecyCommand.EnableTransmitSa(Rig.AN_1, false),
            new SecyCommand.RaiseNextPn(Rig.AN_1, PacketNumber.of(5)),
            new SecyCommand.DeleteTransmitSa(Rig.AN_1),
            new SecyCommand.EnableReceiveSc(STRANGER, true),
            new SecyCommand.DeleteReceiveSc(STRANGER),
            new SecyCommand.InstallReceiveSa(STRANGER, rig.receiveSa(Rig.AN_0, 1)),
            new SecyCommand.EnableReceiveSa(STRANGER, Rig.AN_0, true),
            new SecyCommand.EnableReceiveSa(Rig.ALICE, Rig.AN_1, true),
            new SecyCommand.RaiseLowestPn(Rig.ALICE, Rig.AN_1, PacketNumber.of(5)),
            new SecyCommand.DeleteReceiveSa(Rig.ALICE, Rig.AN_1))) {
      assertRefused(rig.bob, Kind.NOT_FOUND, command);
    }
  }

  @Test
  void whatIsThereIsNotMadeAgain() {
    Rig rig = Rig.link(Rig.config());
    assertRefused(rig.bob, Kind.EXISTS, new SecyCommand.CreateReceiveSc(Rig.ALICE));
    assertRefused(
        rig.bob,
        Kind.EXISTS,
        new SecyCommand.InstallReceiveSa(Rig.ALICE, rig.receiveSa(Rig.AN_0, 1)));
    TransmitSa other =
        TransmitSa.builder(
                Rig.AN_0, SecureAssociationKey.generate(CipherSuite.GCM_AES_128, new Random(9)))
            .nextPn(PacketNumber.FIRST)
            .build();
    assertRefused(rig.alice, Kind.EXISTS, new SecyCommand.InstallTransmitSa(other));
    assertRefused(rig.bob, Kind.INVALID, new SecyCommand.CreateReceiveSc(Rig.BOB));
  }

  @Test
  void anEnabledSaIsNotDeleted() {
    Rig rig = Rig.link(Rig.config());
    assertRefused(rig.alice, Kind.BUSY, new SecyCommand.DeleteTransmitSa(Rig.AN_0));
    assertRefused(rig.bob, Kind.BUSY, new SecyCommand.DeleteReceiveSa(Rig.ALICE, Rig.AN_0));
    assertThat(Rig.refused(rig.alice, new SecyCommand.DeleteTransmitSa(Rig.AN_0)))
        .hasMessage("cannot delete transmit SA 0 of alice: it is enabled; disable it first");

    Rig.done(rig.alice, new SecyCommand.EnableTransmitSa(Rig.AN_0, false));
    Rig.done(rig.alice, new SecyCommand.DeleteTransmitSa(Rig.AN_0));
    Rig.done(rig.bob, new SecyCommand.DeleteReceiveSc(Rig.ALICE));
    assertThat(rig.alice.snapshot().transmitSc().sas()).isEmpty();
    assertThat(rig.bob.snapshot().receiveScs()).isEmpty();
  }

  @Test
  void anSaOfAnotherSuiteIsRefusedWithEveryProblem() {
    Rig rig = Rig.link(Rig.config().cipherSuite(CipherSuite.GCM_AES_XPN_256));
    SecureAssociationKey key =
        SecureAssociationKey.generate(CipherSuite.GCM_AES_128, new Random(9));
    TransmitSa sa = TransmitSa.builder(Rig.AN_1, key).nextPn(PacketNumber.FIRST).build();
    assertRefused(rig.alice, Kind.INVALID, new SecyCommand.InstallTransmitSa(sa));
    InvalidConfigurationException cause =
        (InvalidConfigurationException)
            Rig.refused(rig.alice, new SecyCommand.InstallTransmitSa(sa));
    assertThat(cause.problems()).hasSize(3);
    ReceiveSa receiveSa = ReceiveSa.builder(Rig.AN_1, key).lowestPn(PacketNumber.FIRST).build();
    assertRefused(rig.bob, Kind.INVALID, new SecyCommand.InstallReceiveSa(Rig.ALICE, receiveSa));
  }

  @Test
  void aNumberOfMoreThan32BitsIsRefusedWithoutExtendedNumbering() {
    Rig rig = Rig.link(Rig.config());
    PacketNumber wide = PacketNumber.of(1L << 32);
    assertRefused(rig.alice, Kind.INVALID, new SecyCommand.RaiseNextPn(Rig.AN_0, wide));
    assertRefused(rig.bob, Kind.INVALID, new SecyCommand.RaiseLowestPn(Rig.ALICE, Rig.AN_0, wide));
  }

  @Test
  void aKeyDestroyedMeanwhileIsRefused() {
    Rig rig = Rig.link(Rig.config());
    TransmitSa transmitSa = rig.transmitSa(Rig.AN_1, 1);
    ReceiveSa receiveSa = rig.receiveSa(Rig.AN_1, 1);
    rig.key.destroy();
    assertRefused(rig.alice, Kind.INVALID, new SecyCommand.InstallTransmitSa(transmitSa));
    assertRefused(rig.bob, Kind.INVALID, new SecyCommand.InstallReceiveSa(Rig.ALICE, receiveSa));
    assertThat(rig.bob.validate(rig.alice.protect(Rig.frame(1))))
        .as("the SA in place has its own copy")
        .isNotNull();
  }

  @Test
  void aChangeThatIsNotValidIsRefused() {
    Rig rig = Rig.link(Rig.config().cipherSuite(CipherSuite.GCM_AES_XPN_128));
    assertRefused(
        rig.alice,
        Kind.INVALID,
        new SecyCommand.Change(
            SecyChange.builder()
                .endStation(true)
                .confidentialityOffset(ConfidentialityOffset.OFFSET_30)
                .build()));
  }

  @Test
  void aDisabledTransmitSaSendsNothingUntilItIsEnabled() {
    Rig rig = Rig.link(Rig.config());
    Rig.done(rig.alice, new SecyCommand.EnableTransmitSa(Rig.AN_0, false));
    assertThat(rig.alice.protect(Rig.frame(1))).isNull();
    assertThat(rig.alice.lastDrop()).contains(DropReason.NO_TRANSMIT_SA);
    assertThat(rig.alice.snapshot().operational()).isFalse();
    Rig.done(rig.alice, new SecyCommand.EnableTransmitSa(Rig.AN_0, true));
    assertThat(rig.alice.protect(Rig.frame(1))).isNotNull();
    assertThat(rig.alice.snapshot().operational()).isTrue();
  }

  @Test
  void anotherSuiteAndOffsetHoldForLaterSasWhileOldOnesGoOn() {
    Rig rig = Rig.link(Rig.config().encrypt(false));
    SecyChange.Builder change =
        SecyChange.builder()
            .cipherSuite(CipherSuite.GCM_AES_XPN_256)
            .confidentialityOffset(ConfidentialityOffset.OFFSET_0);
    Rig.change(rig.alice, change);
    Rig.change(rig.bob, change);
    SecureAssociationKey key =
        SecureAssociationKey.generate(CipherSuite.GCM_AES_XPN_256, new Random(9));
    CipherSuite suite = CipherSuite.GCM_AES_XPN_256;
    Rig.done(rig.alice, new SecyCommand.InstallTransmitSa(Rig.transmitSa(suite, Rig.AN_1, key, 1)));
    Rig.done(
        rig.bob,
        new SecyCommand.InstallReceiveSa(Rig.ALICE, Rig.receiveSa(suite, Rig.AN_1, key, 1)));

    byte[] old = rig.alice.protect(Rig.frame(100));
    Rig.done(rig.alice, new SecyCommand.SelectTransmitSa(Rig.AN_1));
    byte[] fresh = rig.alice.protect(Rig.frame(100));

    assertThat(SecTag.decode(old).orElseThrow().encrypted()).isFalse();
    assertThat(SecTag.decode(fresh).orElseThrow().encrypted()).isTrue();
    assertThat(rig.bob.validate(fresh)).isEqualTo(Rig.frame(100));
    assertThat(rig.bob.validate(old)).isEqualTo(Rig.frame(100));
  }

  @Test
  void anySecurityProviderCanDoTheWork() {
    byte[] first = null;
    for (SoftwareSecy.Options options :
        List.of(
            SoftwareSecy.Options.DEFAULT,
            SoftwareSecy.Options.DEFAULT.withProvider(Security.getProvider("SunJCE")),
            SoftwareSecy.Options.DEFAULT.withProvider(new BouncyCastleProvider()))) {
      Rig rig = Rig.link(Rig.config().icvLength(12), options, 1);
      byte[] wire = rig.alice.protect(Rig.frame(100));
      first = first == null ? wire : first;
      assertThat(wire).isEqualTo(first);
      assertThat(rig.bob.validate(Rig.tampered(wire))).isNull();
      assertThat(rig.bob.validate(wire)).isEqualTo(Rig.frame(100));
    }
  }

  @Test
  void aProviderWithoutTheCipherIsSaidSo() {
    SoftwareSecy.Options options =
        SoftwareSecy.Options.DEFAULT.withProvider(Security.getProvider("SUN"));
    assertThatThrownBy(() -> Rig.link(Rig.config(), options, 1))
        .isInstanceOf(MacsecException.class)
        .hasMessageContaining("SUN")
        .hasMessageContaining("AES/GCM/NoPadding");
  }

  @Test
  void aDestroyedSecyHoldsNothing() {
    Rig rig = Rig.link(Rig.config());
    byte[] wire = rig.alice.protect(Rig.frame(1));
    rig.alice.destroy();
    rig.bob.destroy();
    assertThat(rig.alice.snapshot().transmitSc().sas()).isEmpty();
    assertThat(rig.bob.snapshot().receiveScs()).isEmpty();
    assertThat(rig.alice.protect(Rig.frame(1))).isNull();
    assertThat(rig.bob.validate(wire)).isNull();
  }

  @Test
  void aShortArrayIsTheCallersMistake() {
    Rig rig = Rig.link(Rig.config());
    byte[] frame = Rig.frame(100);
    assertThatThrownBy(() -> rig.alice.protect(frame, 0, frame.length, new byte[145], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> rig.alice.protect(frame, 1, frame.length, new byte[200], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> rig.bob.validate(frame, 0, frame.length, new byte[113], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(rig.transmitSa().nextPn()).as("no number was taken").isEqualTo(PacketNumber.FIRST);
  }
}
