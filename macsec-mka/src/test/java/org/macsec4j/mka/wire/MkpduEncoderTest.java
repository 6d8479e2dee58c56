package org.macsec4j.mka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.macsec4j.mka.wire.Samples.BASIC;
import static org.macsec4j.mka.wire.Samples.ICV;
import static org.macsec4j.mka.wire.Samples.MI_A;
import static org.macsec4j.mka.wire.Samples.MI_B;

import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.MacAddress;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MkaKeyIdentifier;

class MkpduEncoderTest {
  private static final EapolHeader HEADER = EapolHeader.from(MacAddress.parse("02:00:00:00:0a:01"));
  private static final AssociationNumber AN = AssociationNumber.AN_1;
  private static final ConfidentialityOffset OFFSET = ConfidentialityOffset.OFFSET_30;

  private static byte[] encode(MkpduEncoder encoder, ParameterSet... sets) {
    return encoder.encode(HEADER, new Mkpdu(Samples.basic(), List.of(sets)), Samples::icv);
  }

  private static byte[] encode(ParameterSet... sets) {
    return encode(MkpduEncoder.DEFAULT, sets);
  }

  @Test
  void writesTheBasicSetAlone() {
    assertThat(encode()).isEqualTo(Samples.frame(BASIC, ICV));
  }

  @Test
  void writesEachSetAsTheStandardDrawsIt() {
    KeyUse latest =
        new KeyUse(AssociationNumber.AN_3, true, false, new MkaKeyIdentifier(MI_A, 5), 6);
    KeyUse old = new KeyUse(AN, false, true, new MkaKeyIdentifier(MI_B, 4), 0xFFFF_FFFFL);
    assertThat(
            encode(
                new LivePeerList(List.of(new PeerEntry(MI_B, 0x8000_0001L)), 2),
                new PotentialPeerList(List.of()),
                MacsecSakUse.of(latest, old, true, false, true),
                DistributedSak.of(
                    AN, OFFSET, 5, CipherSuite.GCM_AES_256, OctetString.parse("5a".repeat(40))),
                DistributedCak.of(OctetString.parse("5b".repeat(24)), Ckn.parse("c1")),
                new KmdParameterSet(OctetString.ofUtf8("kmd")),
                new AnnouncementParameterSet(
                    List.of(
                        AnnouncementTlv.ofCipherSuites(
                            List.of(
                                new AnnouncementTlv.AnnouncedSuite(
                                    MacsecCapability.CONFIDENTIALITY_OFFSET_0,
                                    0,
                                    CipherSuite.GCM_AES_XPN_256.id()))))),
                new XpnParameterSet(120, 1, 2)))
        .isEqualTo(
            Samples.frame(
                BASIC,
                "01020010" + MI_B + "80000001",
                "02000000",
                "03e59028" + MI_A + "00000005" + "00000006" + MI_B + "00000004" + "ffffffff",
                "04600034" + "00000005" + "0080c20001000002" + "5a".repeat(40),
                "05000019" + "5b".repeat(24) + "c1000000",
                "06000003" + "6b6d6400",
                "0700000c" + "e00a" + "0002" + "0080c20001000004",
                "08780008" + "00000001" + "00000002",
                ICV));
  }

  @Test
  void doesNotNameGcmAes128() {
    OctetString wrapped = OctetString.parse("5a".repeat(24));
    assertThat(encode(DistributedSak.of(AN, OFFSET, 5, CipherSuite.GCM_AES_128, wrapped)))
        .isEqualTo(Samples.frame(BASIC, "0460001c" + "00000005" + "5a".repeat(24), ICV));
    assertThat(
            encode(
                new DistributedSak(
                    AN, OFFSET, 5, OptionalLong.of(CipherSuite.GCM_AES_128.id()), wrapped, 0)))
        .isEqualTo(
            Samples.frame(
                BASIC, "04600024" + "00000005" + "0080c20001000001" + "5a".repeat(24), ICV));
  }

  @Test
  void writesWhatSaysThatMacsecIsNotUsed() {
    assertThat(encode(MacsecSakUse.withoutMacsec(), DistributedSak.withoutMacsec()))
        .isEqualTo(Samples.frame(BASIC, "0300c000", "04000000", ICV));
  }

  @Test
  void arrangesTheSets() {
    ParameterSet live = new LivePeerList(List.of());
    ParameterSet use = MacsecSakUse.withoutMacsec();
    ParameterSet potential = new PotentialPeerList(List.of());
    ParameterSet unknown = new UnknownParameterSet(9, 0, OctetString.EMPTY);
    ParameterSet[] sets = {new IcvIndicator(), potential, unknown, use, live};
    assertThat(encode(sets))
        .isEqualTo(
            Samples.frame(BASIC, "01000000", "02000000", "0300c000", "09000000", "ff000010", ICV));
    assertThat(encode(MkpduEncoder.DEFAULT.withOrder(SetOrder.PEER_LISTS_LAST), sets))
        .isEqualTo(
            Samples.frame(BASIC, "0300c000", "09000000", "01000000", "02000000", "ff000010", ICV));
    assertThat(encode(MkpduEncoder.DEFAULT.withOrder(SetOrder.AS_GIVEN), sets))
        .isEqualTo(
            Samples.frame(BASIC, "02000000", "09000000", "0300c000", "01000000", "ff000010", ICV));
  }

  @Test
  void precedesTheIcvWithAnIndicatorWhenTold() {
    MkpduEncoder encoder = MkpduEncoder.DEFAULT.withIcvIndicator(true);
    byte[] expected = Samples.frame(BASIC, "ff000010", ICV);
    assertThat(encode(encoder)).isEqualTo(expected);
    assertThat(encode(encoder, new IcvIndicator())).isEqualTo(expected);
    assertThat(encode(encoder.withIcvIndicator(false))).isEqualTo(Samples.frame(BASIC, ICV));
  }

  @Test
  void computesTheIcvOverAllThatPrecedesIt() {
    byte[] frame =
        MkpduEncoder.DEFAULT.encode(
            HEADER,
            new Mkpdu(Samples.basic(), List.of(new IcvIndicator())),
            (octets, offset, length, target, at) -> {
              assertThat(octets).isSameAs(target).hasSize(18 + 36 + 4 + 16);
              assertThat(offset).isZero();
              assertThat(length).isEqualTo(18 + 36 + 4).isEqualTo(at);
              target[at] = 1;
            });
    assertThat(frame[18 + 36 + 4]).isEqualTo((byte) 1);
  }

  @Test
  void refusesAnMkpduLongerThanAnEapolPacket() {
    ParameterSet large = new UnknownParameterSet(99, 0, OctetString.of(new byte[4092]));
    assertThat(encode(Collections.nCopies(15, large).toArray(ParameterSet[]::new)))
        .hasSize(18 + 36 + 15 * 4096 + 16);
    assertThatThrownBy(() -> encode(Collections.nCopies(16, large).toArray(ParameterSet[]::new)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 65535 octets");
  }

  @Test
  void nothingThatCannotBeWrittenCanBeMade() {
    List<PeerEntry> crowd = Collections.nCopies(256, new PeerEntry(MI_A, 1));
    assertThatThrownBy(() -> new LivePeerList(crowd))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0..255, not 256");
    assertThatThrownBy(() -> new PotentialPeerList(crowd))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LivePeerList(List.of(), 256))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LivePeerList(List.of(), 0, 0x10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reserved bits");
    assertThatThrownBy(() -> new PeerEntry(MI_A, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new UnknownParameterSet(3, 0, OctetString.EMPTY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("known");
    assertThatThrownBy(() -> new UnknownParameterSet(9, 0, OctetString.of(new byte[4096])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new XpnParameterSet(0, 1L << 32, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DistributedCak(OctetString.of(new byte[24]), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AnnouncementTlv(128, OctetString.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new EapolHeader(EapolHeader.PAE_GROUP_ADDRESS, new MacAddress(1), 0x1_0000, 3))
        .isInstanceOf(IllegalArgumentException.class);
    KeyUse named = new KeyUse(AN, true, true, new MkaKeyIdentifier(MI_A, 1), 1);
    assertThatThrownBy(() -> new MacsecSakUse(false, named, KeyUse.NONE, false, false, false, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDistributedSakHasOneOfItsForms() {
    OctetString none = OctetString.EMPTY;
    OctetString of24 = OctetString.of(new byte[24]);
    OctetString of40 = OctetString.of(new byte[40]);
    OptionalLong id = OptionalLong.of(CipherSuite.GCM_AES_256.id());
    for (Runnable wrong :
        List.<Runnable>of(
            () -> new DistributedSak(AN, OFFSET, 1, OptionalLong.empty(), none, 0),
            () -> new DistributedSak(AN, OFFSET, 1, OptionalLong.empty(), of40, 0),
            () -> new DistributedSak(AN, OFFSET, 1, id, none, 0),
            () -> new DistributedSak(AN, OFFSET, -1, id, of40, 0),
            () -> DistributedSak.of(AN, OFFSET, 1, CipherSuite.GCM_AES_256, of24),
            () -> DistributedSak.of(AN, OFFSET, 1, CipherSuite.GCM_AES_XPN_128, of40))) {
      assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
