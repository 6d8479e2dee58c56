package org.macsec4j.mka.wire;

import static org.macsec4j.mka.wire.MkpduLayout.SET_HEAD;
import static org.macsec4j.mka.wire.MkpduLayout.padded;

import java.util.List;

/** Writes one parameter set at a time (IEEE 802.1X 11.11, drawn in {@link MkpduLayout}). */
final class ParameterSetWriter {
  private ParameterSetWriter() {}

  /** Octets of a set, head and padding included; the ICV is not the indicator's here. */
  static int octets(ParameterSet set) {
    return set instanceof IcvIndicator ? SET_HEAD : SET_HEAD + padded(bodyLength(set));
  }

  static void write(ParameterSet set, WireWriter writer) {
    int bodyLength = bodyLength(set);
    int end = writer.position() + octets(set);
    writer.setHead(set.type(), specific(set), bodyLength);
    writeBody(set, writer);
    writer.position(end);
  }

  private static int bodyLength(ParameterSet set) {
    if (set instanceof LivePeerList list) {
      return list.peers().size() * MkpduLayout.PEER_ENTRY;
    } else if (set instanceof PotentialPeerList list) {
      return list.peers().size() * MkpduLayout.PEER_ENTRY;
    } else if (set instanceof MacsecSakUse use) {
      return use.hasBody() ? MkpduLayout.SAK_USE_BODY : 0;
    } else if (set instanceof DistributedSak sak) {
      int suite = sak.namedSuiteId().isPresent() ? Long.BYTES : 0;
      return sak.hasKey() ? Integer.BYTES + suite + sak.wrappedKey().length() : 0;
    } else if (set instanceof DistributedCak cak) {
      return cak.body().length();
    } else if (set instanceof KmdParameterSet kmd) {
      return kmd.domain().length();
    } else if (set instanceof AnnouncementParameterSet announcement) {
      return announcement.bodyLength();
    } else if (set instanceof XpnParameterSet) {
      return MkpduLayout.XPN_BODY;
    } else if (set instanceof IcvIndicator) {
      return MkpduLayout.ICV_LENGTH;
    } else if (set instanceof UnknownParameterSet unknown) {
      return unknown.body().length();
    }
    throw unhandled(set);
  }

  /** The twelve bits of the head that are the set's own. */
  private static int specific(ParameterSet set) {
    int bits = set.reservedBits();
    if (set instanceof LivePeerList list) {
      bits |= list.keyServerSsci() << 4;
    } else if (set instanceof MacsecSakUse use) {
      bits |= flags(use);
    } else if (set instanceof DistributedSak sak) {
      int octet =
          sak.associationNumber().value() << MkpduLayout.DISTRIBUTED_AN_SHIFT
              | sak.confidentialityOffset().code() << MkpduLayout.OFFSET_SHIFT;
      bits |= octet << 4;
    } else if (set instanceof XpnParameterSet xpn) {
      bits |= xpn.suspensionTimeSeconds() << 4;
    }
    return bits;
  }

  private static int flags(MacsecSakUse use) {
    KeyUse latest = use.latest();
    KeyUse old = use.old();
    int octet =
        latest.associationNumber().value() << MkpduLayout.LATEST_AN_SHIFT
            | (latest.transmits() ? MkpduLayout.FLAG_LATEST_TX : 0)
            | (latest.receives() ? MkpduLayout.FLAG_LATEST_RX : 0)
            | old.associationNumber().value() << MkpduLayout.OLD_AN_SHIFT
            | (old.transmits() ? MkpduLayout.FLAG_OLD_TX : 0)
            | (old.receives() ? MkpduLayout.FLAG_OLD_RX : 0);
    return octet << 4
        | (use.plainTransmit() ? MkpduLayout.FLAG_PLAIN_TX : 0)
        | (use.plainReceive() ? MkpduLayout.FLAG_PLAIN_RX : 0)
        | (use.delayProtect() ? MkpduLayout.FLAG_DELAY_PROTECT : 0);
  }

  private static void writeBody(ParameterSet set, WireWriter writer) {
    if (set instanceof LivePeerList list) {
      writePeers(list.peers(), writer);
    } else if (set instanceof PotentialPeerList list) {
      writePeers(list.peers(), writer);
    } else if (set instanceof MacsecSakUse use) {
      if (use.hasBody()) {
        writeKey(use.latest(), writer);
        writeKey(use.old(), writer);
      }
    } else if (set instanceof DistributedSak sak) {
      writeSak(sak, writer);
    } else if (set instanceof DistributedCak cak) {
      writer.octets(cak.body());
    } else if (set instanceof KmdParameterSet kmd) {
      writer.octets(kmd.domain());
    } else if (set instanceof AnnouncementParameterSet announcement) {
      writeAnnouncement(announcement, writer);
    } else if (set instanceof XpnParameterSet xpn) {
      writer.u32(xpn.latestLowestPnHigh());
      writer.u32(xpn.oldLowestPnHigh());
    } else if (set instanceof UnknownParameterSet unknown) {
      writer.octets(unknown.body());
    } else if (!(set instanceof IcvIndicator)) {
      throw unhandled(set);
    }
  }

  private static void writePeers(List<PeerEntry> peers, WireWriter writer) {
    for (PeerEntry peer : peers) {
      writer.memberIdentifier(peer.memberIdentifier());
      writer.u32(peer.messageNumber());
    }
  }

  private static void writeKey(KeyUse use, WireWriter writer) {
    writer.memberIdentifier(use.key().keyServer());
    writer.u32(use.key().keyNumber());
    writer.u32(use.lowestPn());
  }

  private static void writeSak(DistributedSak sak, WireWriter writer) {
    if (!sak.hasKey()) {
      return;
    }
    writer.u32(sak.keyNumber());
    sak.namedSuiteId().ifPresent(writer::i64);
    writer.octets(sak.wrappedKey());
  }

  private static void writeAnnouncement(AnnouncementParameterSet set, WireWriter writer) {
    for (AnnouncementTlv tlv : set.tlvs()) {
      writer.u16(tlv.type() << MkpduLayout.TLV_TYPE_SHIFT | tlv.value().length());
      writer.octets(tlv.value());
    }
    writer.octets(set.remainder());
  }

  private static AssertionError unhandled(ParameterSet set) {
    return new AssertionError("no writer for parameter set type " + set.type());
  }
}
