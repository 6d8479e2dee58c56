package org.macsec4j.testkit.simulation;

import java.util.List;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.MalformedMkpduException;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.MkpduDecoder;
import org.macsec4j.mka.wire.ParameterSet;
import org.macsec4j.mka.wire.PeerEntry;

/** An MKPDU in one line. */
final class MkpduText {
  static final int CKN_DIGITS = 4;

  private final MkpduDecoder decoder;
  private final Names names;

  MkpduText(MkpduDecoder decoder, Names names) {
    this.decoder = decoder;
    this.names = names;
  }

  String of(byte[] frame) {
    try {
      return of(decoder.decode(frame));
    } catch (MalformedMkpduException e) {
      return "no MKPDU: " + e.reason();
    }
  }

  private String of(Mkpdu mkpdu) {
    BasicParameterSet basic = mkpdu.basic();
    names.heard(basic.sci(), basic.actorMemberIdentifier());
    StringBuilder line = new StringBuilder("MKPDU of ");
    line.append(names.of(basic.actorMemberIdentifier())).append(" MN ");
    line.append(basic.actorMessageNumber());
    line.append(" v").append(basic.version()).append(" prio ").append(basic.keyServerPriority());
    line.append(basic.keyServer() ? " KS" : "");
    String ckn = basic.ckn().toString();
    line.append(" CKN ").append(ckn, 0, Math.min(CKN_DIGITS, ckn.length()));
    mkpdu.livePeers().ifPresent(set -> peers(line, "live", set.peers()));
    mkpdu.potentialPeers().ifPresent(set -> peers(line, "potential", set.peers()));
    mkpdu.sakUse().ifPresent(set -> use(line, set));
    mkpdu.distributedSak().ifPresent(set -> sak(line, set));
    line.append(" [");
    String comma = "";
    for (ParameterSet set : mkpdu.sets()) {
      line.append(comma).append(set.type());
      comma = " ";
    }
    return line.append("]").toString();
  }

  private void peers(StringBuilder line, String what, List<PeerEntry> peers) {
    line.append("; ").append(what);
    for (PeerEntry peer : peers) {
      line.append(' ').append(names.of(peer.memberIdentifier()));
      line.append('@').append(peer.messageNumber());
    }
  }

  private void use(StringBuilder line, MacsecSakUse set) {
    line.append("; uses");
    use(line, " ", set.latest());
    use(line, ", old ", set.old());
    line.append(set.latest().isPresent() || set.old().isPresent() ? "" : " no key");
  }

  private void use(StringBuilder line, String before, KeyUse use) {
    if (use.isPresent()) {
      line.append(before)
          .append(names.of(use.key()))
          .append(" AN ")
          .append(use.associationNumber());
      line.append(use.receives() ? " rx" : "").append(use.transmits() ? " tx" : "");
      line.append(" from ").append(use.lowestPn());
    }
  }

  private static void sak(StringBuilder line, DistributedSak set) {
    if (!set.hasKey()) {
      line.append("; no MACsec");
      return;
    }
    line.append("; hands out key ").append(set.keyNumber());
    line.append(" AN ").append(set.associationNumber()).append(' ');
    line.append(set.cipherSuite().map(Object::toString).orElse("of an unknown suite"));
  }
}
