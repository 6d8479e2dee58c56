package org.macsec4j.examples.inspect;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.macsec4j.Sci;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.PeerEntry;
import org.macsec4j.mka.wire.PotentialPeerList;
import org.macsec4j.testkit.dataplane.SecTag;

/**
 * Findings for programs: one JSON object a line, the summary last. SCIs, member identifiers, names
 * and keys are lower-case hexadecimal digits, addresses have colons, times are seconds since 1970.
 */
final class JsonReport implements Report {
  private final PrintWriter out;
  private final JsonParameterSets sets;

  /**
   * A report.
   *
   * @param out where the lines go; flushed at the end
   * @param showKeys whether unwrapped keys are written
   */
  JsonReport(PrintWriter out, boolean showKeys) {
    this.out = out;
    this.sets = new JsonParameterSets(showKeys);
  }

  @Override
  public void begin(Overview overview) {
    // Every line is a finding.
  }

  @Override
  public void found(Finding finding) {
    if (finding instanceof Finding.MkaFrame mka) {
      line(mkpdu(mka));
    } else if (finding instanceof Finding.MacsecFrame macsec) {
      line(macsec(macsec));
    } else if (finding instanceof Finding.Malformed malformed) {
      line(malformed(malformed));
    } else if (finding instanceof Finding.Cut cut) {
      line(cut(cut));
    }
  }

  private void line(JsonWriter json) {
    out.print(json.end());
    out.print('\n');
  }

  private static JsonWriter start(String type, CapturedFrame frame) {
    JsonWriter json = new JsonWriter().field("type", type).field("frame", frame.number());
    if (frame.timeNanos() == CapturedFrame.NO_TIME) {
      json.nullField("time");
    } else {
      json.raw("time", Times.seconds(frame.timeNanos()));
    }
    if (!frame.interfaceName().isEmpty()) {
      json.field("interface", frame.interfaceName());
    }
    return json;
  }

  private JsonWriter mkpdu(Finding.MkaFrame found) {
    BasicParameterSet basic = found.mkpdu().basic();
    JsonWriter json =
        start("mkpdu", found.frame())
            .field("src", found.header().source().toString())
            .field("dst", found.header().destination().toString())
            .field("version", basic.version())
            .field("sci", basic.sci().toHex())
            .field("mi", basic.actorMemberIdentifier().toString())
            .field("mn", basic.actorMessageNumber())
            .field("priority", basic.keyServerPriority())
            .field("keyServer", basic.keyServer())
            .field("macsecDesired", basic.macsecDesired())
            .field("macsecCapability", basic.macsecCapability().code())
            .field("ckn", basic.ckn().toString())
            .field("icv", found.icv().toString());
    if (basic.algorithmAgility() != BasicParameterSet.ALGORITHM_AGILITY) {
      json.field("algorithmAgility", Integer.toHexString(basic.algorithmAgility()));
    }
    peers(json, "live", found.mkpdu().livePeers().map(LivePeerList::peers).orElse(List.of()));
    peers(
        json,
        "potential",
        found.mkpdu().potentialPeers().map(PotentialPeerList::peers).orElse(List.of()));
    sets.write(json, found);
    return json;
  }

  private static void peers(JsonWriter json, String name, List<PeerEntry> peers) {
    json.array(name);
    for (PeerEntry peer : peers) {
      json.object()
          .field("mi", peer.memberIdentifier().toString())
          .field("mn", peer.messageNumber())
          .endObject();
    }
    json.endArray();
  }

  private static JsonWriter macsec(Finding.MacsecFrame found) {
    SecTag tag = found.tag();
    JsonWriter json =
        start("macsec", found.frame())
            .field("src", found.view().source())
            .field("dst", found.view().destination());
    Optional<Sci> sci = found.sci();
    if (sci.isPresent()) {
      json.field("sci", sci.get().toHex());
    } else {
      json.nullField("sci");
    }
    json.field("an", tag.an().value()).raw("pn", packetNumber(found));
    json.field("e", tag.encrypted()).field("c", tag.changed()).field("es", tag.endStation());
    json.field("sc", tag.sci().isPresent()).field("scb", tag.singleCopyBroadcast());
    json.field("sl", tag.shortLength()).field("verdict", found.verdict().toString());
    if (!found.view().vlans().isEmpty()) {
      json.raw("vlans", found.view().vlans().toString().replace(" ", ""));
    }
    found.opened().ifPresent(opened -> opened(json, opened));
    return json;
  }

  private static String packetNumber(Finding.MacsecFrame found) {
    return found
        .opened()
        .map(opened -> opened.packetNumber().toString())
        .orElse(Integer.toUnsignedString(found.tag().packetNumber()));
  }

  private static void opened(JsonWriter json, OpenedFrame opened) {
    json.field("suite", opened.sak().suite().toString());
    var identifier = opened.sak().identifier();
    if (identifier != null) {
      json.field("kn", identifier.keyNumber());
    }
    if (opened.ssci() != 0) {
      json.raw("ssci", Integer.toUnsignedString(opened.ssci()));
    }
    InnerFrame inner = InnerFrame.of(opened.userFrame());
    json.object("inner")
        .field("etherType", inner.etherType())
        .field("length", inner.length())
        .field("text", inner.text())
        .endObject();
  }

  private static JsonWriter malformed(Finding.Malformed found) {
    return start("malformed", found.frame())
        .field("src", found.source())
        .field("protocol", found.protocol())
        .field("why", found.why())
        .field("offset", found.offset());
  }

  private static JsonWriter cut(Finding.Cut found) {
    return start("cut", found.frame())
        .field("src", found.source())
        .field("protocol", found.protocol())
        .field("captured", found.frame().octets().length)
        .field("length", found.frame().originalLength());
  }

  @Override
  public void end(Summary summary) {
    line(
        new JsonWriter()
            .field("type", "summary")
            .field("frames", summary.frames())
            .field("mkpdu", summary.mkpdu())
            .field("icvOk", summary.icvOk())
            .field("icvBad", summary.icvBad())
            .field("icvUnchecked", summary.icvUnchecked())
            .field("malformed", summary.malformed())
            .field("saks", summary.saks())
            .field("macsec", summary.macsec())
            .field("macsecOk", summary.macsecOk())
            .field("macsecBad", summary.macsecBad())
            .field("macsecNoKey", summary.macsecNoKey()));
    out.flush();
  }
}
