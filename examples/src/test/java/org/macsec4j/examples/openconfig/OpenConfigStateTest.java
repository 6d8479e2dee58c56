package org.macsec4j.examples.openconfig;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecySnapshot;
import org.macsec4j.mka.AccessPolicy;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.Nic;
import org.macsec4j.testkit.junit.MacsecLab;

/** Held against the list of the model's leaves, which was written from the model. */
@MacsecLab
class OpenConfigStateTest {
  private static final MkaConfig CONFIG =
      MkaConfig.preSharedKey(Ckn.parse("01"), Cak.parse("000102030405060708090a0b0c0d0e0f"));

  private static Map<String, String> model() throws IOException {
    Map<String, String> types = new LinkedHashMap<>();
    try (InputStream in =
        Objects.requireNonNull(
            OpenConfigStateTest.class.getResourceAsStream("/openconfig/state-leaves.txt"))) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .forEach(parts -> types.put(parts[0], parts[1]));
    }
    return types;
  }

  private static JsonNode macsec(OpenConfigState.Port... ports) throws IOException {
    JsonNode whole = new ObjectMapper().readTree(OpenConfigState.json(List.of(ports)));
    assertThat(whole.fieldNames()).toIterable().containsExactly("openconfig-macsec:macsec");
    return whole.get("openconfig-macsec:macsec");
  }

  /** All leaves by their paths; those of list entries one after the other. */
  private static Map<String, List<JsonNode>> leaves(JsonNode macsec) {
    Map<String, List<JsonNode>> found = new TreeMap<>();
    collect("", macsec, found);
    return found;
  }

  private static void collect(String path, JsonNode node, Map<String, List<JsonNode>> found) {
    node.properties()
        .forEach(
            field -> {
              String here = path.isEmpty() ? field.getKey() : path + "/" + field.getKey();
              JsonNode value = field.getValue();
              if (value.isArray()) {
                String key = value.get(0).fieldNames().next();
                value.forEach(entry -> collect(here + "[" + key + "]", entry, found));
              } else if (value.isObject()) {
                assertThat(value.size()).as(here).isPositive();
                collect(here, value, found);
              } else {
                found.merge(
                    here,
                    List.of(value),
                    (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
              }
            });
  }

  private static void assertType(String path, String type, JsonNode value) {
    switch (type) {
      case "counter64" -> {
        assertThat(value.isTextual()).as(path).isTrue();
        assertThat(value.asText()).as(path).matches("\\d+");
      }
      case "uint16" -> assertThat(value.isInt() && value.asInt() <= 65535).as(path).isTrue();
      case "boolean" -> assertThat(value.isBoolean()).as(path).isTrue();
      case "string" -> assertThat(value.isTextual()).as(path).isTrue();
      case "sci" -> assertThat(value.asText()).as(path).matches("[0-9a-f]{16}");
      default -> assertThat(List.of(type.split("\\|"))).as(path).contains(value.asText());
    }
  }

  private static void assertOfTheModel(JsonNode macsec) throws IOException {
    Map<String, String> model = model();
    leaves(macsec)
        .forEach(
            (path, values) -> {
              assertThat(model).containsKey(path);
              values.forEach(value -> assertType(path, model.get(path), value));
            });
  }

  private static OpenConfigState.Port port(MkaSession session) {
    return new OpenConfigState.Port(
        session.secy().snapshot(), Optional.of(MkaLeaves.of(session.status().counters())));
  }

  @Test
  void aSecuredLinkHasEveryLeaf(Lab lab) throws IOException {
    Host a = lab.host("a");
    Host b = lab.host("b");
    lab.wire(a, b);
    MkaSession left = MkaSession.start(a.macsec(), "eth0", CONFIG);
    MkaSession right = MkaSession.start(b.macsec(), "eth0", CONFIG);
    lab.runUntil(() -> left.isSecured() && right.isSecured(), Duration.ofSeconds(5));
    for (int i = 0; i < 3; i++) {
      a.send("macsec0", b.mac("eth0"), 0x0800, new byte[100]);
    }
    lab.run(Duration.ofSeconds(1));
    JsonNode macsec = macsec(port(right));
    assertOfTheModel(macsec);
    Map<String, List<JsonNode>> leaves = leaves(macsec);
    assertThat(leaves.keySet()).containsExactlyInAnyOrderElementsOf(model().keySet());
    assertThat(leaves.get("interfaces/interface[name]/state/status").get(0).asText())
        .isEqualTo("ACTIVE");
    assertThat(
            leaves
                .get("interfaces/interface[name]/scsa-rx/scsa-rx[sci-rx]/state/counters/sc-valid")
                .get(0)
                .asText())
        .isEqualTo("3");
    assertThat(
            leaves.get("interfaces/interface[name]/mka/state/counters/in-sak-mkpdu").get(0).asInt())
        .isPositive();
  }

  @Test
  void aLinkWhoseFramesPassInClearIsNotActive(Lab lab) throws IOException {
    Host a = lab.host("a");
    lab.wire(a, lab.host("b"));
    MkaConfig lenient = CONFIG.toBuilder().accessPolicy(AccessPolicy.SHOULD_SECURE).build();
    MkaSession alone = MkaSession.start(a.macsec(), "eth0", lenient);
    lab.runUntil(() -> alone.secy().snapshot().up(), Duration.ofSeconds(20));
    assertThat(alone.isSecured()).isFalse();
    assertThat(macsec(port(alone)).at("/interfaces/interface/0/state/status").asText())
        .isEqualTo("PENDING");
  }

  @Test
  void whatIsNotKnownIsAbsent(Lab lab) throws IOException {
    Host a = lab.host("a");
    lab.wire(a, lab.host("b"));
    SecySnapshot first = a.macsec().create(SecyConfig.on("eth0").build()).snapshot();
    SecySnapshot second = a.macsec().create(SecyConfig.on("eth0").port(2).build()).snapshot();
    JsonNode macsec =
        macsec(
            new OpenConfigState.Port(first, Optional.empty()),
            new OpenConfigState.Port(second, Optional.empty()));
    assertOfTheModel(macsec);
    assertThat(macsec.has("mka")).isFalse();
    JsonNode one = macsec.get("interfaces").get("interface");
    assertThat(one).hasSize(1);
    assertThat(one.get(0).get("state").get("status").asText()).isEqualTo("PENDING");
    assertThat(one.get(0).get("scsa-tx").get("scsa-tx")).hasSize(2);
    assertThat(one.get(0).has("scsa-rx")).isFalse();
    assertThat(one.get(0).has("mka")).isFalse();
  }

  @Test
  void aSumOfWhichAPartIsNotCountedIsAbsent(Lab lab) throws IOException {
    Host a = lab.host("a");
    lab.wire(a, lab.host("b"));
    a.nic("eth0", Nic.in(OffloadMode.MAC).withoutCounters());
    SecyConfig counting = SecyConfig.on("eth0").build();
    SecyConfig silent =
        SecyConfig.on("eth0").port(2).offload(OffloadPolicy.REQUIRE, OffloadMode.MAC).build();
    OpenConfigState.Port inSoftware =
        new OpenConfigState.Port(a.macsec().create(counting).snapshot(), Optional.empty());
    OpenConfigState.Port inHardware =
        new OpenConfigState.Port(a.macsec().create(silent).snapshot(), Optional.empty());
    String leaf = "/interfaces/interface/0/state/counters/rx-badtag-pkts";
    assertThat(macsec(inSoftware).at(leaf).asText()).isEqualTo("0");
    assertThat(macsec(inSoftware, inHardware).at(leaf).isMissingNode()).isTrue();
  }

  @Test
  void noSecyIsAnEmptyContainer() throws IOException {
    assertThat(OpenConfigState.json(List.of())).isEqualTo("{\"openconfig-macsec:macsec\":{}}");
  }
}
