package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSaSnapshot;
import org.macsec4j.ReceiveSc;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Sci;
import org.macsec4j.Secy;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSaSnapshot;

/** Channels and associations, and the guards that the kernel lacks. */
abstract class AssociationCases extends Pair {
  private static final CipherSuite SUITE = CipherSuite.GCM_AES_128;

  private Secy secy;

  @BeforeEach
  void makeASecy() {
    secy = left.create(SecyConfig.on("eth0").name("m0").build());
  }

  private static void assertRefused(Kind kind, ThrowingCallable what, String... words) {
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(what)
        .satisfies(e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  private String shown() {
    return leftSpace.ip("macsec show m0");
  }

  @Test
  void transmitSas() {
    secy.transmitSc().install(transmitSa(SUITE, AN_0, 1, 7));
    secy.transmitSc().install(transmitSa(SUITE, AN_1, 2, 0xFFFF_FFFFL));
    secy.transmitSc().enable(AN_1, false);
    secy.transmitSc().raiseNextPn(AN_0, PacketNumber.of(1000));
    secy.transmitSc().select(AN_1);
    assertThat(shown())
        .contains("TXSC: 020000000a010001 on SA 1")
        .contains("0: PN 1000, state on, key 01000000000000000000000000000000")
        .contains("1: PN 4294967295, state off, key 02000000000000000000000000000000");
    assertThat(secy.transmitSc().sas())
        .extracting(TransmitSaSnapshot::nextPn)
        .containsExactly(PacketNumber.of(1000), PacketNumber.MAX_32);
    secy.transmitSc().delete(AN_1);
    assertThat(secy.transmitSc().sas()).hasSize(1);
  }

  @Test
  void receiveChannelsAndSas() {
    ReceiveSc channel = secy.addReceiveSc(RIGHT_SCI);
    channel.install(receiveSa(SUITE, AN_2, 3, 1));
    assertThat(shown())
        .contains("RXSC: 020000000b020001, state on")
        .contains("2: PN 1, state on, key 03000000000000000000000000000000");
    channel.enable(AN_2, false);
    channel.enable(false);
    assertThat(shown())
        .contains("RXSC: 020000000b020001, state off")
        .contains("2: PN 1, state off");
    assertThat(channel.snapshot().enabled()).isFalse();
    channel.delete(AN_2);
    channel.delete();
    assertThat(secy.receiveScs()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = CipherSuite.class, names = "GCM_AES_XPN_.*", mode = EnumSource.Mode.MATCH_ANY)
  void extendedPacketNumbers(CipherSuite suite) {
    Secy xpn = left.create(SecyConfig.on("eth0").name("m1").port(2).cipherSuite(suite).build());
    xpn.transmitSc().install(transmitSa(suite, AN_0, 1, 0x1_0000_0004L));
    xpn.addReceiveSc(RIGHT_SCI).install(receiveSa(suite, AN_0, 2, 0x2_0000_0000L));
    TransmitSaSnapshot tx = xpn.transmitSc().sas().get(0);
    assertThat(tx.nextPn()).isEqualTo(PacketNumber.of(0x1_0000_0004L));
    assertThat(tx.ssci()).contains(Ssci.of(1));
    assertThat(leftSpace.ip("macsec show m1")).contains("SSCI 00000001");
    xpn.transmitSc().raiseNextPn(AN_0, PacketNumber.of(-5));
    assertThat(xpn.transmitSc().sas().get(0).nextPn()).isEqualTo(PacketNumber.of(-5));
  }

  @Test
  void whatIpInstalledIsRead() {
    leftSpace.ip("macsec add m0 tx sa 3 pn 9 on key 0a0b 000102030405060708090a0b0c0d0e0f");
    leftSpace.ip("macsec add m0 rx port 1 address " + RIGHT_ADDRESS);
    leftSpace.ip(
        "macsec add m0 rx port 1 address "
            + RIGHT_ADDRESS
            + " sa 1 pn 4 off key 0c 000102030405060708090a0b0c0d0e0f");
    TransmitSaSnapshot tx = secy.transmitSc().snapshot().sa(AN_3).orElseThrow();
    assertThat(tx.key()).isEqualTo(KeyIdentifier.parse("0a0b"));
    assertThat(tx.enabled()).isTrue();
    assertThat(tx.nextPn()).isEqualTo(PacketNumber.of(9));
    ReceiveSaSnapshot rx =
        secy.receiveSc(RIGHT_SCI).orElseThrow().snapshot().sa(AN_1).orElseThrow();
    assertThat(rx.key()).isEqualTo(KeyIdentifier.parse("0c"));
    assertThat(rx.enabled()).isFalse();
  }

  @Test
  void delayProtectionCountsFromTheLowestNumber() {
    secy.change(SecyChange.builder().replayProtection(ReplayProtection.window(32)).build());
    ReceiveSc channel = secy.addReceiveSc(RIGHT_SCI);
    channel.install(receiveSa(SUITE, AN_0, 1, 1));
    channel.raiseLowestPn(AN_0, PacketNumber.of(1000));
    assertThat(channel.snapshot().sa(AN_0).orElseThrow().lowestPn())
        .contains(PacketNumber.of(1000));
    assertThat(shown()).contains("0: PN 1032");
    channel.raiseLowestPn(AN_0, PacketNumber.of(5));
    assertThat(channel.snapshot().sa(AN_0).orElseThrow().lowestPn())
        .contains(PacketNumber.of(1000));
  }

  @Test
  void whatIsThereIsNotMadeTwice() {
    secy.transmitSc().install(transmitSa(SUITE, AN_0, 1, 1));
    ReceiveSc channel = secy.addReceiveSc(RIGHT_SCI);
    channel.install(receiveSa(SUITE, AN_0, 2, 1));
    assertRefused(
        Kind.EXISTS,
        () -> secy.transmitSc().install(transmitSa(SUITE, AN_0, 3, 1)),
        "transmit SA 0 of m0",
        "EBUSY, it is installed already");
    assertRefused(
        Kind.EXISTS,
        () -> secy.transmitSc().install(transmitSa(SUITE, AN_0, 1, 1)),
        "it is installed already");
    assertRefused(
        Kind.EXISTS, () -> channel.install(receiveSa(SUITE, AN_0, 2, 1)), "is installed already");
    assertRefused(Kind.EXISTS, () -> secy.addReceiveSc(RIGHT_SCI), "EEXIST, it exists already");
    assertRefused(Kind.INVALID, () -> secy.addReceiveSc(LEFT_SCI), "own SCI");
    Secy other = left.create(SecyConfig.on("eth0").port(2).build());
    assertRefused(
        Kind.EXISTS,
        () -> other.addReceiveSc(RIGHT_SCI),
        "another SecY on the same parent has a receive channel of that SCI");
  }

  @Test
  void whatIsNotThereIsSaid() {
    Sci nobody = Sci.parse("0200000000990001");
    assertRefused(
        Kind.NOT_FOUND,
        () -> secy.apply(new SecyCommand.DeleteReceiveSc(nobody)),
        "there is no receive channel 02:00:00:00:00:99/1");
    assertRefused(
        Kind.NOT_FOUND,
        () -> secy.apply(new SecyCommand.InstallReceiveSa(nobody, receiveSa(SUITE, AN_0, 1, 1))),
        "no receive channel",
        "create it first");
    ReceiveSc channel = secy.addReceiveSc(RIGHT_SCI);
    assertRefused(Kind.NOT_FOUND, () -> channel.enable(AN_0, true), "it is not installed");
    assertRefused(
        Kind.NOT_FOUND,
        () -> channel.raiseLowestPn(AN_0, PacketNumber.of(2)),
        "it is not installed");
    assertRefused(Kind.NOT_FOUND, () -> secy.transmitSc().delete(AN_0), "it is not installed");
    assertRefused(Kind.NOT_FOUND, () -> secy.transmitSc().enable(AN_0, false), "not installed");
  }

  @Test
  void whatIsEnabledIsNotDeleted() {
    secy.transmitSc().install(transmitSa(SUITE, AN_0, 1, 1));
    ReceiveSc channel = secy.addReceiveSc(RIGHT_SCI);
    channel.install(receiveSa(SUITE, AN_0, 2, 1));
    assertRefused(Kind.BUSY, () -> secy.transmitSc().delete(AN_0), "EBUSY, it is enabled");
    assertRefused(Kind.BUSY, () -> channel.delete(AN_0), "EBUSY, it is enabled");
    channel.delete();
    assertThat(secy.receiveScs()).isEmpty();
  }

  @Test
  void aKeyOfAnotherSuiteIsRefusedWithTheRange() {
    assertRefused(
        Kind.INVALID,
        () -> secy.transmitSc().install(transmitSa(CipherSuite.GCM_AES_256, AN_0, 1, 1)),
        "GCM-AES-128 takes a key of 16 octets, not 32");
    assertRefused(
        Kind.INVALID,
        () -> secy.transmitSc().install(transmitSa(CipherSuite.GCM_AES_XPN_128, AN_0, 1, 1)),
        "takes no salt",
        "takes no SSCI");
    assertRefused(
        Kind.INVALID,
        () -> secy.transmitSc().install(transmitSa(SUITE, AN_0, 1, 0x1_0000_0000L)),
        "4294967296 is not in 1..4294967295");
  }

  @Test
  void aPacketNumberIsNeverLowered() {
    secy.transmitSc().install(transmitSa(SUITE, AN_0, 1, 1000));
    assertRefused(
        Kind.PACKET_NUMBER,
        () -> secy.transmitSc().raiseNextPn(AN_0, PacketNumber.of(999)),
        "999 is below 1000",
        "used twice");
    secy.transmitSc().raiseNextPn(AN_0, PacketNumber.of(1000));
  }

  @Test
  void nothingIsSentWithAnSaThatIsNotThere() {
    assertRefused(
        Kind.NOT_FOUND, () -> secy.transmitSc().select(AN_3), "cannot send with", "not installed");
    assertThat(shown()).contains("on SA 0");
  }

  @Test
  void aKeyIsNotUsedAgainBelowWhereItStopped() {
    secy.transmitSc().install(transmitSa(SUITE, AN_0, 1, 1000));
    assertRefused(
        Kind.PACKET_NUMBER,
        () -> secy.transmitSc().install(transmitSa(SUITE, AN_1, 1, 5000)),
        "is in use by an SA");
    secy.transmitSc().enable(AN_0, false);
    secy.transmitSc().delete(AN_0);
    assertRefused(
        Kind.PACKET_NUMBER,
        () -> secy.transmitSc().install(transmitSa(SUITE, AN_1, 1, 999)),
        "go on at 1000");
    secy.delete();
    Secy again = left.create(SecyConfig.on("eth0").name("m0").build());
    assertRefused(
        Kind.PACKET_NUMBER,
        () -> again.transmitSc().install(transmitSa(SUITE, AN_0, 1, 1)),
        "go on at 1000");
    again.transmitSc().install(transmitSa(SUITE, AN_0, 1, 1000));
  }
}
