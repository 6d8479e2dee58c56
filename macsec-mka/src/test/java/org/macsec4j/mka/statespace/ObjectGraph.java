package org.macsec4j.mka.statespace;

import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.statespace.ClassPlan.Shape;
import org.macsec4j.mka.statespace.ClassPlan.Slot;

/**
 * Takes a graph of objects apart by looking into every field of every class of ours, whatever it is
 * called. Nothing has to be told when a class gains a field, so nothing can be forgotten; what
 * cannot be copied, as a lambda or a collection of an unknown kind, is an error that says so.
 *
 * <p>Values, which never change, are shared. Of collections the kind and the order are kept.
 */
@SuppressWarnings("EnumOrdinal") // what is taken apart is put together in the same run
final class ObjectGraph {
  static final int NULL = 0;
  static final int VALUE = 1;
  static final int OBJECT = 2;
  static final int COLLECTION = 3;
  static final int ARRAY = 4;

  /** A reference to the object met as the n-th is this plus n. */
  static final int REFERENCE = 5;

  private static final int PLAIN = 0;
  private static final int TIME = 1;
  private static final int NUMBER = 2;

  private final Recorder out = new Recorder();
  private final IdentityHashMap<Object, Integer> met = new IdentityHashMap<>();
  private final Map<Object, Integer> plainValues = new HashMap<>();
  private final BitSet metInSilence = new BitSet();

  private boolean numbersByMember;
  private int count;
  private int numbers;

  /** A number that no other call gives, never zero. */
  int nextNumber() {
    return ++numbers;
  }

  /** Takes a graph apart. */
  Frozen freeze(Object root) {
    met.clear();
    walk(root, null);
    return out.take();
  }

  private void walk(Object object, Slot slot) {
    if (object == null) {
      out.word(NULL);
      return;
    }
    ClassPlan plan = ClassPlan.of(object.getClass());
    if (plan.shape == Shape.VALUE || plan.shape == Shape.OPAQUE) {
      out.word(VALUE);
      out.value(object);
      hashValue(object, plan);
      return;
    }
    if (plan.collection != null && plan.collection.isFixed()) {
      collection(object, plan.collection, slot);
      return;
    }
    Integer known = met.get(object);
    if (known != null) {
      if (metInSilence.get(known) && !out.isSilent()) {
        throw new AssertionError("an ignored field came before another one to " + plan.type);
      }
      out.word(REFERENCE + known);
      return;
    }
    meet(object);
    switch (plan.shape) {
      case ARRAY -> array(object, slot);
      case COLLECTION -> collection(object, plan.collection, slot);
      default -> object(object, plan);
    }
  }

  private void meet(Object object) {
    metInSilence.set(met.size(), out.isSilent());
    met.put(object, met.size());
  }

  private void object(Object object, ClassPlan plan) {
    out.word(OBJECT);
    out.word(plan.number);
    for (Slot slot : plan.slots) {
      boolean before = out.isSilent();
      out.setSilent(before || slot.ignored);
      field(object, slot);
      out.setSilent(before);
    }
  }

  private void field(Object object, Slot slot) {
    try {
      if (slot.type == long.class) {
        longField(slot.field.getLong(object), slot, speaker(object, slot));
      } else if (slot.type == boolean.class) {
        out.word(slot.field.getBoolean(object) ? 1 : 0);
      } else if (slot.type.isPrimitive()) {
        out.word(((Number) slot.field.get(object)).longValue());
      } else {
        boolean before = numbersByMember;
        numbersByMember |= slot.numbersByMember;
        count = slot.count == null ? Integer.MAX_VALUE : slot.count.getInt(object);
        walk(slot.field.get(object), slot);
        numbersByMember = before;
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static MemberIdentifier speaker(Object object, Slot slot) throws IllegalAccessException {
    return slot.member == null ? null : (MemberIdentifier) slot.member.get(object);
  }

  private void longField(long value, Slot slot, MemberIdentifier speaker) {
    out.write(value);
    hashLong(value, slot, speaker);
  }

  private void hashLong(long value, Slot slot, MemberIdentifier speaker) {
    if (out.isSilent()) {
      return;
    }
    if (Roles.isTime(value)) {
      out.hash(TIME);
      out.time(value, slot.timeKind);
    } else if (slot.ownNumber || slot.member != null) {
      out.hash(NUMBER);
      out.number(value, speaker);
    } else {
      out.hash(PLAIN);
      out.hash(value);
    }
  }

  private void array(Object array, Slot slot) {
    out.word(ARRAY);
    if (array instanceof long[] longs) {
      out.word(0);
      out.word(longs.length);
      for (int i = 0; i < longs.length; i++) {
        out.write(longs[i]);
        if (i < count) {
          hashLong(longs[i], slot, null);
        }
      }
    } else if (array instanceof byte[] octets) {
      out.word(1);
      out.word(octets.length);
      for (byte octet : octets) {
        out.word(octet);
      }
    } else if (array instanceof Object[] objects) {
      out.word(2);
      out.word(objects.length);
      out.value(objects.getClass().getComponentType());
      for (Object object : objects) {
        walk(object, slot);
      }
    } else {
      throw new AssertionError("no way is known to copy a " + array.getClass());
    }
  }

  private void collection(Object collection, CollectionKind kind, Slot slot) {
    out.word(COLLECTION);
    out.word(kind.ordinal());
    if (collection instanceof Optional<?> optional) {
      walk(optional.orElse(null), slot);
    } else if (collection instanceof Map<?, ?> map) {
      map(map, kind, slot);
    } else if (collection instanceof Collection<?> elements) {
      if (kind == CollectionKind.ENUM_SET) {
        out.value(((EnumSet<?>) elements).clone());
      }
      out.word(elements.size());
      for (Object element : elements) {
        part(kind, () -> walk(element, slot));
      }
    }
  }

  private void map(Map<?, ?> map, CollectionKind kind, Slot slot) {
    if (kind == CollectionKind.ENUM_MAP) {
      out.value(((EnumMap<?, ?>) map).clone());
    }
    out.word(map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (numbersByMember) {
        walk(entry.getKey(), slot);
        out.write(VALUE);
        out.value(entry.getValue());
        out.number((Long) entry.getValue(), (MemberIdentifier) entry.getKey());
      } else {
        part(
            kind,
            () -> {
              walk(entry.getKey(), slot);
              walk(entry.getValue(), slot);
            });
      }
    }
  }

  /** An element, or key and value; where the order is chance, each is hashed by itself. */
  private void part(CollectionKind kind, Runnable walk) {
    if (kind.isOrdered()) {
      walk.run();
      return;
    }
    Fingerprint own = new Fingerprint();
    Fingerprint whole = out.swap(own);
    walk.run();
    out.swap(whole);
    if (!out.isSilent()) {
      whole.addUnordered(own);
    }
  }

  /** What a value is: its number among all that are not equal to it, or what is in it. */
  private void hashValue(Object value, ClassPlan plan) {
    if (out.isSilent() || plan.shape == Shape.OPAQUE) {
      return;
    }
    if (value instanceof Enum<?> constant) {
      out.hash(constant.ordinal());
    } else if (value instanceof Long number) {
      out.hash(number);
    } else if (plan.isPlain) {
      Integer known = plainValues.putIfAbsent(value, plainValues.size());
      out.hash(known == null ? plainValues.size() - 1 : known);
    } else if (value instanceof Collection<?> elements) {
      out.hash(elements.size());
      elements.forEach(this::hashNullable);
    } else if (value instanceof Optional<?> optional) {
      hashNullable(optional.orElse(null));
    } else {
      hashFields(value, plan);
    }
  }

  private void hashNullable(Object value) {
    out.hash(value == null ? NULL : VALUE);
    if (value != null) {
      hashValue(value, ClassPlan.of(value.getClass()));
    }
  }

  private void hashFields(Object value, ClassPlan plan) {
    out.hash(plan.number);
    try {
      for (Slot slot : plan.slots) {
        if (slot.type == long.class) {
          hashLong(slot.field.getLong(value), slot, speaker(value, slot));
        } else if (slot.type == boolean.class) {
          out.hash(slot.field.getBoolean(value) ? 1 : 0);
        } else if (slot.type.isPrimitive()) {
          out.hash(((Number) slot.field.get(value)).longValue());
        } else if (slot.type == byte[].class) {
          out.hash((byte[]) slot.field.get(value));
        } else {
          hashNullable(slot.field.get(value));
        }
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /** Takes down a value alone, as an MKPDU in flight: to be told from others, not to be copied. */
  Frozen freezeValue(Object value) {
    hashNullable(value);
    return out.take();
  }

  /** Puts a graph together again; as often as wanted, each time of new objects. */
  Object thaw(Frozen frozen) {
    return new Thawing(frozen).next();
  }
}
