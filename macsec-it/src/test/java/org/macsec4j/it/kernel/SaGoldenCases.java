package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.ReceiveSaSnapshot;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.Salt;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;
import org.macsec4j.TransmitSaSnapshot;

/** Every attribute of channels and SAs, both ways, as {@link GoldenCases} does it with SecYs. */
abstract class SaGoldenCases extends BenchCases {
  private static final String LONG_ID = "0102030405060708090a0b0c0d0e0f";
  private static final String SALT = "a1a2a3a4a5a6a7a8a9aaabac";

  /** An SA. */
  record Sa(CipherSuite suite, int an, long pn, String id, int ssci, boolean on) {
    private SecureAssociationKey key() {
      byte[] octets = new byte[suite.keyLength()];
      octets[0] = (byte) mark();
      KeyIdentifier identifier = KeyIdentifier.parse(id);
      return suite.isXpn()
          ? SecureAssociationKey.ofXpn(identifier, octets, Salt.of(HexFormat.of().parseHex(SALT)))
          : SecureAssociationKey.of(identifier, octets);
    }

    TransmitSa transmit() {
      return new TransmitSa(place(), key(), PacketNumber.of(pn), optionalSsci(), on);
    }

    ReceiveSa receive() {
      return new ReceiveSa(place(), key(), PacketNumber.of(pn), optionalSsci(), on);
    }

    /** Each has a key of its own: the backend lets none be used below where it stopped. */
    private int mark() {
      return suite.keyLength() + (suite.isXpn() ? 0x40 : 0) + an;
    }

    private AssociationNumber place() {
      return AssociationNumber.of(an);
    }

    private Optional<Ssci> optionalSsci() {
      return suite.isXpn() ? Optional.of(Ssci.of(ssci)) : Optional.empty();
    }

    /** The words of {@code ip macsec add}, which takes an SSCI in hexadecimal digits. */
    String ip() {
      String number =
          suite.isXpn()
              ? "xpn %s salt %s ssci %x".formatted(Long.toUnsignedString(pn), SALT, ssci)
              : "pn " + pn;
      return "sa %d %s %s key %s %s".formatted(an, number, on ? "on" : "off", id, hexKey());
    }

    private String hexKey() {
      return Integer.toHexString(mark()) + "00".repeat(suite.keyLength() - 1);
    }

    private String wholeId() {
      return (id + "0".repeat(32)).substring(0, 32);
    }

    /** iproute2 6.1 prints the lower half of a number of 64 bits. */
    private String printedPn() {
      return Integer.toUnsignedString((int) pn);
    }

    String printed() {
      String ssciText = suite.isXpn() ? "SSCI %08x".formatted(ssci) : "";
      return "        %d: PN %s,%s state %s, key %s"
          .formatted(an, printedPn(), ssciText, on ? "on" : "off", wholeId());
    }

    String printedJson() {
      return "{\"an\":%d,\"pn\":%s,%s\"active\":%s,\"key\":\"%s\""
          .formatted(
              an,
              printedPn(),
              suite.isXpn() ? "\"ssci\":\"0x%x\",".formatted(ssci) : "",
              on,
              wholeId());
    }
  }

  static Stream<Sa> sas() {
    return Stream.of(
        new Sa(CipherSuite.GCM_AES_128, 0, 1, "01", 0, true),
        new Sa(CipherSuite.GCM_AES_128, 1, 0x01020304, LONG_ID + "10", 0, false),
        new Sa(CipherSuite.GCM_AES_256, 2, 0xFFFF_FFFFL, "fffefd", 0, true),
        new Sa(CipherSuite.GCM_AES_256, 3, 0x8000_0000L, LONG_ID + "20", 0, false),
        new Sa(CipherSuite.GCM_AES_XPN_128, 0, 1, "02", 1, true),
        new Sa(CipherSuite.GCM_AES_XPN_128, 1, 0x1_0000_0004L, LONG_ID + "30", 0x01020304, false),
        new Sa(CipherSuite.GCM_AES_XPN_256, 2, 0x0102_0304_0506_0708L, "0a0b", -2, true),
        new Sa(CipherSuite.GCM_AES_XPN_256, 3, 0xFFFF_FFFFL, LONG_ID + "40", 0x7FFF_FFFF, false));
  }

  /** Without replay protection, so that the lowest number is the next one. */
  private SecyId secy(CipherSuite suite) {
    return bench.backend.create(
        SecyConfig.on("eth0").name("m0").cipherSuite(suite).replayWindow(0).build());
  }

  private void apply(SecyId secy, SecyCommand command) {
    bench.backend.apply(secy, command).orThrow();
  }

  private void assertPrinted(Sa sa) {
    assertThat(bench.space.ip("-s macsec show m0").lines()).contains(sa.printed());
    assertThat(bench.space.ip("-j macsec show m0")).contains(sa.printedJson() + "}");
  }

  private SecySnapshot read(SecyId secy) {
    return bench.backend.read(secy);
  }

  private void assertTransmitRead(SecyId secy, Sa sa) {
    TransmitSa expected = sa.transmit();
    TransmitSaSnapshot found = read(secy).transmitSc().sa(expected.an()).orElseThrow();
    assertThat(found.key()).isEqualTo(expected.key().identifier());
    assertThat(found.nextPn()).isEqualTo(expected.nextPn());
    assertThat(found.ssci()).isEqualTo(expected.ssci());
    assertThat(found.enabled()).isEqualTo(expected.enabled());
    assertThat(read(secy).transmitSc().sas()).hasSize(1);
  }

  private void assertReceiveRead(SecyId secy, Sa sa) {
    ReceiveSa expected = sa.receive();
    ReceiveScSnapshot channel = read(secy).receiveScs().get(0);
    ReceiveSaSnapshot found = channel.sa(expected.an()).orElseThrow();
    assertThat(channel.sci()).isEqualTo(Bench.PEER);
    assertThat(found.key()).isEqualTo(expected.key().identifier());
    assertThat(found.nextPn()).isEqualTo(expected.lowestPn());
    assertThat(found.ssci()).isEqualTo(expected.ssci());
    assertThat(found.enabled()).isEqualTo(expected.enabled());
    assertThat(channel.sas()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("sas")
  void aTransmitSa(Sa sa) {
    SecyId ours = secy(sa.suite());
    apply(ours, new SecyCommand.InstallTransmitSa(sa.transmit()));
    assertPrinted(sa);
    assertTransmitRead(ours, sa);
    apply(ours, new SecyCommand.EnableTransmitSa(sa.transmit().an(), !sa.on()));
    assertPrinted(new Sa(sa.suite(), sa.an(), sa.pn(), sa.id(), sa.ssci(), !sa.on()));
    bench.clear();

    SecyId theirs = secy(sa.suite());
    bench.space.ip("macsec add m0 tx " + sa.ip());
    assertPrinted(sa);
    assertTransmitRead(theirs, sa);
  }

  @ParameterizedTest
  @MethodSource("sas")
  void aReceiveSa(Sa sa) {
    SecyId ours = secy(sa.suite());
    apply(ours, new SecyCommand.CreateReceiveSc(Bench.PEER));
    apply(ours, new SecyCommand.InstallReceiveSa(Bench.PEER, sa.receive()));
    assertPrinted(sa);
    assertReceiveRead(ours, sa);
    apply(ours, new SecyCommand.EnableReceiveSa(Bench.PEER, sa.receive().an(), !sa.on()));
    assertPrinted(new Sa(sa.suite(), sa.an(), sa.pn(), sa.id(), sa.ssci(), !sa.on()));
    bench.clear();

    SecyId theirs = secy(sa.suite());
    bench.space.ip("macsec add m0 rx port 1 address 02:00:00:00:0b:02");
    bench.space.ip("macsec add m0 rx port 1 address 02:00:00:00:0b:02 " + sa.ip());
    assertPrinted(sa);
    assertReceiveRead(theirs, sa);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChannel(boolean on) {
    String word = on ? "on" : "off";
    SecyId ours = secy(CipherSuite.GCM_AES_128);
    apply(ours, new SecyCommand.CreateReceiveSc(Bench.PEER));
    apply(ours, new SecyCommand.EnableReceiveSc(Bench.PEER, on));
    assertChannel(ours, on);
    bench.clear();

    SecyId theirs = secy(CipherSuite.GCM_AES_128);
    bench.space.ip("macsec add m0 rx sci 020000000b020001 " + word);
    assertChannel(theirs, on);
    bench.space.ip("macsec set m0 rx sci 020000000b020001 " + (on ? "off" : "on"));
    assertChannel(theirs, !on);
  }

  private void assertChannel(SecyId secy, boolean on) {
    String word = on ? "on" : "off";
    String line = "    RXSC: 020000000b020001, state " + word;
    assertThat(bench.space.ip("macsec show m0").lines()).contains(line);
    assertThat(bench.space.ip("-j macsec show m0"))
        .contains("\"rx_sc\":[{\"sci\":\"0x20000000b020001\",\"active\":" + on + ",");
    assertThat(read(secy).receiveScs().get(0).sci()).isEqualTo(Bench.PEER);
    assertThat(read(secy).receiveScs().get(0).enabled()).isEqualTo(on);
  }
}
