package org.macsec4j.examples.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.macsec4j.SecyEvent;
import org.macsec4j.SecySnapshot;
import org.macsec4j.examples.inspect.JsonWriter;

/**
 * An event of a SecY as one line, for people or for programs.
 *
 * @param time when it was heard
 * @param event what happened
 * @param secy the SecY after it; null when it could not be read any more
 * @param changes what is different, in words
 */
record EventLine(Instant time, SecyEvent event, @Nullable SecySnapshot secy, List<String> changes) {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  String text() {
    return UTC.format(time) + "  " + event.secy().name() + "  " + sentence();
  }

  private String sentence() {
    if (event instanceof SecyEvent.Created) {
      return "created" + (secy == null ? "" : about(secy));
    } else if (event instanceof SecyEvent.Changed) {
      return "changed" + (changes.isEmpty() ? "" : ": " + String.join("; ", changes));
    } else if (event instanceof SecyEvent.Removed) {
      return "removed";
    } else if (event instanceof SecyEvent.OperationalChanged changed) {
      return changed.operational()
          ? "operational: frames can be sent"
          : "not operational: no frame can be sent";
    } else if (event instanceof SecyEvent.PacketNumberThresholdReached reached) {
      return "transmit SA "
          + reached.an()
          + " is at PN "
          + reached.nextPn()
          + ", beyond the threshold: it needs another key soon";
    } else if (event instanceof SecyEvent.PacketNumbersExhausted exhausted) {
      return "transmit SA "
          + exhausted.an()
          + " has used up its packet numbers: it sends no more under this key";
    } else if (event instanceof SecyEvent.OffloadFellBack fell) {
      return "protected by software: " + fell.reason();
    }
    return event.toString();
  }

  private static String about(SecySnapshot secy) {
    return " on "
        + secy.config().parent()
        + ", SCI "
        + secy.transmitSc().sci().toHex()
        + ", "
        + secy.config().cipherSuite();
  }

  /** Names are those of {@link SecyJson}; the time is seconds since 1970. */
  String json() {
    JsonWriter json = new JsonWriter();
    json.raw("time", String.format(Locale.ROOT, "%d.%03d", millis() / 1000, millis() % 1000));
    json.field("event", name()).field("name", event.secy().name());
    json.field("index", event.secy().index());
    if (event instanceof SecyEvent.Created && secy != null) {
      json.field("parent", secy.config().parent());
      json.field("sci", secy.transmitSc().sci().toHex());
      json.field("cipherSuite", secy.config().cipherSuite().toString());
    } else if (event instanceof SecyEvent.Changed) {
      json.array("changes");
      changes.forEach(json::element);
      json.endArray();
    } else if (event instanceof SecyEvent.OperationalChanged changed) {
      json.field("operational", changed.operational());
    } else if (event instanceof SecyEvent.PacketNumberThresholdReached reached) {
      json.field("an", reached.an().value()).raw("nextPn", reached.nextPn().toString());
    } else if (event instanceof SecyEvent.PacketNumbersExhausted exhausted) {
      json.field("an", exhausted.an().value());
    } else if (event instanceof SecyEvent.OffloadFellBack fell) {
      json.field("reason", fell.reason());
    }
    return json.end();
  }

  private long millis() {
    return time.toEpochMilli();
  }

  private String name() {
    String type = event.getClass().getSimpleName();
    return Character.toLowerCase(type.charAt(0)) + type.substring(1);
  }
}
