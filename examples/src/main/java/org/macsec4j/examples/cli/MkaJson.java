package org.macsec4j.examples.cli;

import java.util.Locale;
import java.util.Optional;
import org.macsec4j.examples.inspect.JsonWriter;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MkaCounters;
import org.macsec4j.mka.MkaPeer;
import org.macsec4j.mka.MkaStatus;

/** What MKA knows on an interface, for programs, in one line. No key is in it. */
final class MkaJson {
  private final JsonWriter json = new JsonWriter();

  private MkaJson() {}

  static String of(MkaStatus status) {
    MkaJson writer = new MkaJson();
    writer.port(status);
    writer.json.array("participants");
    status.participants().forEach(writer::participant);
    writer.json.endArray();
    writer.key("latestKey", status.latest());
    writer.key("oldKey", status.old());
    writer.counters(status.counters());
    return writer.json.end();
  }

  private void port(MkaStatus status) {
    json.field("secured", status.secured());
    json.field("controlledPort", word(status.controlledPort()));
    status.inClear().ifPresent(reason -> json.field("inClear", word(reason)));
    json.field("diagnosis", word(status.diagnosis().kind()));
    json.field("text", status.diagnosis().text());
    json.field("sci", status.sci().toHex()).field("priority", status.actor().priority());
    status
        .keyServer()
        .ifPresent(
            server ->
                json.object("keyServer")
                    .field("sci", server.sci().toHex())
                    .field("priority", server.priority())
                    .field("self", server.self())
                    .endObject());
    json.field("suspended", status.suspended());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void participant(MkaStatus.Participant participant) {
    json.object().field("ckn", participant.ckn().toString());
    json.field("principal", participant.principal()).field("active", participant.active());
    json.field("memberIdentifier", participant.memberIdentifier().toString());
    json.field("messageNumber", participant.messageNumber());
    json.array("peers");
    participant.peers().forEach(this::peer);
    json.endArray().endObject();
  }

  private void peer(MkaPeer peer) {
    json.object().field("sci", peer.sci().toHex());
    json.field("memberIdentifier", peer.memberIdentifier().toString());
    json.field("messageNumber", peer.messageNumber());
    json.field("priority", peer.keyServerPriority()).field("live", peer.live()).endObject();
  }

  private void key(String name, Optional<MkaStatus.Key> known) {
    if (known.isEmpty()) {
      json.nullField(name);
      return;
    }
    MkaStatus.Key key = known.get();
    json.object(name).field("keyServer", key.identifier().keyServer().toString());
    json.field("keyNumber", key.identifier().keyNumber()).field("an", key.an().value());
    json.field("cipherSuite", key.suite().toString());
    json.field("receives", key.receives()).field("transmits", key.transmits()).endObject();
  }

  private void counters(MkaCounters counters) {
    json.object("counters");
    json.field("mkpdusIn", counters.mkpdusIn()).field("mkpdusInValid", counters.mkpdusInValid());
    json.field("mkpdusOut", counters.mkpdusOut());
    json.field("transmitFailures", counters.transmitFailures());
    json.field("saksGenerated", counters.saksGenerated());
    json.field("saksReceived", counters.saksReceived());
    json.field("saksInstalled", counters.saksInstalled());
    json.field("commandsFailed", counters.commandsFailed());
    json.object("drops");
    for (DropReason reason : DropReason.values()) {
      if (counters.dropped(reason) > 0) {
        json.field(word(reason), counters.dropped(reason));
      }
    }
    json.endObject().endObject();
  }
}
