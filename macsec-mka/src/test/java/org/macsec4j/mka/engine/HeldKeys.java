package org.macsec4j.mka.engine;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Destroyable;

/**
 * All keys that can be reached from an object, found by looking into every field of every class of
 * ours, so that none can be forgotten.
 */
final class HeldKeys {
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Destroyable> keys = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> open = new ArrayDeque<>();

  private HeldKeys() {}

  /** The keys that an object holds, compared by identity. */
  static Set<Destroyable> of(Object root) {
    HeldKeys held = new HeldKeys();
    held.meet(root);
    while (!held.open.isEmpty()) {
      held.lookInto(held.open.pop());
    }
    return held.keys;
  }

  private void meet(Object object) {
    if (object != null && seen.add(object)) {
      open.push(object);
    }
  }

  private void lookInto(Object object) {
    if (object instanceof Destroyable key) {
      keys.add(key);
    }
    if (object instanceof Collection<?> collection) {
      collection.forEach(this::meet);
    } else if (object instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            meet(key);
            meet(value);
          });
    } else if (object instanceof Optional<?> optional) {
      optional.ifPresent(this::meet);
    } else if (object instanceof Object[] array) {
      for (Object element : array) {
        meet(element);
      }
    } else {
      fields(object);
    }
  }

  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith("org.macsec4j.");
  }

  private void fields(Object object) {
    for (Class<?> type = object.getClass(); isOurs(type); type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          meet(value(field, object));
        }
      }
    }
  }

  private static Object value(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
