package org.macsec4j.examples.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.Ssci;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.crypto.MkaKeys;
import org.macsec4j.mka.crypto.SakDerivation;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.EapolHeader;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.MkpduEncoder;
import org.macsec4j.mka.wire.OctetString;
import org.macsec4j.mka.wire.ParameterSet;
import org.macsec4j.mka.wire.PeerEntry;
import org.macsec4j.testkit.dataplane.FrameCipher;
import org.macsec4j.testkit.dataplane.SecTag;

/** Frames of members that no recording has: what the recordings lack is made here. */
final class SyntheticLink {
  static final Ckn CKN = Ckn.parse("c0ffee");
  static final Cak CAK = Cak.parse("000102030405060708090a0b0c0d0e0f");

  private final MkaKeys keys = MkaKeys.derive(CAK, CKN);

  /** A member: its number is in its address and its member identifier. */
  record Member(int number, int port) {
    Sci sci() {
      return new Sci(new MacAddress(0x0200_0000_0000L + number), port);
    }

    MemberIdentifier mi() {
      return MemberIdentifier.parse(HexFormat.of().toHexDigits((byte) number).repeat(12));
    }
  }

  /** A key as a member distributes it. */
  record LinkKey(
      Member server,
      long number,
      AssociationNumber an,
      CipherSuite suite,
      ConfidentialityOffset offset) {
    byte[] octets() {
      byte[] octets = new byte[suite.keyLength()];
      Arrays.fill(octets, (byte) (0x50 + number));
      return octets;
    }

    private SecureAssociationKey sak() {
      MkaKeyIdentifier identifier = new MkaKeyIdentifier(server.mi(), number);
      KeyIdentifier name = identifier.toKeyIdentifier();
      return suite.isXpn()
          ? SecureAssociationKey.ofXpn(name, octets(), SakDerivation.xpnSalt(identifier))
          : SecureAssociationKey.of(name, octets());
    }
  }

  byte[] hello(Member member, long mn, ParameterSet... sets) {
    BasicParameterSet basic =
        new BasicParameterSet(
            3,
            16,
            member.number() == 1,
            true,
            MacsecCapability.CONFIDENTIALITY_OFFSET_0_30_50,
            member.sci(),
            member.mi(),
            mn,
            BasicParameterSet.ALGORITHM_AGILITY,
            CKN);
    return MkpduEncoder.DEFAULT.encode(
        EapolHeader.from(member.sci().address()),
        new Mkpdu(basic, List.of(sets)),
        keys::computeIcv);
  }

  byte[] distribution(long mn, LinkKey key, int keyServerSsci, Member... live) {
    List<PeerEntry> peers = new ArrayList<>();
    for (Member member : live) {
      peers.add(new PeerEntry(member.mi(), 1));
    }
    DistributedSak sak =
        DistributedSak.of(
            key.an(),
            key.offset(),
            key.number(),
            key.suite(),
            OctetString.of(keys.wrap(key.octets())));
    return hello(key.server(), mn, new LivePeerList(peers, keyServerSsci), sak);
  }

  MkaKeys keys() {
    return keys;
  }

  /** A protected frame of a member. */
  static byte[] data(Member member, LinkKey key, long pn, int ssci) {
    return data(member, key, pn, ssci, Optional.of(member.sci()), true);
  }

  static byte[] data(
      Member member, LinkKey key, long pn, int ssci, Optional<Sci> told, boolean encrypted) {
    byte[] user = new byte[100];
    Arrays.fill(user, 0, 6, (byte) 0xFF);
    member.sci().address().writeTo(user, 6);
    user[12] = 0x12;
    user[13] = 0x34;
    SecTag tag = new SecTag(false, false, encrypted, encrypted, key.an(), 0, 0, told);
    FrameCipher.Builder cipher =
        FrameCipher.builder(key.suite(), key.sak(), member.sci())
            .confidentialityOffset(key.offset());
    if (key.suite().isXpn()) {
      cipher.ssci(Ssci.of(ssci));
    }
    return cipher.build().seal(user, tag, PacketNumber.of(pn));
  }

  /** The same frame with a VLAN tag in clear. */
  static byte[] tagged(byte[] frame, int... etherTypes) {
    byte[] tagged = frame;
    for (int etherType : etherTypes) {
      byte[] wider = new byte[tagged.length + 4];
      System.arraycopy(tagged, 0, wider, 0, 12);
      wider[12] = (byte) (etherType >>> 8);
      wider[13] = (byte) etherType;
      wider[15] = 7;
      System.arraycopy(tagged, 12, wider, 16, tagged.length - 12);
      tagged = wider;
    }
    return tagged;
  }
}
