package org.macsec4j.mka.wire;

import static org.macsec4j.mka.wire.MkpduLayout.OFFSET_SHIFT;
import static org.macsec4j.mka.wire.MkpduLayout.TWO_BITS;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.macsec4j.AssociationNumber;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.mka.MkaKeyIdentifier;

/**
 * Reads one parameter set at a time (IEEE 802.1X 11.11, drawn in {@link MkpduLayout}). Each method
 * gets the twelve bits of the head that are the set's own and a reader of exactly the body.
 */
final class ParameterSetReader {
  /** The last version whose lengths are known. */
  private static final int KNOWN_VERSION = 3;

  private final DecodeLimits limits;
  private final boolean laterVersion;

  ParameterSetReader(DecodeLimits limits, int version) {
    this.limits = limits;
    this.laterVersion = version > KNOWN_VERSION;
  }

  /** Reads the set at the reader's position, padding included. */
  ParameterSet read(WireReader reader) throws MalformedMkpduException {
    int head = reader.i32();
    int type = head >>> 24;
    int specific = head >>> 12 & 0xFFF;
    int length = head & MkpduLayout.MAX_SET_BODY;
    if (type == MkpduLayout.TYPE_ICV_INDICATOR) {
      // Its body is the ICV, which lies behind what this reader covers.
      if (length != MkpduLayout.ICV_LENGTH || reader.remaining() != 0) {
        throw reader.malformed(MalformedReason.ICV_INDICATOR);
      }
      return new IcvIndicator(specific);
    }
    WireReader body = reader.window(length);
    reader.skip(MkpduLayout.padded(length) - length);
    return readBody(type, specific, body);
  }

  private ParameterSet readBody(int type, int specific, WireReader body)
      throws MalformedMkpduException {
    return switch (type) {
      case MkpduLayout.TYPE_LIVE_PEER_LIST ->
          new LivePeerList(peers(body), specific >>> 4, specific & 0xF);
      case MkpduLayout.TYPE_POTENTIAL_PEER_LIST -> new PotentialPeerList(peers(body), specific);
      case MkpduLayout.TYPE_MACSEC_SAK_USE -> sakUse(specific, body);
      case MkpduLayout.TYPE_DISTRIBUTED_SAK -> distributedSak(specific, body);
      case MkpduLayout.TYPE_DISTRIBUTED_CAK -> distributedCak(specific, body);
      case MkpduLayout.TYPE_KMD -> new KmdParameterSet(body.octets(body.remaining()), specific);
      case MkpduLayout.TYPE_ANNOUNCEMENT -> announcement(specific, body);
      case MkpduLayout.TYPE_XPN -> xpn(specific, body);
      default -> new UnknownParameterSet(type, specific, body.octets(body.remaining()));
    };
  }

  private List<PeerEntry> peers(WireReader body) throws MalformedMkpduException {
    int length = body.remaining();
    if (length % MkpduLayout.PEER_ENTRY != 0) {
      throw body.malformed(MalformedReason.PEER_LIST_LENGTH);
    }
    int count = length / MkpduLayout.PEER_ENTRY;
    if (count > limits.maxPeers()) {
      throw body.malformed(MalformedReason.TOO_MANY_PEERS);
    }
    List<PeerEntry> peers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      peers.add(new PeerEntry(body.memberIdentifier(), body.u32()));
    }
    return peers;
  }

  private MacsecSakUse sakUse(int specific, WireReader body) throws MalformedMkpduException {
    int length = body.remaining();
    boolean hasBody = length != 0;
    if (hasBody && !fits(length, MkpduLayout.SAK_USE_BODY)) {
      throw body.malformed(MalformedReason.SAK_USE_LENGTH);
    }
    int flags = specific >>> 4;
    KeyUse latest =
        keyUse(
            flags >>> MkpduLayout.LATEST_AN_SHIFT,
            (flags & MkpduLayout.FLAG_LATEST_TX) != 0,
            (flags & MkpduLayout.FLAG_LATEST_RX) != 0,
            body,
            hasBody);
    KeyUse old =
        keyUse(
            flags >>> MkpduLayout.OLD_AN_SHIFT,
            (flags & MkpduLayout.FLAG_OLD_TX) != 0,
            (flags & MkpduLayout.FLAG_OLD_RX) != 0,
            body,
            hasBody);
    return new MacsecSakUse(
        hasBody,
        latest,
        old,
        (specific & MkpduLayout.FLAG_PLAIN_TX) != 0,
        (specific & MkpduLayout.FLAG_PLAIN_RX) != 0,
        (specific & MkpduLayout.FLAG_DELAY_PROTECT) != 0,
        specific & 0x2);
  }

  private static KeyUse keyUse(
      int an, boolean transmits, boolean receives, WireReader body, boolean hasBody)
      throws MalformedMkpduException {
    AssociationNumber number = AssociationNumber.of(an & TWO_BITS);
    if (!hasBody) {
      return new KeyUse(number, transmits, receives, MkaKeyIdentifier.NONE, 0);
    }
    MkaKeyIdentifier key = new MkaKeyIdentifier(body.memberIdentifier(), body.u32());
    KeyUse use = new KeyUse(number, transmits, receives, key, body.u32());
    // Most slots for an old key are empty, and a receiver keeps what was read.
    return use.equals(KeyUse.NONE) ? KeyUse.NONE : use;
  }

  private static DistributedSak distributedSak(int specific, WireReader body)
      throws MalformedMkpduException {
    int length = body.remaining();
    boolean named = length >= MkpduLayout.MIN_EXPLICIT_SUITE_BODY;
    if (length != 0 && length != MkpduLayout.IMPLIED_SUITE_BODY && !named) {
      throw body.malformed(MalformedReason.DISTRIBUTED_SAK_LENGTH);
    }
    int octet = specific >>> 4;
    long keyNumber = length == 0 ? 0 : body.u32();
    OptionalLong suite = named ? OptionalLong.of(body.i64()) : OptionalLong.empty();
    return new DistributedSak(
        AssociationNumber.of(octet >>> MkpduLayout.DISTRIBUTED_AN_SHIFT),
        ConfidentialityOffset.ofCode(octet >>> OFFSET_SHIFT & TWO_BITS),
        keyNumber,
        suite,
        body.octets(body.remaining()),
        specific & 0x0FF);
  }

  private static DistributedCak distributedCak(int specific, WireReader body)
      throws MalformedMkpduException {
    int length = body.remaining();
    if (length < MkpduLayout.MIN_DISTRIBUTED_CAK_BODY
        || length > MkpduLayout.MAX_DISTRIBUTED_CAK_BODY) {
      throw body.malformed(MalformedReason.DISTRIBUTED_CAK_LENGTH);
    }
    return new DistributedCak(body.octets(length), specific);
  }

  private static AnnouncementParameterSet announcement(int specific, WireReader body)
      throws MalformedMkpduException {
    List<AnnouncementTlv> tlvs = new ArrayList<>(2);
    WireReader ahead = body.copy();
    while (ahead.remaining() >= MkpduLayout.TLV_HEAD) {
      int head = ahead.u16();
      int length = head & MkpduLayout.MAX_TLV_LENGTH;
      if (length > ahead.remaining()) {
        break;
      }
      tlvs.add(new AnnouncementTlv(head >>> MkpduLayout.TLV_TYPE_SHIFT, ahead.octets(length)));
      body.skip(MkpduLayout.TLV_HEAD + length);
    }
    return new AnnouncementParameterSet(tlvs, body.octets(body.remaining()), specific);
  }

  private XpnParameterSet xpn(int specific, WireReader body) throws MalformedMkpduException {
    if (!fits(body.remaining(), MkpduLayout.XPN_BODY)) {
      throw body.malformed(MalformedReason.XPN_LENGTH);
    }
    return new XpnParameterSet(specific >>> 4, body.u32(), body.u32(), specific & 0xF);
  }

  /** A later version may add octets to a set; they are skipped. */
  private boolean fits(int length, int known) {
    return length == known || (laterVersion && length > known);
  }
}
