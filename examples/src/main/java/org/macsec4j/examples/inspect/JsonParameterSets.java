package org.macsec4j.examples.inspect;

import java.util.List;
import org.macsec4j.mka.wire.AnnouncementParameterSet;
import org.macsec4j.mka.wire.AnnouncementTlv;
import org.macsec4j.mka.wire.DistributedCak;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.UnknownParameterSet;
import org.macsec4j.mka.wire.XpnParameterSet;

/** Writes each parameter set of an MKPDU that is neither the basic one nor a peer list. */
final class JsonParameterSets {
  private final boolean showKeys;

  JsonParameterSets(boolean showKeys) {
    this.showKeys = showKeys;
  }

  void write(JsonWriter json, Finding.MkaFrame found) {
    Mkpdu mkpdu = found.mkpdu();
    int ssci = mkpdu.livePeers().map(LivePeerList::keyServerSsci).orElse(0);
    if (ssci != 0) {
      json.field("keyServerSsci", ssci);
    }
    mkpdu.sakUse().ifPresent(set -> sakUse(json, set));
    mkpdu.distributedSak().ifPresent(set -> distributedSak(json, set, found));
    mkpdu.distributedCak().ifPresent(set -> distributedCak(json, set, found));
    mkpdu.kmd().ifPresent(set -> json.field("kmd", set.domain().toString()));
    mkpdu.announcement().ifPresent(set -> announcement(json, set));
    mkpdu.xpn().ifPresent(set -> xpn(json, set));
    if (mkpdu.hasIcvIndicator()) {
      json.field("icvIndicator", true);
    }
    unknown(json, mkpdu);
    if (mkpdu.duplicateSets() > 0) {
      json.field("duplicateSets", mkpdu.duplicateSets());
    }
  }

  private static void sakUse(JsonWriter json, MacsecSakUse set) {
    json.object("sakUse");
    keyUse(json, "latest", set.latest());
    keyUse(json, "old", set.old());
    json.field("plainTx", set.plainTransmit())
        .field("plainRx", set.plainReceive())
        .field("delayProtect", set.delayProtect())
        .endObject();
  }

  private static void keyUse(JsonWriter json, String name, KeyUse use) {
    if (!use.isPresent()) {
      json.nullField(name);
      return;
    }
    json.object(name)
        .field("an", use.associationNumber().value())
        .field("tx", use.transmits())
        .field("rx", use.receives())
        .field("keyServerMi", use.key().keyServer().toString())
        .field("kn", use.key().keyNumber())
        .field("lowestPn", use.lowestPn())
        .endObject();
  }

  private void distributedSak(JsonWriter json, DistributedSak set, Finding.MkaFrame found) {
    json.object("distributedSak");
    if (!set.hasKey()) {
      json.field("macsec", false).endObject();
      return;
    }
    json.field("an", set.associationNumber().value())
        .field("kn", set.keyNumber())
        .field("suite", suite(set));
    if (set.confidentialityOffset().isConfidential()) {
      json.field("confidentialityOffset", set.confidentialityOffset().octets());
    } else {
      // Integrity alone: there is no octet from which encryption begins.
      json.nullField("confidentialityOffset");
    }
    json.field("unwrapped", found.sak().isPresent());
    if (showKeys) {
      found.sak().ifPresent(sak -> json.field("key", sak.toHex()));
    }
    json.endObject();
  }

  /** The name of the suite, or the digits of one that is not known. */
  static String suite(DistributedSak set) {
    return set.cipherSuite()
        .map(Object::toString)
        .orElseGet(() -> Long.toHexString(set.suiteId().orElse(0)));
  }

  /** Without its key nobody knows where the name of a Distributed CAK begins. */
  private static void distributedCak(JsonWriter json, DistributedCak set, Finding.MkaFrame found) {
    json.object("distributedCak").field("unwrapped", found.cakName().isPresent());
    if (found.cakName().isPresent()) {
      json.field("ckn", found.cakName().get().toString());
    } else {
      json.field("body", set.body().toString());
    }
    json.endObject();
  }

  private static void announcement(JsonWriter json, AnnouncementParameterSet set) {
    json.object("announcement");
    json.array("suites");
    for (AnnouncementTlv.AnnouncedSuite suite : set.cipherSuites().orElse(List.of())) {
      String name =
          suite.cipherSuite().map(Object::toString).orElse(Long.toHexString(suite.suiteId()));
      json.object()
          .field("suite", name)
          .field("macsecCapability", suite.capability().code())
          .endObject();
    }
    json.endArray().array("tlvs");
    for (AnnouncementTlv tlv : set.tlvs()) {
      json.object().field("type", tlv.type()).field("value", tlv.value().toString()).endObject();
    }
    json.endArray().endObject();
  }

  private static void xpn(JsonWriter json, XpnParameterSet set) {
    json.object("xpn")
        .field("suspensionSeconds", set.suspensionTimeSeconds())
        .field("latestLowestPnHigh", set.latestLowestPnHigh())
        .field("oldLowestPnHigh", set.oldLowestPnHigh())
        .endObject();
  }

  private static void unknown(JsonWriter json, Mkpdu mkpdu) {
    List<UnknownParameterSet> unknown =
        mkpdu.sets().stream()
            .filter(UnknownParameterSet.class::isInstance)
            .map(UnknownParameterSet.class::cast)
            .toList();
    if (unknown.isEmpty()) {
      return;
    }
    json.array("unknown");
    for (UnknownParameterSet set : unknown) {
      json.object().field("type", set.type()).field("body", set.body().toString()).endObject();
    }
    json.endArray();
  }
}
