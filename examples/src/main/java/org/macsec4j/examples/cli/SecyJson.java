package org.macsec4j.examples.cli;

import java.util.Locale;
import java.util.Optional;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Counter;
import org.macsec4j.Counters;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.ReplayProtection;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecySnapshot;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitScSnapshot;
import org.macsec4j.examples.inspect.JsonWriter;

/**
 * A SecY for programs, in one line. Each thing has one name, that of the standard; an SCI has 16
 * digits wherever it stands, and a counter that is absent is left out, not 0.
 */
final class SecyJson {
  private final JsonWriter json = new JsonWriter();
  private final boolean withCounters;

  private SecyJson(boolean withCounters) {
    this.withCounters = withCounters;
  }

  static String of(
      SecySnapshot secy,
      boolean withCounters,
      Optional<String> namespace,
      Optional<StatusFolder.Said> mka) {
    SecyJson writer = new SecyJson(withCounters);
    writer.json.field("name", secy.id().name()).field("index", secy.id().index());
    namespace.ifPresent(name -> writer.json.field("namespace", name));
    writer.json.field("parent", secy.config().parent());
    writer.json.field("up", secy.up()).field("operational", secy.operational());
    writer.json.field("offload", SecyTable.offload(secy.offload()));
    writer.settings(secy.config());
    writer.counters(secy.counters());
    writer.transmitSc(secy.transmitSc());
    writer.json.array("receiveScs");
    secy.receiveScs().forEach(writer::receiveSc);
    writer.json.endArray();
    mka.ifPresent(
        said -> writer.json.raw("mka", said.json()).field("mkaAgeSeconds", said.age().toSeconds()));
    return writer.json.end();
  }

  private void settings(SecyConfig config) {
    json.field("cipherSuite", config.cipherSuite().toString());
    json.field("icvLength", config.icvLength());
    if (config.confidentialityOffset().isConfidential()) {
      json.field("confidentialityOffset", config.confidentialityOffset().octets());
    } else {
      json.nullField("confidentialityOffset");
    }
    json.field("protectFrames", config.protectFrames());
    json.field("validateFrames", config.validateFrames().name().toLowerCase(Locale.ROOT));
    ReplayProtection replay = config.replayProtection();
    json.field("replayProtect", replay.enabled());
    if (replay.enabled()) {
      json.field("replayWindow", replay.window());
    } else {
      json.nullField("replayWindow");
    }
    json.field("includeSci", config.includeSci());
    json.field("endStation", config.endStation());
    json.field("singleCopyBroadcast", config.singleCopyBroadcast());
  }

  private void transmitSc(TransmitScSnapshot channel) {
    json.object("transmitSc").field("sci", channel.sci().toHex());
    json.field("encodingSa", channel.encodingSa().value());
    counters(channel.counters());
    json.array("sas");
    channel
        .sas()
        .forEach(
            sa -> {
              association(sa.an(), sa.nextPn(), sa.enabled());
              json.field("exhausted", sa.isExhausted());
              key(sa.key(), sa.ssci());
              counters(sa.counters());
              json.endObject();
            });
    json.endArray().endObject();
  }

  private void receiveSc(ReceiveScSnapshot channel) {
    json.object().field("sci", channel.sci().toHex()).field("enabled", channel.enabled());
    counters(channel.counters());
    json.array("sas");
    channel
        .sas()
        .forEach(
            sa -> {
              association(sa.an(), sa.nextPn(), sa.enabled());
              sa.lowestPn().ifPresent(pn -> json.raw("lowestPn", pn.toString()));
              key(sa.key(), sa.ssci());
              counters(sa.counters());
              json.endObject();
            });
    json.endArray().endObject();
  }

  private void association(AssociationNumber an, PacketNumber nextPn, boolean enabled) {
    json.object().field("an", an.value()).raw("nextPn", nextPn.toString());
    json.field("enabled", enabled);
  }

  private void key(KeyIdentifier key, Optional<Ssci> ssci) {
    json.field("keyId", key.toString());
    ssci.ifPresent(value -> json.raw("ssci", value.toString()));
  }

  private <C extends Enum<C> & Counter> void counters(Counters<C> counters) {
    if (withCounters) {
      json.object("counters");
      counters
          .asMap()
          .forEach(
              (counter, value) -> json.raw(counter.standardName(), Long.toUnsignedString(value)));
      json.endObject();
    }
  }
}
