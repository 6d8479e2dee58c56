package org.macsec4j.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.MacAddress;
import org.macsec4j.Sci;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.crypto.MkaKeys;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.EapolHeader;
import org.macsec4j.mka.wire.IcvCheck;
import org.macsec4j.mka.wire.IcvFunction;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.MalformedMkpduException;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.MkpduDecoder;
import org.macsec4j.mka.wire.MkpduEncoder;
import org.macsec4j.mka.wire.OctetString;
import org.macsec4j.mka.wire.ParameterSet;
import org.macsec4j.mka.wire.PeerEntry;
import org.macsec4j.mka.wire.XpnParameterSet;

/**
 * One MKPDU's work: read and verified, made and signed, and the CMAC of the same octets alone, by
 * the same class of the same library under a key set beforehand.
 */
final class MkpduWork {
  /** What is on the wire of a link of two members. */
  enum Kind {
    /** The MKPDU of every hello time: a live peer and the SAK in use. */
    HELLO,
    /** The MKPDU with a new SAK of an XPN suite. */
    SAK
  }

  private static final HexFormat HEX = HexFormat.of();
  // The example keys of NIST SP 800-38B: any would do.
  private static final String CAK = "2b7e151628aed2a6abf7158809cf4f3c";
  private static final Ckn NAME = Ckn.parse("6d61637365632d31206c696e6b206f6e");

  private final Mkpdu mkpdu;
  private final EapolHeader header = EapolHeader.from(MacAddress.parse("02:00:00:00:0a:01"));
  private final IcvCheck check;
  private final IcvFunction sign;
  private final byte[] frame;
  private final int covered;
  private final CMac cmac = new CMac(AESEngine.newInstance());
  private final byte[] icv = new byte[MkaKeys.ICV_LENGTH];

  MkpduWork(Kind kind) {
    MkaKeys keys = MkaKeys.derive(Cak.parse(CAK), NAME);
    check = keys::icvMatches;
    sign = keys::computeIcv;
    mkpdu = mkpdu(kind);
    frame = encodeAndSign();
    covered = frame.length - icv.length;
    cmac.init(new KeyParameter(ick()));
  }

  /** The KDF of 802.1X 6.2.1, one block, by hand: the keys that we derive stay within. */
  private static byte[] ick() {
    byte[] label = "IEEE8021 ICK".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] input = new byte[1 + label.length + 1 + 16 + 2];
    input[0] = 1;
    System.arraycopy(label, 0, input, 1, label.length);
    NAME.writeTo(input, label.length + 2);
    input[input.length - 1] = (byte) 128;
    CMac kdf = new CMac(AESEngine.newInstance());
    kdf.init(new KeyParameter(HEX.parseHex(CAK)));
    kdf.update(input, 0, input.length);
    byte[] key = new byte[16];
    kdf.doFinal(key, 0);
    return key;
  }

  private static Mkpdu mkpdu(Kind kind) {
    Random random = new Random(kind.name().length());
    MemberIdentifier self = MemberIdentifier.generate(random);
    MemberIdentifier peer = MemberIdentifier.generate(random);
    List<ParameterSet> sets = new ArrayList<>();
    sets.add(new LivePeerList(List.of(new PeerEntry(peer, 4711)), kind == Kind.SAK ? 1 : 0));
    KeyUse latest =
        new KeyUse(AssociationNumber.AN_1, true, true, new MkaKeyIdentifier(self, 2), 80_000);
    KeyUse old =
        kind == Kind.HELLO
            ? KeyUse.NONE
            : new KeyUse(AssociationNumber.AN_0, false, true, new MkaKeyIdentifier(self, 1), 9);
    sets.add(MacsecSakUse.of(latest, old, false, false, false));
    if (kind == Kind.SAK) {
      byte[] wrapped = new byte[40];
      random.nextBytes(wrapped);
      sets.add(
          DistributedSak.of(
              AssociationNumber.AN_1,
              ConfidentialityOffset.OFFSET_0,
              2,
              CipherSuite.GCM_AES_XPN_256,
              OctetString.of(wrapped)));
      sets.add(new XpnParameterSet(0, 0, 0));
    }
    return new Mkpdu(basic(self), sets);
  }

  private static BasicParameterSet basic(MemberIdentifier self) {
    return new BasicParameterSet(
        3,
        16,
        true,
        true,
        MacsecCapability.CONFIDENTIALITY_OFFSET_0_30_50,
        Sci.parse("02:00:00:00:0a:01/1"),
        self,
        815,
        BasicParameterSet.ALGORITHM_AGILITY,
        NAME);
  }

  /** Reads the whole frame, its ICV verified before the sets are looked at. */
  Mkpdu decodeAndVerify() throws MalformedMkpduException {
    var received = MkpduDecoder.DEFAULT.open(frame);
    if (!received.verify(check)) {
      throw new IllegalStateException("the ICV is wrong");
    }
    return received.mkpdu();
  }

  /** Makes the frame anew. */
  byte[] encodeAndSign() {
    return MkpduEncoder.DEFAULT.encode(header, mkpdu, sign);
  }

  /** The CMAC of the frame and nothing else; the array is the same each time. */
  byte[] cmac() {
    cmac.update(frame, 0, covered);
    cmac.doFinal(icv, 0);
    return icv;
  }

  Mkpdu mkpdu() {
    return mkpdu;
  }

  byte[] frame() {
    return frame;
  }

  byte[] frameIcv() {
    return Arrays.copyOfRange(frame, covered, frame.length);
  }
}
