package org.macsec4j.examples.cli;

import java.util.Optional;
import org.macsec4j.examples.inspect.JsonWriter;
import org.macsec4j.offload.DriverKnowledge;
import org.macsec4j.offload.FeatureClaim;
import org.macsec4j.offload.OffloadSupport;
import org.macsec4j.offload.ProbeVerdict;

/** What was found of an interface, for programs; what is not known is left out. */
final class OffloadJson {
  private OffloadJson() {}

  static String of(
      OffloadSupport support, Optional<ProbeVerdict> verdict, Optional<String> namespace) {
    JsonWriter json = new JsonWriter().field("name", support.interfaceName());
    namespace.ifPresent(name -> json.field("namespace", name));
    support
        .driver()
        .ifPresent(
            driver -> {
              json.object("driver").field("name", driver.driver());
              driver.version().ifPresent(version -> json.field("version", version));
              driver.firmware().ifPresent(firmware -> json.field("firmware", firmware));
              driver.bus().ifPresent(bus -> json.field("bus", bus));
              json.endObject();
            });
    json.field("phy", OffloadTable.lower(support.phy().presence()));
    claim(json, support.claim());
    verdict.ifPresent(
        said -> {
          json.object("probed");
          attempt(json, "mac", said.mac());
          attempt(json, "phy", said.phy());
          json.endObject();
        });
    json.array("known");
    support.knowledge().forEach(known -> knowledge(json, known));
    json.endArray();
    support
        .inUse()
        .ifPresent(
            use ->
                json.object("inUse")
                    .field("secys", use.secys())
                    .field("receiveScs", use.receiveScs())
                    .field("transmitSas", use.transmitSas())
                    .field("receiveSas", use.receiveSas())
                    .endObject());
    return json.end();
  }

  private static void claim(JsonWriter json, FeatureClaim claim) {
    json.object("claimed").field("answer", OffloadTable.lower(claim.answer()));
    if (claim.answer() == FeatureClaim.Answer.TOLD) {
      json.field("active", claim.active()).field("wanted", claim.wanted());
      json.field("fixed", claim.fixed());
    }
    json.endObject();
  }

  private static void attempt(JsonWriter json, String mode, ProbeVerdict.Attempt attempt) {
    json.object(mode).field("outcome", OffloadTable.lower(attempt.outcome()));
    if (!attempt.reason().isEmpty()) {
      json.field("reason", attempt.reason());
    }
    json.endObject();
  }

  private static void knowledge(JsonWriter json, DriverKnowledge known) {
    json.object().field("driver", known.driver()).field("hardware", known.hardware());
    json.field("mode", OffloadTable.lower(known.mode()));
    known.secys().ifPresent(count -> json.field("secys", count));
    known.receiveScsPerSecy().ifPresent(count -> json.field("receiveScsPerSecy", count));
    json.array("cipherSuites");
    known.cipherSuites().stream().sorted().forEach(suite -> json.element(suite.toString()));
    json.endArray();
    json.field("counters", OffloadTable.lower(known.counters()));
    json.field("packetNumberRefreshed", known.packetNumberRefreshed());
    json.array("behaviours");
    known.behaviours().forEach(json::element);
    json.endArray().endObject();
  }
}
