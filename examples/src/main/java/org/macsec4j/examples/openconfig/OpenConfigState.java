package org.macsec4j.examples.openconfig;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.macsec4j.Counters;
import org.macsec4j.ReceiveSaCounter;
import org.macsec4j.ReceiveScCounter;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.SecyCounter;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSaCounter;
import org.macsec4j.TransmitScCounter;
import org.macsec4j.TransmitScSnapshot;
import org.macsec4j.examples.inspect.JsonWriter;

/**
 * Writes the state of SecYs and of MKA as JSON of RFC 7951 in the shape of {@code
 * openconfig-macsec} 1.3.0 (2026-01-26), as gNMI collectors and controllers read it. A template:
 * take it, or what of it you need.
 *
 * <p>It holds state alone, no configuration, and a leaf whose value is not known is absent, not 0.
 * 64-bit counters are texts, as RFC 7951 wants it. An interface is the one whose frames are
 * secured; what several SecYs on it count is added up, and absent when one of them does not count
 * it.
 */
public final class OpenConfigState {
  private static final int MAX_UINT16 = 0xFFFF;

  private final JsonWriter json = new JsonWriter();

  /**
   * A SecY and the MKA that takes care of it.
   *
   * @param secy the SecY as it was read
   * @param mka the counters of MKA, see {@link MkaLeaves}; empty when there is none, as with static
   *     keys, or it is not known
   */
  public record Port(SecySnapshot secy, Optional<Map<String, Long>> mka) {
    /**
     * Copies.
     *
     * @param secy the SecY
     * @param mka the counters
     */
    public Port {
      Objects.requireNonNull(secy, "secy");
      mka = mka.map(Map::copyOf);
    }

    private String interfaceName() {
      return secy.config().parent();
    }
  }

  private OpenConfigState() {}

  /**
   * Writes all in one line.
   *
   * @param ports SecYs in any order
   * @return the JSON
   */
  public static String json(List<Port> ports) {
    OpenConfigState writer = new OpenConfigState();
    writer.json.object("openconfig-macsec:macsec");
    writer.device(ports);
    Map<String, List<Port>> byInterface = new TreeMap<>();
    for (Port port : ports) {
      byInterface.merge(port.interfaceName(), List.of(port), OpenConfigState::both);
    }
    if (!byInterface.isEmpty()) {
      writer.json.object("interfaces").array("interface");
      byInterface.forEach(writer::oneInterface);
      writer.json.endArray().endObject();
    }
    writer.json.endObject();
    return writer.json.end();
  }

  private static List<Port> both(List<Port> some, List<Port> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private void device(List<Port> ports) {
    Map<String, Long> sums = mka(ports, MkaLeaves.ofDevice());
    if (!sums.isEmpty()) {
      json.object("mka").object("state");
      counters(sums);
      json.endObject().endObject();
    }
  }

  private static Map<String, Long> mka(List<Port> ports, Iterable<String> leaves) {
    Map<String, Long> sums = new LinkedHashMap<>();
    for (String leaf : leaves) {
      for (Port port : ports) {
        Long value = port.mka().orElse(Map.of()).get(leaf);
        if (value != null) {
          sums.merge(leaf, value, Long::sum);
        }
      }
    }
    return sums;
  }

  private void oneInterface(String name, List<Port> ports) {
    List<SecySnapshot> secys = ports.stream().map(Port::secy).toList();
    json.object().field("name", name);
    json.object("state").field("name", name).field("enable", true);
    // It has room for one window and for 16 bits of it.
    secys.stream()
        .map(secy -> secy.config().replayProtection())
        .filter(replay -> replay.enabled() && replay.window() <= MAX_UINT16)
        .findFirst()
        .ifPresent(replay -> json.field("replay-protection", replay.window()));
    json.field("status", secys.stream().allMatch(OpenConfigState::isActive) ? "ACTIVE" : "PENDING");
    counters(ofSecys(secys));
    json.endObject();
    channels(secys);
    Map<String, Long> sums = mka(ports, MkaLeaves.ofInterface());
    if (!sums.isEmpty()) {
      json.object("mka").object("state");
      counters(sums);
      json.endObject().endObject();
    }
    json.endObject();
  }

  /** Whether frames are protected now: one that passes them in clear for a while is not. */
  private static boolean isActive(SecySnapshot secy) {
    TransmitScSnapshot sends = secy.transmitSc();
    return secy.up()
        && secy.operational()
        && secy.config().protectFrames()
        && sends.sa(sends.encodingSa()).filter(sa -> sa.enabled()).isPresent();
  }

  private static Map<String, Long> ofSecys(List<SecySnapshot> secys) {
    Sums sums = new Sums();
    for (SecySnapshot secy : secys) {
      Counters<SecyCounter> counted = secy.counters();
      sums.add("tx-untagged-pkts", counted, SecyCounter.OUT_PKTS_UNTAGGED);
      sums.add("rx-untagged-pkts", counted, SecyCounter.IN_PKTS_UNTAGGED);
      sums.add("rx-untagged-pkts", counted, SecyCounter.IN_PKTS_NO_TAG);
      sums.add("rx-badtag-pkts", counted, SecyCounter.IN_PKTS_BAD_TAG);
      sums.add("rx-unknownsci-pkts", counted, SecyCounter.IN_PKTS_UNKNOWN_SCI);
      sums.add("rx-nosci-pkts", counted, SecyCounter.IN_PKTS_NO_SCI);
      for (ReceiveScSnapshot channel : secy.receiveScs()) {
        sums.add("rx-late-pkts", channel.counters(), ReceiveScCounter.IN_PKTS_LATE);
      }
    }
    return sums.known();
  }

  private void channels(List<SecySnapshot> secys) {
    json.object("scsa-tx").array("scsa-tx");
    for (SecySnapshot secy : secys) {
      channel("sci-tx", secy.transmitSc().sci().toHex(), transmitted(secy.transmitSc()));
    }
    json.endArray().endObject();
    if (secys.stream().anyMatch(secy -> !secy.receiveScs().isEmpty())) {
      json.object("scsa-rx").array("scsa-rx");
      for (SecySnapshot secy : secys) {
        secy.receiveScs()
            .forEach(channel -> channel("sci-rx", channel.sci().toHex(), received(channel)));
      }
      json.endArray().endObject();
    }
  }

  private void channel(String key, String sci, Map<String, Long> counted) {
    json.object().field(key, sci);
    json.object("state").field(key, sci);
    counters(counted);
    json.endObject().endObject();
  }

  private static Map<String, Long> transmitted(TransmitScSnapshot channel) {
    Sums sums = new Sums();
    sums.add("sc-auth-only", channel.counters(), TransmitScCounter.OUT_PKTS_PROTECTED);
    sums.add("sc-encrypted", channel.counters(), TransmitScCounter.OUT_PKTS_ENCRYPTED);
    channel
        .sas()
        .forEach(
            sa -> {
              sums.add("sa-auth-only", sa.counters(), TransmitSaCounter.OUT_PKTS_PROTECTED);
              sums.add("sa-encrypted", sa.counters(), TransmitSaCounter.OUT_PKTS_ENCRYPTED);
            });
    return sums.known();
  }

  private static Map<String, Long> received(ReceiveScSnapshot channel) {
    Sums sums = new Sums();
    sums.add("sc-invalid", channel.counters(), ReceiveScCounter.IN_PKTS_INVALID);
    sums.add("sc-invalid", channel.counters(), ReceiveScCounter.IN_PKTS_NOT_VALID);
    sums.add("sc-valid", channel.counters(), ReceiveScCounter.IN_PKTS_OK);
    channel
        .sas()
        .forEach(
            sa -> {
              sums.add("sa-invalid", sa.counters(), ReceiveSaCounter.IN_PKTS_INVALID);
              sums.add("sa-invalid", sa.counters(), ReceiveSaCounter.IN_PKTS_NOT_VALID);
              sums.add("sa-valid", sa.counters(), ReceiveSaCounter.IN_PKTS_OK);
            });
    return sums.known();
  }

  /** Nothing at all when nothing is known. */
  private void counters(Map<String, Long> counted) {
    if (!counted.isEmpty()) {
      json.object("counters");
      counted.forEach((leaf, value) -> json.field(leaf, Long.toUnsignedString(value)));
      json.endObject();
    }
  }
}
