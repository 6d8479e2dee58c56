package org.macsec4j.examples.cli;

import static org.macsec4j.examples.cli.SecyTable.onOff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.Sci;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecySnapshot;

/** Says in words what somebody changed of a SecY between two looks at it. */
final class SecyDifference {
  private final List<String> found = new ArrayList<>();

  /** An SA of either direction. */
  private record Sa(KeyIdentifier key, boolean enabled) {}

  private SecyDifference() {}

  /** Nothing when there is no difference, or it was made and undone in between. */
  static List<String> between(SecySnapshot old, SecySnapshot now) {
    SecyDifference difference = new SecyDifference();
    difference.changed("name", old.id().name(), now.id().name());
    difference.changed("up", onOff(old.up()), onOff(now.up()));
    difference.settings(old.config(), now.config());
    difference.changed(
        "offload", SecyTable.offload(old.offload()), SecyTable.offload(now.offload()));
    difference.changed("encoding SA", old.transmitSc().encodingSa(), now.transmitSc().encodingSa());
    difference.associations("transmit SA ", transmitSas(old), transmitSas(now));
    difference.channels(old, now);
    return difference.found;
  }

  private void settings(SecyConfig old, SecyConfig now) {
    changed("parent", old.parent(), now.parent());
    changed("protect", onOff(old.protectFrames()), onOff(now.protectFrames()));
    changed("validate", lower(old.validateFrames()), lower(now.validateFrames()));
    changed(
        "encrypt",
        onOff(old.confidentialityOffset().isConfidential()),
        onOff(now.confidentialityOffset().isConfidential()));
    changed("send_sci", onOff(old.includeSci()), onOff(now.includeSci()));
    changed("end_station", onOff(old.endStation()), onOff(now.endStation()));
    changed("scb", onOff(old.singleCopyBroadcast()), onOff(now.singleCopyBroadcast()));
    changed("replay", replay(old), replay(now));
  }

  private static String replay(SecyConfig config) {
    return config.replayProtection().enabled()
        ? "on window " + config.replayProtection().window()
        : "off";
  }

  private void channels(SecySnapshot old, SecySnapshot now) {
    Map<Sci, ReceiveScSnapshot> before = new TreeMap<>();
    old.receiveScs().forEach(channel -> before.put(channel.sci(), channel));
    for (ReceiveScSnapshot channel : now.receiveScs()) {
      String name = "receive channel " + channel.sci().toHex();
      ReceiveScSnapshot was = before.remove(channel.sci());
      if (was == null) {
        found.add(name + " added");
        associations(name + " SA ", Map.of(), receiveSas(channel));
      } else {
        changed(name, onOff(was.enabled()), onOff(channel.enabled()));
        associations(name + " SA ", receiveSas(was), receiveSas(channel));
      }
    }
    before.keySet().forEach(sci -> found.add("receive channel " + sci.toHex() + " removed"));
  }

  private static Map<Integer, Sa> transmitSas(SecySnapshot secy) {
    Map<Integer, Sa> sas = new TreeMap<>();
    // The kernel disables an SA whose numbers are used up, which is an event of its own.
    secy.transmitSc()
        .sas()
        .forEach(
            sa -> sas.put(sa.an().value(), new Sa(sa.key(), sa.enabled() || sa.isExhausted())));
    return sas;
  }

  private static Map<Integer, Sa> receiveSas(ReceiveScSnapshot channel) {
    Map<Integer, Sa> sas = new TreeMap<>();
    channel.sas().forEach(sa -> sas.put(sa.an().value(), new Sa(sa.key(), sa.enabled())));
    return sas;
  }

  private void associations(String name, Map<Integer, Sa> old, Map<Integer, Sa> now) {
    now.forEach(
        (an, sa) -> {
          Sa was = old.get(an);
          if (was == null) {
            found.add(name + an + " added, " + onOff(sa.enabled) + ", key " + sa.key);
          } else {
            changed(name + an + " key", was.key, sa.key);
            changed(name + an, onOff(was.enabled), onOff(sa.enabled));
          }
        });
    old.keySet().stream()
        .filter(an -> !now.containsKey(an))
        .forEach(an -> found.add(name + an + " removed"));
  }

  private void changed(String what, Object old, Object now) {
    if (!Objects.equals(old, now)) {
      found.add(what + " " + now + " (was " + old + ")");
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
