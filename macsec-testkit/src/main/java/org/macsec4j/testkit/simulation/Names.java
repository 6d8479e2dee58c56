package org.macsec4j.testkit.simulation;

import java.util.HashMap;
import java.util.Map;
import org.macsec4j.Sci;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;

/**
 * Short names for a trace: a host's third member identifier is {@code b.3}, its second key {@code
 * b.3/2}.
 */
final class Names {
  private final Map<Sci, String> hosts = new HashMap<>();
  private final Map<MemberIdentifier, String> members = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  void host(Sci sci, String name) {
    hosts.put(sci, name);
  }

  String of(Sci sci) {
    return hosts.getOrDefault(sci, "?" + sci);
  }

  /** Takes note of a member identifier in use. */
  void heard(Sci sci, MemberIdentifier member) {
    members.computeIfAbsent(
        member,
        unknown -> {
          String host = of(sci);
          return host + "." + counts.merge(host, 1, Integer::sum);
        });
  }

  String of(MemberIdentifier member) {
    String name = members.get(member);
    return name != null ? name : "?" + member.toString().substring(0, 6);
  }

  String of(MkaKeyIdentifier key) {
    return of(key.keyServer()) + "/" + key.keyNumber();
  }
}
