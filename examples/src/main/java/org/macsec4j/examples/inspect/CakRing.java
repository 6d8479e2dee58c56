package org.macsec4j.examples.inspect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.crypto.MkaKeys;
import org.macsec4j.mka.wire.ReceivedMkpdu;

/** The CAKs at hand, by their names, with the keys derived from each. */
final class CakRing {
  private final Map<Ckn, List<Entry>> entries = new HashMap<>();

  private record Entry(Cak cak, MkaKeys keys) {}

  /** Adds a copy of a key; false when it was there before. */
  boolean add(Ckn ckn, Cak cak) {
    List<Entry> ofName = entries.computeIfAbsent(ckn, name -> new ArrayList<>(1));
    for (Entry entry : ofName) {
      if (entry.cak().equals(cak)) {
        return false;
      }
    }
    ofName.add(new Entry(cak.copy(), MkaKeys.derive(cak, ckn)));
    return true;
  }

  boolean knows(Ckn ckn) {
    return entries.containsKey(ckn);
  }

  /** The keys under which the ICV holds; null when there are none. */
  @Nullable MkaKeys verify(ReceivedMkpdu received) {
    for (Entry entry : entries.getOrDefault(received.basic().ckn(), List.of())) {
      if (received.verify(entry.keys()::icvMatches)) {
        return entry.keys();
      }
    }
    return null;
  }

  void destroy() {
    for (List<Entry> ofName : entries.values()) {
      for (Entry entry : ofName) {
        entry.cak().destroy();
        entry.keys().destroy();
      }
    }
    entries.clear();
  }
}
