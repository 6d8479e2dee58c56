package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.ReceiveScCounter;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.Secy;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyCounter;
import org.macsec4j.SecyEvent;
import org.macsec4j.SecySnapshot;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.TransmitScCounter;
import org.macsec4j.netlink.SaRotation;
import org.macsec4j.spi.Registration;

/** User frames through SecYs of ours, and of {@code ip macsec} on the other side. */
abstract class TrafficCases extends Pair {
  private static final CipherSuite SUITE = CipherSuite.GCM_AES_128;
  private static final String HERE = "10.0.0.1";
  private static final String THERE = "10.0.0.2";

  static Stream<Arguments> suitesAndEncryption() {
    return Stream.of(CipherSuite.values())
        .flatMap(suite -> Stream.of(Arguments.of(suite, true), Arguments.of(suite, false)));
  }

  private void address() {
    leftSpace.ip("addr add " + HERE + "/24 dev m0");
    rightSpace.ip("addr add " + THERE + "/24 dev m0");
  }

  private static Secy secy(
      Macsec where, SecyConfig config, Sci peer, int sends, int receives, long pn) {
    CipherSuite suite = config.cipherSuite();
    Secy secy = where.create(config);
    secy.addReceiveSc(peer).install(receiveSa(suite, AN_0, receives, 1));
    secy.transmitSc().install(transmitSa(suite, AN_0, sends, pn));
    secy.up();
    return secy;
  }

  private Secy leftSecy(SecyConfig config, long pn) {
    return secy(left, config, RIGHT_SCI, 1, 2, pn);
  }

  private Secy rightSecy(SecyConfig config) {
    return secy(right, config, LEFT_SCI, 2, 1, 1);
  }

  private static SecyConfig config(CipherSuite suite, boolean encrypt) {
    return SecyConfig.on("eth0").name("m0").cipherSuite(suite).encrypt(encrypt).build();
  }

  @ParameterizedTest
  @MethodSource("suitesAndEncryption")
  void withIpMacsecOnTheOtherSide(CipherSuite suite, boolean encrypt) {
    Secy ours = leftSecy(config(suite, encrypt), 1);
    rightSpace.ip(
        "link add link eth0 name m0 type macsec cipher "
            + suite.toString().toLowerCase(Locale.ROOT)
            + (encrypt ? " encrypt on" : " encrypt off"));
    String first = suite.isXpn() ? "xpn 1 ssci 2 salt " + "0".repeat(24) : "pn 1";
    String peer = suite.isXpn() ? "xpn 1 ssci 1 salt " + "0".repeat(24) : "pn 1";
    rightSpace.ip("macsec add m0 tx sa 0 " + first + " on key 02 " + hex(suite, 2));
    rightSpace.ip("macsec add m0 rx port 1 address " + LEFT_ADDRESS);
    rightSpace.ip(
        "macsec add m0 rx port 1 address "
            + LEFT_ADDRESS
            + " sa 0 "
            + peer
            + " on key 01 "
            + hex(suite, 1));
    rightSpace.ip("link set dev m0 up");
    address();

    assertThat(leftSpace.pings(THERE)).isTrue();

    SecySnapshot now = ours.snapshot();
    assertThat(now.receiveScs().get(0).counters().get(ReceiveScCounter.IN_PKTS_OK).getAsLong())
        .isGreaterThanOrEqualTo(3);
    assertThat(now.receiveScs().get(0).counters().get(ReceiveScCounter.IN_PKTS_NOT_VALID))
        .hasValue(0);
    TransmitScCounter counts =
        encrypt ? TransmitScCounter.OUT_PKTS_ENCRYPTED : TransmitScCounter.OUT_PKTS_PROTECTED;
    assertThat(now.transmitSc().counters().get(counts).getAsLong()).isGreaterThanOrEqualTo(3);
    assertThat(now.operational()).isTrue();
  }

  private static String hex(CipherSuite suite, int number) {
    return HexFormat.of().toHexDigits((byte) number).repeat(suite.keyLength());
  }

  private static SaRotation receive(Sci peer, AssociationNumber an, int key) {
    return SaRotation.builder().receive(peer, receiveSa(SUITE, an, key, 1)).build();
  }

  private static SaRotation transmit(AssociationNumber an, int key) {
    return SaRotation.builder().transmit(transmitSa(SUITE, an, key, 1)).build();
  }

  /** With octets that differ, so that an order that is wrong is seen. */
  @Test
  void saltAndSsciAreThoseOfIp() {
    CipherSuite suite = CipherSuite.GCM_AES_XPN_256;
    String salt = "0102030405060708090a0b0c";
    String key = "0f" + "1e".repeat(31);
    SecureAssociationKey both =
        SecureAssociationKey.ofXpn(
            KeyIdentifier.parse("01"),
            HexFormat.of().parseHex(key),
            Salt.of(HexFormat.of().parseHex(salt)));
    Secy ours = left.create(config(suite, true));
    Ssci mine = Ssci.of(0x01020304);
    Ssci theirs = Ssci.of(0x0A0B0C0D);
    PacketNumber first = PacketNumber.FIRST;
    ours.addReceiveSc(RIGHT_SCI)
        .install(new ReceiveSa(AN_1, both, first, Optional.of(theirs), true));
    ours.transmitSc().install(new TransmitSa(AN_0, both, first, Optional.of(mine), true));
    ours.up();
    String rest = " salt " + salt + " on key 01 " + key;
    rightSpace.ip(
        "link add link eth0 name m0 type macsec cipher gcm-aes-xpn-256 encrypt on encodingsa 1");
    rightSpace.ip("macsec add m0 tx sa 1 xpn 1 ssci a0b0c0d" + rest);
    rightSpace.ip("macsec add m0 rx port 1 address " + LEFT_ADDRESS);
    rightSpace.ip(
        "macsec add m0 rx port 1 address " + LEFT_ADDRESS + " sa 0 xpn 1 ssci 1020304" + rest);
    rightSpace.ip("link set dev m0 up");
    address();
    assertThat(leftSpace.pings(THERE)).isTrue();
  }

  @Test
  void aRotationThatFailsHalfWayLeavesTheOldKeyAtWork() {
    Secy here = leftSecy(config(SUITE, true), 1);
    rightSecy(config(SUITE, true));
    address();
    SaRotation refused =
        SaRotation.builder()
            .receive(RIGHT_SCI, receiveSa(SUITE, AN_1, 9, 1))
            .receive(Sci.parse("0200000000990001"), receiveSa(SUITE, AN_1, 9, 1))
            .transmit(transmitSa(SUITE, AN_1, 8, 1))
            .build();
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> leftBackend.rotate(here.id(), refused))
        .withMessageContaining("no receive channel")
        .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
    SecySnapshot now = here.snapshot();
    assertThat(now.receiveScs().get(0).sas()).hasSize(1);
    assertThat(now.transmitSc().sas()).extracting(TransmitSaSnapshot::an).containsExactly(AN_0);
    assertThat(leftSpace.pings(THERE)).isTrue();

    leftBackend.rotate(here.id(), receive(RIGHT_SCI, AN_1, 9));
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> leftBackend.rotate(here.id(), transmit(AN_0, 8)))
        .withMessageContaining("is the one in use; take 1");
  }

  @Test
  void usedUpPacketNumbersEndTheKeyAndAreToldOf() {
    List<SecyEvent> events = new CopyOnWriteArrayList<>();
    Secy here = leftSecy(config(SUITE, true), 0xFFFF_FFFAL);
    rightSecy(config(SUITE, true));
    left.onEvent(events::add);
    address();
    leftSpace.run("ping", "-n", "-q", "-c", "12", "-i", "0.1", "-W", "1", THERE);

    await(() -> events.contains(new SecyEvent.PacketNumbersExhausted(here.id(), AN_0)));
    assertThat(events)
        .contains(
            new SecyEvent.PacketNumbersExhausted(here.id(), AN_0),
            new SecyEvent.OperationalChanged(here.id(), false));
    TransmitSaSnapshot sa = here.transmitSc().sas().get(0);
    assertThat(sa.nextPn()).isEqualTo(PacketNumber.of(0));
    assertThat(sa.enabled()).isFalse();
    refused(() -> here.transmitSc().enable(AN_0, true));
    refused(() -> here.transmitSc().raiseNextPn(AN_0, PacketNumber.of(5)));
    here.transmitSc().delete(AN_0);
    refused(() -> here.transmitSc().install(transmitSa(SUITE, AN_0, 1, 0xFFFF_FFFFL)));
    here.transmitSc().install(transmitSa(SUITE, AN_0, 7, 1));
    await(() -> here.snapshot().operational());
    assertThat(here.snapshot().operational()).isTrue();
  }

  private static void refused(ThrowingCallable what) {
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(what)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.PACKET_NUMBER));
  }

  @Test
  void changesByOthersAreToldOf() {
    List<SecyEvent> events = new CopyOnWriteArrayList<>();
    try (Registration watch = left.onEvent(events::add)) {
      assertThat(watch).isNotNull();
      leftSpace.ip("link add link eth0 name m0 type macsec");
      await(() -> events.stream().anyMatch(SecyEvent.Created.class::isInstance));
      events.removeIf(SecyEvent.Changed.class::isInstance);
      leftSpace.ip("macsec add m0 rx port 1 address " + RIGHT_ADDRESS);
      await(() -> events.stream().anyMatch(SecyEvent.Changed.class::isInstance));
      leftSpace.ip("link del dev m0");
      await(() -> events.stream().anyMatch(SecyEvent.Removed.class::isInstance));
      assertThat(events)
          .hasAtLeastOneElementOfType(SecyEvent.Created.class)
          .hasAtLeastOneElementOfType(SecyEvent.Changed.class)
          .hasAtLeastOneElementOfType(SecyEvent.Removed.class);
      assertThat(events.get(0).secy().name()).isEqualTo("m0");
    }
  }

  @Test
  void aStrictSecyCountsWhatIsNotProtected() {
    Secy here = leftSecy(config(SUITE, true), 1);
    rightSpace.ip("addr add 10.9.0.2/24 dev eth0");
    rightSpace.run("ping", "-n", "-c", "2", "-i", "0.2", "-W", "1", "-b", "10.9.0.255");
    await(() -> here.snapshot().counters().get(SecyCounter.IN_PKTS_NO_TAG).orElse(0) > 0);
    assertThat(here.snapshot().counters().get(SecyCounter.IN_PKTS_NO_TAG).getAsLong()).isPositive();
  }
}
