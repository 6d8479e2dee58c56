package org.macsec4j.examples.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.AssociationNumber.AN_0;
import static org.macsec4j.AssociationNumber.AN_1;
import static org.macsec4j.CipherSuite.GCM_AES_128;
import static org.macsec4j.CipherSuite.GCM_AES_256;
import static org.macsec4j.CipherSuite.GCM_AES_XPN_128;
import static org.macsec4j.CipherSuite.GCM_AES_XPN_256;
import static org.macsec4j.ConfidentialityOffset.NO_CONFIDENTIALITY;
import static org.macsec4j.ConfidentialityOffset.OFFSET_0;
import static org.macsec4j.ConfidentialityOffset.OFFSET_30;
import static org.macsec4j.ConfidentialityOffset.OFFSET_50;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.Salt;
import org.macsec4j.examples.inspect.SyntheticLink.LinkKey;
import org.macsec4j.examples.inspect.SyntheticLink.Member;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.crypto.MkaKeys;
import org.macsec4j.mka.crypto.SakDerivation;
import org.macsec4j.mka.wire.DistributedCak;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.OctetString;
import org.macsec4j.mka.wire.UnknownParameterSet;
import org.macsec4j.mka.wire.XpnParameterSet;

/** What a bystander has to work out by himself, with frames that no recording of ours has. */
class SyntheticLinkTest {
  private static final Member A = new Member(1, 1);
  private static final Member B = new Member(2, 1);
  private static final Member C = new Member(3, 7);

  private final SyntheticLink link = new SyntheticLink();
  private String lines = "";

  @TempDir Path folder;

  private Summary inspect(InspectKeys keys, byte[]... frames) throws Exception {
    return inspect(keys, CaptureBytes.frames(frames));
  }

  private Summary inspect(InspectKeys keys, List<CapturedFrame> frames) throws Exception {
    Path file = folder.resolve("link.pcap");
    Files.write(file, CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, false, frames));
    StringWriter text = new StringWriter();
    Inspection.asText(file, keys, true, Style.ANSI, new PrintWriter(text));
    StringWriter json = new StringWriter();
    Summary summary = Inspection.asJson(file, keys, false, new PrintWriter(json));
    lines = json.toString();
    return summary;
  }

  private static InspectKeys named() {
    InspectKeys.NamedCak cak =
        new InspectKeys.NamedCak(SyntheticLink.CKN, SyntheticLink.CAK.copy());
    return new InspectKeys(List.of(cak), List.of(), Optional.empty(), Map.of());
  }

  @Test
  void opensFramesThatCameBeforeTheirKey() throws Exception {
    LinkKey key = new LinkKey(A, 1, AN_0, GCM_AES_128, OFFSET_0);

    Summary summary =
        inspect(
            named(),
            SyntheticLink.data(B, key, 7, 0),
            link.hello(B, 1),
            link.distribution(1, key, 0, B),
            SyntheticLink.data(A, key, 1, 0));

    assertThat(summary).isEqualTo(new Summary(4, 2, 2, 0, 0, 0, 1, 2, 2, 0, 0));
  }

  @Test
  void opensEveryOffset() throws Exception {
    for (ConfidentialityOffset offset : ConfidentialityOffset.values()) {
      LinkKey key = new LinkKey(A, 1, AN_1, GCM_AES_256, offset);
      boolean encrypted = offset != NO_CONFIDENTIALITY;
      Summary summary =
          inspect(
              named(),
              link.distribution(1, key, 0, B),
              SyntheticLink.data(A, key, 1, 0, Optional.of(A.sci()), encrypted));
      assertThat(summary.macsecOk()).as(offset.name()).isEqualTo(1);
    }
    assertThat(lines).contains("\"confidentialityOffset\":50");
  }

  @Test
  void aKeyServerThatNamesAnOffsetWithXpnIsNotBelieved() throws Exception {
    LinkKey said = new LinkKey(A, 1, AN_1, GCM_AES_XPN_128, OFFSET_30);
    LinkKey done = new LinkKey(A, 1, AN_1, GCM_AES_XPN_128, OFFSET_0);

    Summary summary =
        inspect(named(), link.distribution(1, said, 0, B), SyntheticLink.data(A, done, 1, 1));

    assertThat(summary.macsecOk()).isEqualTo(1);
  }

  @Test
  void opensGivenKeysWhateverTheirOffset() throws Exception {
    for (ConfidentialityOffset offset : List.of(OFFSET_0, OFFSET_30, OFFSET_50)) {
      LinkKey key = new LinkKey(A, 1, AN_1, GCM_AES_128, offset);
      StaticSak sak = new StaticSak(A.sci(), AN_1, key.octets());
      InspectKeys keys = new InspectKeys(List.of(), List.of(sak), Optional.empty(), Map.of());
      assertThat(inspect(keys, SyntheticLink.data(A, key, 1, 0)).macsecOk()).isEqualTo(1);
    }
  }

  @Test
  void triesEveryKeyOfAReusedAssociationNumber() throws Exception {
    LinkKey first = new LinkKey(A, 1, AN_0, GCM_AES_128, OFFSET_0);
    LinkKey second = new LinkKey(A, 2, AN_0, GCM_AES_128, OFFSET_0);

    Summary summary =
        inspect(
            named(),
            link.hello(B, 1),
            link.distribution(1, first, 0, B),
            SyntheticLink.data(B, first, 1, 0),
            link.distribution(2, second, 0, B),
            SyntheticLink.data(A, second, 1, 0),
            SyntheticLink.data(B, first, 2, 0),
            SyntheticLink.data(B, second, 1, 0));

    assertThat(summary.saks()).isEqualTo(2);
    assertThat(summary.macsecOk()).isEqualTo(4);
  }

  @Test
  void derivesSscisFromTheOrderOfScis() throws Exception {
    LinkKey key = new LinkKey(A, 3, AN_1, GCM_AES_XPN_256, OFFSET_0);
    // The greatest SCI, that of C, is 1.
    Summary summary =
        inspect(
            named(),
            link.hello(B, 1),
            link.hello(C, 1),
            link.distribution(1, key, 0, C, B),
            SyntheticLink.data(C, key, 1, 1),
            SyntheticLink.data(B, key, 1, 2),
            SyntheticLink.data(A, key, 1, 3));

    assertThat(summary.macsecOk()).isEqualTo(3);
    assertThat(lines).contains("\"ssci\":1", "\"ssci\":2", "\"ssci\":3");
  }

  @Test
  void derivesSscisFromTheKeyServersOwnAndTheOrderOfItsList() throws Exception {
    LinkKey key = new LinkKey(A, 3, AN_1, GCM_AES_XPN_128, OFFSET_0);
    // Version 3, in an order that is not that of the SCIs: B 1, A 2, C 3.
    Summary summary =
        inspect(
            named(),
            link.hello(B, 1),
            link.hello(C, 1),
            link.distribution(1, key, 2, B, C),
            SyntheticLink.data(B, key, 1, 1),
            SyntheticLink.data(A, key, 1, 2),
            SyntheticLink.data(C, key, 1, 3));

    assertThat(summary.macsecOk()).isEqualTo(3);
  }

  @Test
  void findsSscisOfMembersThatNeverSpoke() throws Exception {
    LinkKey key = new LinkKey(B, 3, AN_1, GCM_AES_XPN_128, OFFSET_0);

    Summary summary =
        inspect(
            named(),
            link.distribution(1, key, 0, A, C),
            SyntheticLink.data(C, key, 1, 1),
            SyntheticLink.data(B, key, 1, 2),
            SyntheticLink.data(A, key, 1, 3));

    assertThat(summary.macsecOk()).isEqualTo(3);
  }

  @Test
  void recoversTheUpperHalfOfPacketNumbers() throws Exception {
    LinkKey key = new LinkKey(A, 1, AN_0, GCM_AES_XPN_128, OFFSET_0);
    KeyUse use =
        new KeyUse(
            AN_0, true, true, new org.macsec4j.mka.MkaKeyIdentifier(A.mi(), 1), 0xFFFF_FF00L);
    byte[] lowest =
        link.hello(
            B,
            2,
            MacsecSakUse.of(use, KeyUse.NONE, false, false, false),
            new XpnParameterSet(0, 5, 0));

    Summary summary =
        inspect(
            named(),
            link.distribution(1, key, 0, B),
            link.hello(B, 1),
            SyntheticLink.data(A, key, 0x5_FFFF_FFF0L, 2),
            SyntheticLink.data(A, key, 0x5_FFFF_FFFFL, 2),
            SyntheticLink.data(A, key, 0x6_0000_0001L, 2),
            SyntheticLink.data(A, key, 0x5_FFFF_FFFEL, 2),
            SyntheticLink.data(A, key, 0x6_8000_0001L, 2),
            SyntheticLink.data(A, key, 0x7_0000_0001L, 2),
            lowest);

    assertThat(summary.macsecOk()).isEqualTo(6);
    assertThat(lines).contains("\"pn\":" + 0x5_FFFF_FFFEL, "\"pn\":" + 0x7_0000_0001L);
  }

  @Test
  void guessesASmallUpperHalfThatNobodyTold() throws Exception {
    LinkKey key = new LinkKey(A, 1, AN_0, GCM_AES_XPN_128, OFFSET_0);

    Summary summary =
        inspect(
            named(),
            link.distribution(1, key, 0, B),
            SyntheticLink.data(A, key, 0x9_0000_0001L, 1),
            SyntheticLink.data(A, key, 0x9_0000_0002L, 1));

    assertThat(summary.macsecOk()).isEqualTo(2);
  }

  @Test
  void findsTheSenderOfATagThatDoesNotTell() throws Exception {
    LinkKey key = new LinkKey(A, 1, AN_0, GCM_AES_128, OFFSET_0);

    Summary summary =
        inspect(
            named(),
            link.hello(C, 1),
            link.distribution(1, key, 0, C),
            SyntheticLink.data(C, key, 1, 0, Optional.empty(), true),
            SyntheticLink.data(A, key, 1, 0, Optional.empty(), true));

    assertThat(summary.macsecOk()).isEqualTo(2);
    assertThat(lines).contains("\"sci\":\"" + C.sci().toHex() + "\",\"an\":0");
  }

  @Test
  void looksThroughVlanTagsInClear() throws Exception {
    LinkKey key = new LinkKey(A, 1, AN_0, GCM_AES_128, OFFSET_0);

    Summary summary =
        inspect(
            named(),
            SyntheticLink.tagged(link.distribution(1, key, 0, B), 0x8100),
            SyntheticLink.tagged(SyntheticLink.data(A, key, 1, 0), 0x8100, 0x88A8));

    assertThat(summary).isEqualTo(new Summary(2, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0));
    assertThat(lines).contains("\"vlans\":[7,7]");
  }

  @Test
  void findsTheEndOfFramesThatTheFileHasPadded() throws Exception {
    LinkKey key = new LinkKey(A, 1, AN_0, GCM_AES_128, OFFSET_0);
    byte[] data = SyntheticLink.data(A, key, 1, 0);
    CRC32 crc = new CRC32();
    crc.update(data);
    byte[] withFcs = Arrays.copyOf(data, data.length + 4);
    ByteBuffer.wrap(withFcs)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(data.length, (int) crc.getValue());
    byte[] hello = link.distribution(1, key, 0, B);

    Summary summary = inspect(named(), Arrays.copyOf(hello, hello.length + 9), withFcs);

    assertThat(summary).isEqualTo(new Summary(2, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0));
  }

  @Test
  void usesACakThatAnMkpduDistributes() throws Exception {
    Cak inner = Cak.parse("ff".repeat(32));
    Ckn innerName = Ckn.parse("0badcafe");
    MkaKeys innerKeys = MkaKeys.derive(inner, innerName);
    OctetString wrapped = OctetString.of(link.keys().wrap(inner.toByteArray()));
    byte[] distribution = link.hello(A, 1, DistributedCak.of(wrapped, innerName));
    byte[] outer = link.hello(B, 1);
    byte[] innerHello = renamed(innerKeys);

    Summary summary = inspect(named(), innerHello, outer, distribution);

    assertThat(summary.icvOk()).isEqualTo(3);
    assertThat(lines).contains("\"distributedCak\":{\"unwrapped\":true,\"ckn\":\"0badcafe\"}");
  }

  private static byte[] renamed(MkaKeys keys) {
    var basic =
        new org.macsec4j.mka.wire.BasicParameterSet(
            1,
            16,
            false,
            true,
            org.macsec4j.mka.MacsecCapability.INTEGRITY,
            C.sci(),
            C.mi(),
            1,
            org.macsec4j.mka.wire.BasicParameterSet.ALGORITHM_AGILITY,
            keys.ckn());
    return org.macsec4j.mka.wire.MkpduEncoder.DEFAULT.encode(
        org.macsec4j.mka.wire.EapolHeader.from(C.sci().address()),
        new org.macsec4j.mka.wire.Mkpdu(basic, List.of()),
        keys::computeIcv);
  }

  @Test
  void framesThatTheCaptureCutAreNoMistakeOfTheLink() throws Exception {
    LinkKey key = new LinkKey(A, 1, AN_0, GCM_AES_128, OFFSET_0);
    byte[] hello = link.distribution(1, key, 0, B);
    byte[] data = SyntheticLink.data(A, key, 1, 0);
    List<CapturedFrame> cut =
        List.of(
            new CapturedFrame(1, 0, "", 1, Arrays.copyOf(hello, 68), hello.length),
            new CapturedFrame(2, 0, "", 1, Arrays.copyOf(data, 68), data.length));

    Summary summary = inspect(named(), cut);

    assertThat(summary).isEqualTo(new Summary(2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    assertThat(lines).contains("\"type\":\"cut\"", "\"captured\":68");
  }

  @Test
  void damageIsCountedAndNamed() throws Exception {
    LinkKey key = new LinkKey(A, 1, AN_0, GCM_AES_128, OFFSET_0);
    byte[] badVersion = SyntheticLink.data(A, key, 1, 0);
    badVersion[14] |= (byte) 0x80;
    byte[] badMkpdu = link.hello(A, 1);
    badMkpdu[17]++;
    byte[] badIcv = link.hello(A, 2, new UnknownParameterSet(77, 0, OctetString.parse("0102")));
    badIcv[badIcv.length - 1] ^= 1;
    byte[] badData = SyntheticLink.data(A, key, 2, 0);
    badData[40] ^= 1;

    Summary summary =
        inspect(named(), link.distribution(1, key, 0, B), badVersion, badMkpdu, badIcv, badData);

    assertThat(summary).isEqualTo(new Summary(5, 2, 1, 1, 0, 2, 1, 1, 0, 1, 0));
    assertThat(lines)
        .contains("\"why\":\"the version bit of the SecTAG is set\",\"offset\":14")
        .contains("\"protocol\":\"mka\"")
        .contains("\"unknown\":[{\"type\":77,\"body\":\"0102\"}]");
  }

  @Test
  void framesOfAnotherLinkAreNotCalledBad() throws Exception {
    LinkKey key = new LinkKey(A, 1, AN_0, GCM_AES_128, OFFSET_0);
    LinkKey strange = new LinkKey(C, 9, AN_0, GCM_AES_128, OFFSET_0);

    Summary summary =
        inspect(named(), link.distribution(1, key, 0, B), SyntheticLink.data(C, strange, 1, 0));

    assertThat(summary.macsecNoKey()).isEqualTo(1);
    assertThat(summary.macsecBad()).isZero();
  }

  @Test
  void aGivenXpnKeyNeedsNoSsciWhenItIsSmall() throws Exception {
    LinkKey key = new LinkKey(A, 1, AN_0, GCM_AES_XPN_128, OFFSET_0);
    Salt salt = SakDerivation.xpnSalt(new org.macsec4j.mka.MkaKeyIdentifier(A.mi(), 1));
    StaticSak sak = new StaticSak(A.sci(), AN_0, key.octets());
    byte[] frame = SyntheticLink.data(A, key, 1, 2);
    byte[] large = SyntheticLink.data(A, key, 1, 0x1000);

    InspectKeys guessed = new InspectKeys(List.of(), List.of(sak), Optional.of(salt), Map.of());
    InspectKeys told =
        new InspectKeys(List.of(), List.of(sak), Optional.of(salt), Map.of(A.sci(), 0x1000));

    assertThat(inspect(guessed, frame).macsecOk()).isEqualTo(1);
    assertThat(inspect(guessed, large).macsecBad()).isEqualTo(1);
    assertThat(inspect(told, large).macsecOk()).isEqualTo(1);
  }
}
