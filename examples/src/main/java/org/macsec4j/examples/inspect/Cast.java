package org.macsec4j.examples.inspect;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.macsec4j.MacAddress;
import org.macsec4j.Sci;
import org.macsec4j.mka.MemberIdentifier;

/**
 * Who appears in the capture, under short names: A, B, C… in the order of appearance. Names are
 * also given to those whose MKPDUs cannot be verified, as somebody wants to read of them most of
 * all.
 */
final class Cast {
  /** A capture of more members than a link ever had is a scan or an attack; they stay nameless. */
  private static final int MAX_NAMES = 1000;

  private static final int MAX_IDENTIFIERS = 10_000;
  private static final int LETTERS = 26;

  private final Map<Sci, String> names = new LinkedHashMap<>();
  private final Map<MemberIdentifier, Identity> identities = new HashMap<>();
  private final Map<Sci, Integer> lives = new HashMap<>();

  private record Identity(Sci sci, int life) {}

  void appears(Sci sci) {
    if (names.size() < MAX_NAMES) {
      names.putIfAbsent(sci, name(names.size()));
    }
  }

  void appears(Sci sci, MemberIdentifier member) {
    appears(sci);
    if (identities.size() < MAX_IDENTIFIERS && !identities.containsKey(member)) {
      identities.put(member, new Identity(sci, lives.merge(sci, 1, Integer::sum)));
    }
  }

  private static String name(int index) {
    return index < LETTERS
        ? String.valueOf((char) ('A' + index))
        : name(index / LETTERS - 1) + (char) ('A' + index % LETTERS);
  }

  String nameOf(Sci sci) {
    String name = names.get(sci);
    return name == null ? sci.toString() : name;
  }

  /** The name of who has, or had, the identifier; a second life is written A(2). */
  String nameOf(MemberIdentifier member) {
    Identity identity = identities.get(member);
    if (identity == null) {
      return "member " + member.toString().substring(0, 8) + "…";
    }
    String name = nameOf(identity.sci());
    return identity.life() == 1 ? name : name + "(" + identity.life() + ")";
  }

  /** The one SCI of an address; empty when there are several or none. */
  Optional<Sci> onlyOneAt(MacAddress address) {
    Sci only = null;
    for (Sci sci : names.keySet()) {
      if (sci.address().equals(address)) {
        if (only != null) {
          return Optional.empty();
        }
        only = sci;
      }
    }
    return Optional.ofNullable(only);
  }

  Map<Sci, String> names() {
    return names;
  }
}
