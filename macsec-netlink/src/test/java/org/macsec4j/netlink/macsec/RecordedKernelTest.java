package org.macsec4j.netlink.macsec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacAddress;
import org.macsec4j.OffloadMode;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.ReceiveSaCounter;
import org.macsec4j.ReceiveSaSnapshot;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyCounter;
import org.macsec4j.SecySnapshot;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.ValidateFrames;
import org.macsec4j.netlink.Vectors;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.transport.GenericFamily;
import org.macsec4j.netlink.wire.Acknowledgement;
import org.macsec4j.netlink.wire.MessageBuilder;

/** Reads what a kernel said, and writes what it understood, octet for octet. */
@EnabledIf("org.macsec4j.netlink.Vectors#fitThisMachine")
class RecordedKernelTest {
  private static final Vectors VECTORS = new Vectors("linux-6.1");
  private static final Sci PEER = Sci.parse("0200000000990001");

  /** As the kernel of the recording numbered the family. */
  private static final MacsecRequests REQUESTS =
      new MacsecRequests(new GenericFamily(0x1C, 1, Map.of()));

  @Test
  void readsTheLinks() {
    List<LinkInfo> links = VECTORS.messages("link-dump").stream().map(LinkInfo::of).toList();

    assertThat(links).extracting(LinkInfo::name).contains("m1");
    LinkInfo m1 = links.get(0);
    assertThat(m1.index()).isEqualTo(5);
    assertThat(m1.isMacsec()).isTrue();
    assertThat(m1.up()).isFalse();
    assertThat(m1.ethernet()).isTrue();
    assertThat(m1.mtu()).isEqualTo(1468);
    assertThat(m1.address()).contains(MacAddress.parse("02:00:00:00:0a:01"));
    assertThat(m1.parent()).isEqualTo(OptionalInt.of(4));
    assertThat(m1.parentElsewhere()).isFalse();
    assertThat(m1.master()).isEmpty();
    assertThat(MacsecLink.sci(m1)).isEqualTo(Sci.parse("020000000a010007"));
    assertThat(MacsecLink.cipherSuite(m1)).isEqualTo(CipherSuite.GCM_AES_256);

    LinkInfo parent = LinkInfo.of(VECTORS.messages("link-of-parent").get(0));
    assertThat(parent.name()).isEqualTo("v0");
    assertThat(parent.up()).isTrue();
    assertThat(parent.kind()).isEqualTo("veth");
  }

  @Test
  void readsASecyWithAllBelowIt() {
    List<SecyReport> secys =
        VECTORS.messages("txsc-dump").stream().map(SecyDecoder::decode).toList();
    LinkInfo link = LinkInfo.of(VECTORS.messages("link-dump").get(0));
    SecySnapshot m1 = secys.get(0).snapshot(link, "v0");

    assertThat(m1.config())
        .isEqualTo(
            SecyConfig.on("v0")
                .name("m1")
                .sci(Sci.parse("020000000a010007"))
                .cipherSuite(CipherSuite.GCM_AES_256)
                .validateFrames(ValidateFrames.CHECK)
                .replayWindow(64)
                .build());
    assertThat(m1.operational()).isTrue();
    assertThat(m1.offload()).isEqualTo(OffloadMode.SOFTWARE);
    assertThat(m1.counters().asMap()).hasSize(SecyCounter.values().length).containsValue(0L);
    TransmitSaSnapshot tx = m1.transmitSc().sa(AssociationNumber.AN_0).orElseThrow();
    assertThat(tx.key()).isEqualTo(KeyIdentifier.parse("0102"));
    assertThat(tx.nextPn()).isEqualTo(PacketNumber.of(5));
    assertThat(tx.enabled()).isTrue();
    ReceiveSaSnapshot rx =
        m1.receiveSc(Sci.parse("020000000b020001"))
            .orElseThrow()
            .sa(AssociationNumber.AN_2)
            .orElseThrow();
    assertThat(rx.nextPn()).isEqualTo(PacketNumber.of(100));
    assertThat(rx.lowestPn()).contains(PacketNumber.of(36));
    assertThat(rx.counters().get(ReceiveSaCounter.IN_PKTS_OK)).hasValue(0);
  }

  @Test
  void readsExtendedPacketNumbersAndAWholeSci() {
    SecyReport m2 = SecyDecoder.decode(VECTORS.messages("txsc-dump").get(1));
    LinkInfo link = LinkInfo.of(VECTORS.messages("link-dump").get(1));
    SecyConfig config = m2.snapshot(link, "v0").config();

    assertThat(config.sci()).contains(Sci.parse("1234567890ab0009"));
    assertThat(config.cipherSuite()).isEqualTo(CipherSuite.GCM_AES_XPN_128);
    assertThat(config.confidentialityOffset()).isEqualTo(ConfidentialityOffset.NO_CONFIDENTIALITY);
    assertThat(config.replayProtection()).isEqualTo(ReplayProtection.OFF);
    assertThat(m2.transmitSc().encodingSa()).isEqualTo(AssociationNumber.AN_1);
    TransmitSaSnapshot sa = m2.transmitSc().sas().get(0);
    assertThat(sa.nextPn()).isEqualTo(PacketNumber.of(4294967300L));
    assertThat(sa.enabled()).isFalse();
    assertThat(sa.ssci()).isPresent();
    assertThat(m2.receiveScs()).isEmpty();
  }

  @Test
  void readsHowARequestEnded() {
    assertThat(Acknowledgement.of(VECTORS.messages("create-ack").get(0)).errno()).isZero();
    Acknowledgement refusal = Acknowledgement.of(VECTORS.messages("del-rxsc-refusal").get(0));
    assertThat(refusal.errno()).isEqualTo(Errno.ENODEV);
    assertThat(Acknowledgement.of(VECTORS.messages("link-done").get(0)).errno()).isZero();
  }

  @Test
  void writesTheRequestsThatTheKernelTook() {
    SecyConfig config =
        SecyConfig.on("v0")
            .port(42)
            .cipherSuite(CipherSuite.GCM_AES_XPN_128)
            .replayWindow(5)
            .validateFrames(ValidateFrames.CHECK)
            .build();
    TransmitSa tx =
        TransmitSa.builder(AssociationNumber.AN_1, key("a1", "00", "a0a1a2a3a4a5a6a7a8a9aaab"))
            .nextPn(PacketNumber.of(0x1_0000_0002L))
            .ssci(Ssci.of(0x01020304))
            .build();
    ReceiveSa rx =
        ReceiveSa.builder(AssociationNumber.AN_2, key("a2", "10", "b0a1a2a3a4a5a6a7a8a9aaab"))
            .lowestPn(PacketNumber.of(1))
            .ssci(Ssci.of(2))
            .build();

    assertWritten("create-request", MacsecLink.create(config, "m3", 4, OptionalInt.empty()));
    assertWritten("add-txsa-request", REQUESTS.addTransmitSa(7, tx));
    assertWritten("add-rxsc-request", REQUESTS.addReceiveSc(7, PEER));
    assertWritten("add-rxsa-request", REQUESTS.addReceiveSa(7, PEER, rx, PacketNumber.of(1)));
  }

  private static SecureAssociationKey key(String id, String first, String salt) {
    byte[] octets = new byte[16];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (Integer.parseInt(first, 16) + i);
    }
    return SecureAssociationKey.ofXpn(KeyIdentifier.parse(id), octets, Salt.parse(salt));
  }

  private static void assertWritten(String name, MessageBuilder request) {
    byte[] recorded = VECTORS.octets(name);
    int sequence = VECTORS.messages(name).get(0).sequence();
    try (request) {
      ByteBuffer whole = request.finish(sequence);
      byte[] written = new byte[whole.remaining()];
      whole.get(written);
      assertThat(HexFormat.of().formatHex(written))
          .as(name)
          .isEqualTo(HexFormat.of().formatHex(recorded));
    }
  }
}
