package org.macsec4j.mka.statespace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.macsec4j.mka.statespace.ClassPlan.Slot;

/** One reading of a {@link Frozen} graph: the walk of {@link ObjectGraph} the other way round. */
final class Thawing {
  private final Frozen frozen;
  private final List<Object> met = new ArrayList<>(128);
  private int word;
  private int value;

  Thawing(Frozen frozen) {
    this.frozen = frozen;
  }

  Object next() {
    int what = (int) word();
    return switch (what) {
      case ObjectGraph.NULL -> null;
      case ObjectGraph.VALUE -> frozen.values[value++];
      case ObjectGraph.OBJECT -> object();
      case ObjectGraph.COLLECTION -> collection();
      case ObjectGraph.ARRAY -> array();
      default -> reference(what - ObjectGraph.REFERENCE);
    };
  }

  private Object reference(int index) {
    Object object = met.get(index);
    if (object == null) {
      throw new AssertionError("a value that is made of its parts is one of its own parts");
    }
    return object;
  }

  private Object object() {
    ClassPlan plan = ClassPlan.of((int) word());
    int index = met.size();
    met.add(null);
    if (plan.type.isRecord()) {
      Object[] components = new Object[plan.slots.length];
      for (int i = 0; i < components.length; i++) {
        components[i] = field(plan.slots[i]);
      }
      Object made = plan.make(components);
      met.set(index, made);
      return made;
    }
    Object made = plan.make();
    met.set(index, made);
    for (Slot slot : plan.slots) {
      set(made, slot);
    }
    return made;
  }

  private void set(Object target, Slot slot) {
    try {
      if (slot.type == long.class) {
        slot.field.setLong(target, word());
      } else if (slot.type == boolean.class) {
        slot.field.setBoolean(target, word() != 0);
      } else if (slot.type == int.class) {
        slot.field.setInt(target, (int) word());
      } else {
        slot.field.set(target, field(slot));
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private Object field(Slot slot) {
    if (slot.type == long.class) {
      return word();
    } else if (slot.type == boolean.class) {
      return word() != 0;
    } else if (slot.type == int.class) {
      return (int) word();
    } else if (slot.type == short.class) {
      return (short) word();
    } else if (slot.type == byte.class) {
      return (byte) word();
    }
    return next();
  }

  private Object array() {
    int kind = (int) word();
    int length = (int) word();
    if (kind == 0) {
      long[] longs = new long[length];
      met.add(longs);
      for (int i = 0; i < length; i++) {
        longs[i] = word();
      }
      return longs;
    } else if (kind == 1) {
      byte[] octets = new byte[length];
      met.add(octets);
      for (int i = 0; i < length; i++) {
        octets[i] = (byte) word();
      }
      return octets;
    }
    Class<?> type = (Class<?>) frozen.values[value++];
    Object[] objects = (Object[]) java.lang.reflect.Array.newInstance(type, length);
    met.add(objects);
    for (int i = 0; i < length; i++) {
      objects[i] = next();
    }
    return objects;
  }

  private Object collection() {
    return switch (CollectionKind.ALL[(int) word()]) {
      case LIST -> fill(new ArrayList<>());
      case DEQUE -> fill(new ArrayDeque<>(4));
      case LINKED_SET -> fill(new LinkedHashSet<>());
      case HASH_SET -> fill(new HashSet<>());
      case ENUM_SET -> fill(emptySet(frozen.values[value++]));
      case LINKED_MAP -> fill(new LinkedHashMap<>());
      case HASH_MAP -> fill(new HashMap<>());
      case TREE_MAP -> fill(new TreeMap<>());
      case ENUM_MAP -> fill(emptyMap(frozen.values[value++]));
      case OPTIONAL -> Optional.ofNullable(next());
      case FIXED_LIST -> List.copyOf(elements());
      case FIXED_SET -> Set.copyOf(elements());
      case FIXED_MAP -> Map.copyOf(entries(new HashMap<>()));
    };
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // a clone holds what its original holds
  private static Collection<Object> emptySet(Object original) {
    EnumSet set = ((EnumSet) original).clone();
    set.clear();
    return set;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Map<Object, Object> emptyMap(Object original) {
    EnumMap map = ((EnumMap) original).clone();
    map.clear();
    return map;
  }

  private Object fill(Collection<Object> target) {
    met.add(target);
    int size = (int) word();
    for (int i = 0; i < size; i++) {
      target.add(next());
    }
    return target;
  }

  private Object fill(Map<Object, Object> target) {
    met.add(target);
    return entries(target);
  }

  private Map<Object, Object> entries(Map<Object, Object> target) {
    int size = (int) word();
    for (int i = 0; i < size; i++) {
      Object key = next();
      target.put(key, next());
    }
    return target;
  }

  private List<Object> elements() {
    int size = (int) word();
    List<Object> elements = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      elements.add(next());
    }
    return elements;
  }

  private long word() {
    long rest = 0;
    int shift = 0;
    byte octet;
    do {
      octet = frozen.words[word++];
      rest |= (long) (octet & 0x7F) << shift;
      shift += 7;
    } while (octet < 0);
    return (rest >>> 1) ^ -(rest & 1);
  }
}
