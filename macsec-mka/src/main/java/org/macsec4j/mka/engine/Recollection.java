package org.macsec4j.mka.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers a few things by name. When it is full, the one that was put longest ago is forgotten.
 *
 * <p>Most ports have nothing, or one thing, to remember of most kinds, and there may be a hundred
 * thousand ports; so only the second thing gets a table.
 */
final class Recollection<K, V> {
  private final int limit;
  private Map<K, V> things = Map.of();

  Recollection(int limit) {
    this.limit = limit;
  }

  @Nullable V get(K name) {
    return things.get(name);
  }

  boolean contains(K name) {
    return things.containsKey(name);
  }

  /** The names, the one that was put longest ago first. */
  Set<K> names() {
    return things.keySet();
  }

  /** Remembers a thing as the newest. */
  void put(K name, V thing) {
    remove(name);
    if (things.isEmpty()) {
      things = Map.of(name, thing);
      return;
    }
    if (things.size() == 1) {
      things = new LinkedHashMap<>(things);
    }
    if (things.size() == limit) {
      things.remove(things.keySet().iterator().next());
    }
    things.put(name, thing);
  }

  /** Forgets a thing; null when there was none of that name. */
  @Nullable V remove(K name) {
    V thing = things.get(name);
    if (thing != null) {
      if (things.size() == 1) {
        things = Map.of();
      } else {
        things.remove(name);
      }
    }
    return thing;
  }
}
