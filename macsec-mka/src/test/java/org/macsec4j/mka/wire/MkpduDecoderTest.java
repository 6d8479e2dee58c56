package org.macsec4j.mka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.macsec4j.mka.wire.Samples.BASIC;
import static org.macsec4j.mka.wire.Samples.ICV;
import static org.macsec4j.mka.wire.Samples.MI_A;
import static org.macsec4j.mka.wire.Samples.MI_B;
import static org.macsec4j.mka.wire.Samples.frame;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.MacAddress;
import org.macsec4j.Sci;
import org.macsec4j.mka.CapturedMkpdus;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;

class MkpduDecoderTest {
  private static final MkpduDecoder DECODER = MkpduDecoder.DEFAULT;

  private static Mkpdu decode(String... mkpdu) throws MalformedMkpduException {
    return DECODER.decode(frame(mkpdu));
  }

  private static MalformedMkpduException refused(MkpduDecoder decoder, byte[] frame) {
    MalformedMkpduException refused =
        catchThrowableOfType(MalformedMkpduException.class, () -> decoder.decode(frame));
    assertThat(refused).as("%s", HexFormat.of().formatHex(frame)).isNotNull();
    assertThat(refused.getStackTrace()).isEmpty();
    return refused;
  }

  private static MalformedReason reason(String... mkpdu) {
    return refused(DECODER, frame(mkpdu)).reason();
  }

  @Test
  void readsAFrameOfWpaSupplicant() throws MalformedMkpduException {
    byte[] octets =
        HexFormat.of()
            .parseHex(
                "0180c200000302000000000a888e03050064010ae03c02000000000a0001"
                    + "1def20e78cccf72242e6ec4f000000010080c201000102030405060708090a0b"
                    + "0c0d0e0f101112131415161718191a1b1c1d1e1f020000105bc3fa966a1d0b84"
                    + "c0e555a0000000011df56c456dcc12d0430e973b88faedc9");
    ReceivedMkpdu received = DECODER.open(octets);
    assertThat(received.header())
        .isEqualTo(EapolHeader.from(MacAddress.parse("02:00:00:00:00:0a")));
    assertThat(received.frameLength()).isEqualTo(octets.length);
    assertThat(received.coveredLength()).isEqualTo(octets.length - 16);
    assertThat(received.basic())
        .isEqualTo(
            new BasicParameterSet(
                1,
                10,
                true,
                true,
                MacsecCapability.CONFIDENTIALITY_OFFSET_0,
                Sci.parse("02:00:00:00:00:0a/1"),
                MemberIdentifier.parse("1def20e78cccf72242e6ec4f"),
                1,
                BasicParameterSet.ALGORITHM_AGILITY,
                Ckn.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")));
    Mkpdu mkpdu = received.mkpdu();
    assertThat(mkpdu.sets())
        .containsExactly(
            new PotentialPeerList(
                List.of(new PeerEntry(MemberIdentifier.parse("5bc3fa966a1d0b84c0e555a0"), 1))));
    assertThat(mkpdu.icv()).hasValue(OctetString.parse("1df56c456dcc12d0430e973b88faedc9"));
  }

  /** The key server of mkad_xpn128 hands out its key: lists, SAK use, SAK, announcement, XPN. */
  @Test
  void readsAFrameOfMkaDaemonWithAnXpnKey() throws MalformedMkpduException {
    CapturedMkpdus.Frame frame =
        CapturedMkpdus.of("mkadaemon/mkad_xpn128").stream()
            .filter(each -> each.sak().isPresent())
            .findFirst()
            .orElseThrow();
    Mkpdu mkpdu = DECODER.decode(frame.octets());
    MkaKeyIdentifier key =
        new MkaKeyIdentifier(MemberIdentifier.parse("aff9b6990c030594423c3d8f"), 1);
    assertThat(mkpdu.basic().version()).isEqualTo(3);
    assertThat(mkpdu.livePeers())
        .hasValue(
            new LivePeerList(
                List.of(new PeerEntry(MemberIdentifier.parse("d51172b69a1fc197916b423d"), 5)), 1));
    assertThat(mkpdu.sakUse())
        .hasValue(
            MacsecSakUse.of(
                new KeyUse(AssociationNumber.AN_0, false, false, MkaKeyIdentifier.NONE, 1),
                new KeyUse(AssociationNumber.AN_1, true, true, key, 1),
                false,
                false,
                false));
    assertThat(mkpdu.distributedSak())
        .hasValue(
            DistributedSak.of(
                AssociationNumber.AN_1,
                ConfidentialityOffset.OFFSET_0,
                1,
                CipherSuite.GCM_AES_XPN_128,
                OctetString.parse("e89aa4935e3ff401e92685a46b255dc1c7b8f528729fbc0c")));
    assertThat(mkpdu.announcement().orElseThrow().cipherSuites().orElseThrow())
        .containsExactly(
            new AnnouncementTlv.AnnouncedSuite(
                MacsecCapability.CONFIDENTIALITY_OFFSET_0, 0, CipherSuite.GCM_AES_XPN_128.id()));
    assertThat(mkpdu.xpn()).hasValue(new XpnParameterSet(0, 0, 0));
  }

  @Test
  void readsEveryFieldOfSakUse() throws MalformedMkpduException {
    String keys = MI_A + "00000002" + "f0000001" + MI_B + "80000000" + "00000009";
    assertThat(decode(BASIC, "03" + "a6" + "d028", keys, ICV).sakUse())
        .hasValue(
            new MacsecSakUse(
                true,
                new KeyUse(
                    AssociationNumber.AN_2,
                    true,
                    false,
                    new MkaKeyIdentifier(MI_A, 2),
                    0xF000_0001L),
                new KeyUse(
                    AssociationNumber.AN_1,
                    true,
                    false,
                    new MkaKeyIdentifier(MI_B, 0x8000_0000L),
                    9),
                true,
                true,
                true,
                0));
    MacsecSakUse other = decode(BASIC, "03" + "59" + "2028", keys, ICV).sakUse().orElseThrow();
    assertThat(other.latest().associationNumber()).isEqualTo(AssociationNumber.AN_1);
    assertThat(other.latest().transmits()).isFalse();
    assertThat(other.latest().receives()).isTrue();
    assertThat(other.old().associationNumber()).isEqualTo(AssociationNumber.AN_2);
    assertThat(other.old().transmits()).isFalse();
    assertThat(other.old().receives()).isTrue();
    assertThat(other.plainTransmit()).isFalse();
    assertThat(other.plainReceive()).isFalse();
    assertThat(other.delayProtect()).isFalse();
    assertThat(other.reservedBits()).isEqualTo(2);
  }

  @Test
  void readsSakUseWithoutABody() throws MalformedMkpduException {
    assertThat(decode(BASIC, "0300c000", ICV).sakUse()).hasValue(MacsecSakUse.withoutMacsec());
  }

  @Test
  void readsTheThreeFormsOfADistributedSak() throws MalformedMkpduException {
    assertThat(decode(BASIC, "04000000", ICV).distributedSak())
        .hasValue(DistributedSak.withoutMacsec());

    String wrapped = "5a".repeat(24);
    DistributedSak implied =
        decode(BASIC, "04b0001c", "00000003", wrapped, ICV).distributedSak().orElseThrow();
    assertThat(implied.associationNumber()).isEqualTo(AssociationNumber.AN_2);
    assertThat(implied.confidentialityOffset()).isEqualTo(ConfidentialityOffset.OFFSET_50);
    assertThat(implied.keyNumber()).isEqualTo(3);
    assertThat(implied.namedSuiteId()).isEmpty();
    assertThat(implied.suiteId()).hasValue(CipherSuite.GCM_AES_128.id());
    assertThat(implied.cipherSuite()).hasValue(CipherSuite.GCM_AES_128);
    assertThat(implied.wrappedKey()).isEqualTo(OctetString.parse(wrapped));

    DistributedSak named =
        decode(BASIC, "04c00034", "00000004", "0080c20001000004", "5b".repeat(40), ICV)
            .distributedSak()
            .orElseThrow();
    assertThat(named.associationNumber()).isEqualTo(AssociationNumber.AN_3);
    assertThat(named.confidentialityOffset()).isEqualTo(ConfidentialityOffset.NO_CONFIDENTIALITY);
    assertThat(named.cipherSuite()).hasValue(CipherSuite.GCM_AES_XPN_256);
  }

  @Test
  void keepsASuiteThatIsNoneOfTheFour() throws MalformedMkpduException {
    DistributedSak sak =
        decode(BASIC, "0400002c", "00000004", "0123456789abcdef", "5b".repeat(32), ICV)
            .distributedSak()
            .orElseThrow();
    assertThat(sak.namedSuiteId()).isEqualTo(OptionalLong.of(0x0123_4567_89AB_CDEFL));
    assertThat(sak.cipherSuite()).isEmpty();
    assertThat(sak.wrappedKey().length()).isEqualTo(32);
  }

  @Test
  void partsADistributedCakByTheLengthOfTheKey() throws MalformedMkpduException {
    String body = "5c".repeat(40) + "c1c2";
    DistributedCak cak =
        decode(BASIC, "0500002a", body + "0000", ICV).distributedCak().orElseThrow();
    assertThat(cak.wrappedCak(32)).hasValue(OctetString.parse("5c".repeat(40)));
    assertThat(cak.ckn(32)).hasValue(Ckn.parse("c1c2"));
    assertThat(cak.wrappedCak(16)).hasValue(OctetString.parse("5c".repeat(24)));
    assertThat(cak.ckn(16)).hasValue(Ckn.parse("5c".repeat(16) + "c1c2"));
    DistributedCak small =
        decode(BASIC, "05000019", "5c".repeat(25) + "000000", ICV).distributedCak().orElseThrow();
    assertThat(small.ckn(16)).hasValue(Ckn.parse("5c"));
    assertThat(small.ckn(32)).isEmpty();
    assertThat(small.wrappedCak(32)).isEmpty();
  }

  @Test
  void readsKmdAndXpn() throws MalformedMkpduException {
    Mkpdu mkpdu =
        decode(BASIC, "06000005", "6b6d6430" + "31000000", "08780008", "fffffffe00000001", ICV);
    assertThat(mkpdu.kmd().orElseThrow().domain().toUtf8()).isEqualTo("kmd01");
    assertThat(mkpdu.xpn()).hasValue(new XpnParameterSet(120, 0xFFFF_FFFEL, 1));
  }

  @Test
  void keepsTlvsItDoesNotKnowAndOctetsThatAreNone() throws MalformedMkpduException {
    String suites = "e014" + "fff3" + "0080c20001000002" + "0001" + "1122334455667788";
    String other = "0403" + "070809";
    String cut = "e201" + "";
    AnnouncementParameterSet set =
        decode(BASIC, "0700001d", suites, other, cut + "000000", ICV).announcement().orElseThrow();
    assertThat(set.tlvs())
        .containsExactly(
            new AnnouncementTlv(
                AnnouncementTlv.CIPHER_SUITES, OctetString.parse(suites.substring(4))),
            new AnnouncementTlv(2, OctetString.parse("070809")));
    assertThat(set.remainder()).isEqualTo(OctetString.parse(cut));
    assertThat(set.cipherSuites().orElseThrow())
        .containsExactly(
            new AnnouncementTlv.AnnouncedSuite(
                MacsecCapability.CONFIDENTIALITY_OFFSET_0_30_50, 0x3FFC, 0x0080_C200_0100_0002L),
            new AnnouncementTlv.AnnouncedSuite(
                MacsecCapability.INTEGRITY, 0, 0x1122_3344_5566_7788L));
    assertThat(
            new AnnouncementTlv(AnnouncementTlv.CIPHER_SUITES, OctetString.parse("00"))
                .cipherSuites())
        .isEmpty();
    assertThat(set.tlvs().get(1).cipherSuites()).isEmpty();
  }

  @Test
  void takesTheSetsInTheOrderOfTheStandard() throws MalformedMkpduException {
    Mkpdu mkpdu =
        decode(
            BASIC,
            "0300c000",
            "04000000",
            "08000008" + "0000000000000000",
            "01000010" + MI_B + "00000001",
            "02000000",
            "ff000010",
            ICV);
    assertThat(mkpdu.sets()).extracting(ParameterSet::type).containsExactly(3, 4, 8, 1, 2, 255);
    assertThat(mkpdu.livePeers().orElseThrow().peers()).containsExactly(new PeerEntry(MI_B, 1));
    assertThat(mkpdu.hasIcvIndicator()).isTrue();
    assertThat(mkpdu.icv()).hasValue(OctetString.parse(ICV));
  }

  @Test
  void skipsSetsItDoesNotKnow() throws MalformedMkpduException {
    Mkpdu mkpdu =
        decode(BASIC, "63abc003" + "01020300", "00000000", "01000010" + MI_B + "00000001", ICV);
    assertThat(mkpdu.sets())
        .startsWith(
            new UnknownParameterSet(0x63, 0xABC, OctetString.parse("010203")),
            new UnknownParameterSet(0, 0, OctetString.EMPTY));
    assertThat(mkpdu.livePeers().orElseThrow().peers()).hasSize(1);
    assertThat(mkpdu.duplicateSets()).isZero();
  }

  @Test
  void ofTwoSetsOfAKindTheFirstCounts() throws MalformedMkpduException {
    Mkpdu mkpdu =
        decode(
            BASIC,
            "01000010" + MI_A + "00000001",
            "01000010" + MI_B + "00000002",
            "06000000",
            "01000000",
            ICV);
    assertThat(mkpdu.livePeers().orElseThrow().peers()).containsExactly(new PeerEntry(MI_A, 1));
    assertThat(mkpdu.duplicateSets()).isEqualTo(2);
    assertThat(mkpdu.sets()).hasSize(4);
  }

  @Test
  void keepsReservedBits() throws MalformedMkpduException {
    Mkpdu mkpdu =
        decode(BASIC, "0102f000", "02fff000", "040f5000", "0878a008" + "00".repeat(8), ICV);
    assertThat(mkpdu.livePeers()).hasValue(new LivePeerList(List.of(), 2, 0xF));
    assertThat(mkpdu.potentialPeers()).hasValue(new PotentialPeerList(List.of(), 0xFFF));
    assertThat(mkpdu.distributedSak().orElseThrow().reservedBits()).isEqualTo(0x0F5);
    assertThat(mkpdu.xpn()).hasValue(new XpnParameterSet(0x78, 0, 0, 0xA));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "01", "02", "03", "04", "ff"})
  void takesEveryVersion(String version) throws MalformedMkpduException {
    assertThat(decode(version + BASIC.substring(2), ICV).basic().version())
        .isEqualTo(Integer.parseInt(version, 16));
  }

  @Test
  void readsTheKnownFieldsOfALongerSetFromALaterVersion() throws MalformedMkpduException {
    String keys = MI_A + "00000002" + "00000001" + MI_B + "00000001" + "00000009";
    String use = "0300002b" + keys + "01020300";
    String xpn = "0800000c" + "00000001" + "00000002" + "00000003";
    Mkpdu mkpdu = decode("04" + BASIC.substring(2), use, xpn, ICV);
    assertThat(mkpdu.sakUse().orElseThrow().latest().key())
        .isEqualTo(new MkaKeyIdentifier(MI_A, 2));
    assertThat(mkpdu.xpn()).hasValue(new XpnParameterSet(0, 1, 2));
    assertThat(reason(BASIC, use, ICV)).isEqualTo(MalformedReason.SAK_USE_LENGTH);
    assertThat(reason(BASIC, xpn, ICV)).isEqualTo(MalformedReason.XPN_LENGTH);
  }

  @Test
  void takesOtherAlgorithmAgilityAsData() throws MalformedMkpduException {
    assertThat(decode(BASIC.replace("0080c201", "0080c202"), ICV).basic().algorithmAgility())
        .isEqualTo(0x0080_C202);
  }

  @Test
  void ignoresEthernetPadding() throws MalformedMkpduException {
    byte[] frame = frame(BASIC, ICV);
    byte[] padded = Arrays.copyOf(frame, frame.length + 46);
    Arrays.fill(padded, frame.length, padded.length, (byte) 0x77);
    assertThat(DECODER.decode(padded)).isEqualTo(DECODER.decode(frame));
    assertThat(DECODER.open(padded).frameLength()).isEqualTo(frame.length);
  }

  @Test
  void readsAFrameWithinALargerArray() throws MalformedMkpduException {
    byte[] frame = frame(BASIC, "02000010" + MI_B + "00000001", ICV);
    byte[] array = new byte[frame.length + 20];
    Arrays.fill(array, (byte) 0xFF);
    System.arraycopy(frame, 0, array, 7, frame.length);
    ReceivedMkpdu received = DECODER.open(array, 7, frame.length);
    assertThat(received.mkpdu()).isEqualTo(DECODER.decode(frame));
    assertThat(received.header()).isEqualTo(DECODER.open(frame).header());
    assertThat(
            received.verify(
                (octets, offset, length) ->
                    octets == array && offset == 7 && length == frame.length - 16))
        .isTrue();
    assertThatThrownBy(() -> DECODER.open(array, 30, frame.length))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void takesOnlyTheEtherTypesItIsMadeFor() throws MalformedMkpduException {
    byte[] frame = frame(BASIC, ICV);
    frame[12] = (byte) 0x87;
    frame[13] = 0x6F;
    assertThat(refused(DECODER, frame).reason()).isEqualTo(MalformedReason.WRONG_ETHERTYPE);
    MkpduDecoder both =
        DECODER.withEtherTypes(EapolHeader.ETHERTYPE, EapolHeader.ETHERTYPE_CISCO_ALTERNATE);
    assertThat(both.open(frame).header().etherType()).isEqualTo(0x876F);
    both.decode(frame(BASIC, ICV));
    assertThat(both.toString()).contains("888e").contains("876f");
  }

  @Test
  void takesAnIndividualDestinationOnlyWhenTold() throws MalformedMkpduException {
    byte[] frame = frame(BASIC, ICV);
    frame[0] = 2;
    MalformedMkpduException refused = refused(DECODER, frame);
    assertThat(refused.reason()).isEqualTo(MalformedReason.INDIVIDUAL_DESTINATION);
    assertThat(refused.offset()).isZero();
    assertThat(DECODER.withIndividualDestinations().open(frame).header().destination())
        .isEqualTo(MacAddress.parse("02:80:c2:00:00:03"));
    Arrays.fill(frame, 0, 6, (byte) 0xFF);
    DECODER.decode(frame);
  }

  @Test
  void refusesFramesThatAreNotMka() {
    for (int length = 0; length < 18; length++) {
      assertThat(refused(DECODER, Arrays.copyOf(frame(BASIC, ICV), length)).reason())
          .isEqualTo(MalformedReason.FRAME_TOO_SHORT);
    }
    byte[] start = frame(BASIC, ICV);
    start[15] = 1;
    assertThat(refused(DECODER, start).reason()).isEqualTo(MalformedReason.NOT_MKA);
  }

  @Test
  void refusesBodiesOfWrongLength() {
    byte[] whole = HexFormat.of().parseHex(BASIC + ICV);
    assertThat(refused(DECODER, frame(whole.length + 4, whole)).reason())
        .isEqualTo(MalformedReason.BODY_TRUNCATED);
    assertThat(refused(DECODER, frame(28, whole)).reason())
        .isEqualTo(MalformedReason.MKPDU_TOO_SHORT);
    assertThat(refused(DECODER, frame(0, whole)).reason())
        .isEqualTo(MalformedReason.MKPDU_TOO_SHORT);
    assertThat(refused(DECODER, frame(50, whole)).reason())
        .isEqualTo(MalformedReason.MKPDU_NOT_ALIGNED);
    assertThat(refused(DECODER, frame(48, whole)).reason())
        .isEqualTo(MalformedReason.BASIC_SET_OVERRUN);
  }

  @ParameterizedTest
  @CsvSource({"0000", "001c", "003d", "0fff"})
  void refusesABasicSetThatLeavesNoCkn(String length) {
    String basic = BASIC.substring(0, 4) + length + BASIC.substring(8);
    assertThat(reason(basic, "00".repeat(40), ICV)).isEqualTo(MalformedReason.BASIC_SET_LENGTH);
  }

  @Test
  void refusesSetsThatReachIntoTheIcv() {
    assertThat(reason(BASIC, "01000020" + MI_B + "00000001", ICV))
        .isEqualTo(MalformedReason.SET_OVERRUN);
    assertThat(reason(BASIC, "63000fff", ICV)).isEqualTo(MalformedReason.SET_OVERRUN);
    assertThat(reason(BASIC, "63000001", ICV)).isEqualTo(MalformedReason.SET_OVERRUN);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8, PEER_LIST_LENGTH",
    "2, 20, PEER_LIST_LENGTH",
    "3, 4, SAK_USE_LENGTH",
    "3, 39, SAK_USE_LENGTH",
    "3, 41, SAK_USE_LENGTH",
    "4, 4, DISTRIBUTED_SAK_LENGTH",
    "4, 27, DISTRIBUTED_SAK_LENGTH",
    "4, 29, DISTRIBUTED_SAK_LENGTH",
    "4, 35, DISTRIBUTED_SAK_LENGTH",
    "5, 0, DISTRIBUTED_CAK_LENGTH",
    "5, 24, DISTRIBUTED_CAK_LENGTH",
    "5, 73, DISTRIBUTED_CAK_LENGTH",
    "8, 0, XPN_LENGTH",
    "8, 7, XPN_LENGTH",
    "8, 9, XPN_LENGTH"
  })
  void refusesKnownSetsOfALengthWithoutMeaning(int type, int length, MalformedReason expected) {
    String head = String.format("%02x00%04x", type, length);
    MalformedMkpduException refused =
        refused(DECODER, frame(BASIC, head, "00".repeat(length + 3 & -4), ICV));
    assertThat(refused.reason()).isEqualTo(expected);
    assertThat(refused.offset()).isEqualTo(18 + 36 + 4);
    assertThat(refused).hasMessage(expected + " (at octet 58)");
  }

  @Test
  void refusesAnIcvIndicatorThatIsNotTheHeadOfTheIcv() {
    assertThat(reason(BASIC, "ff000010", "01000000", ICV)).isEqualTo(MalformedReason.ICV_INDICATOR);
    assertThat(reason(BASIC, "ff000020", ICV)).isEqualTo(MalformedReason.ICV_INDICATOR);
    assertThat(reason(BASIC, "ff00000c", ICV)).isEqualTo(MalformedReason.ICV_INDICATOR);
  }

  @Test
  void keepsWithinItsLimits() throws MalformedMkpduException {
    byte[] frame =
        frame(BASIC, "02000020" + (MI_A + "00000001").repeat(2), "06000000", "63000000", ICV);
    MkpduDecoder exact = DECODER.withLimits(new DecodeLimits(frame.length, 3, 2));
    assertThat(exact.decode(frame).sets()).hasSize(3);
    assertThat(
            refused(DECODER.withLimits(new DecodeLimits(frame.length - 1, 3, 2)), frame).reason())
        .isEqualTo(MalformedReason.FRAME_TOO_LONG);
    assertThat(refused(DECODER.withLimits(new DecodeLimits(1500, 2, 2)), frame).reason())
        .isEqualTo(MalformedReason.TOO_MANY_SETS);
    assertThat(refused(DECODER.withLimits(new DecodeLimits(1500, 3, 1)), frame).reason())
        .isEqualTo(MalformedReason.TOO_MANY_PEERS);
    assertThatThrownBy(() -> new DecodeLimits(-1, -2, -3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1")
        .hasMessageContaining("-3");
  }
}
