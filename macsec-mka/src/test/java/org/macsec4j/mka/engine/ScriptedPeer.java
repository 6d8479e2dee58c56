package org.macsec4j.mka.engine;

import java.util.ArrayList;
import java.util.List;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.crypto.MkaKeys;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.EapolHeader;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.MalformedMkpduException;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.MkpduDecoder;
import org.macsec4j.mka.wire.MkpduEncoder;
import org.macsec4j.mka.wire.ParameterSet;
import org.macsec4j.mka.wire.PeerEntry;
import org.macsec4j.mka.wire.PotentialPeerList;

/** A peer without an engine: sends what a test says, with a right ICV. */
final class ScriptedPeer {
  final Sci sci;
  final MemberIdentifier memberIdentifier;
  final MkaKeys keys;
  int version = 1;
  int priority = 255;
  long messageNumber;
  private final MkaConfig config;

  ScriptedPeer(MkaConfig config, int number, String memberIdentifier) {
    this.config = config;
    this.sci = World.sci(number);
    this.memberIdentifier = MemberIdentifier.parse(memberIdentifier);
    PreSharedKey key = config.keys().get(0);
    this.keys = MkaKeys.derive(key.cak(), key.ckn());
  }

  /** The next MKPDU. */
  byte[] says(ParameterSet... sets) {
    return says(++messageNumber, sets);
  }

  /** An MKPDU with a message number. */
  byte[] says(long number, ParameterSet... sets) {
    BasicParameterSet basic =
        new BasicParameterSet(
            version,
            priority,
            false,
            true,
            MacsecCapability.CONFIDENTIALITY_OFFSET_0,
            sci,
            memberIdentifier,
            number,
            BasicParameterSet.ALGORITHM_AGILITY,
            config.keys().get(0).ckn());
    return MkpduEncoder.DEFAULT.encode(
        EapolHeader.from(sci.address()), new Mkpdu(basic, List.of(sets)), keys::computeIcv);
  }

  /** A Live Peer List with the member as it spoke last. */
  static LivePeerList live(Member member) {
    return live(member, last(member).basic().actorMessageNumber());
  }

  /** A Live Peer List with the member as it spoke last in one of its CAs. */
  static LivePeerList live(Member member, Ckn ckn) {
    ActorIdentity identity = member.port.participant(ckn).identity();
    return new LivePeerList(
        List.of(new PeerEntry(identity.memberIdentifier(), identity.messageNumber())));
  }

  /** A Potential Peer List with the member as it spoke last. */
  static PotentialPeerList potential(Member member) {
    return new PotentialPeerList(live(member).peers());
  }

  static LivePeerList live(Member member, long messageNumber) {
    MemberIdentifier mi = member.port.status().memberIdentifier();
    return new LivePeerList(List.of(new PeerEntry(mi, messageNumber)));
  }

  /** The last MKPDU that a member sent. */
  static Mkpdu last(Member member) {
    return decode(member.sent.get(member.sent.size() - 1));
  }

  static List<Mkpdu> all(Member member) {
    List<Mkpdu> all = new ArrayList<>();
    member.sent.forEach(frame -> all.add(decode(frame)));
    return all;
  }

  static Mkpdu decode(byte[] frame) {
    try {
      return MkpduDecoder.DEFAULT.decode(frame);
    } catch (MalformedMkpduException e) {
      throw new AssertionError(e);
    }
  }
}
