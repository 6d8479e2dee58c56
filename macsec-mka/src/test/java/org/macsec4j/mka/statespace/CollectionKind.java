package org.macsec4j.mka.statespace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The collections that can be copied; the ordinal is written. */
enum CollectionKind {
  LIST(ArrayList.class),
  DEQUE(ArrayDeque.class),
  LINKED_MAP(LinkedHashMap.class),
  TREE_MAP(TreeMap.class),
  HASH_MAP(HashMap.class),
  LINKED_SET(LinkedHashSet.class),
  HASH_SET(HashSet.class),
  OPTIONAL(Optional.class),
  /** Those of an enum know its class, and give it only to their own clones. */
  ENUM_MAP(EnumMap.class),
  ENUM_SET(EnumSet.class),
  FIXED_LIST(List.class),
  FIXED_SET(Set.class),
  FIXED_MAP(java.util.Map.class);

  static final CollectionKind[] ALL = values();

  private final Class<?> type;

  CollectionKind(Class<?> type) {
    this.type = type;
  }

  /** The kind of a class; null when it is none of these. */
  static CollectionKind of(Class<?> type) {
    boolean fixed = type.getName().startsWith("java.util.ImmutableCollections$");
    for (CollectionKind kind : ALL) {
      boolean family = kind == ENUM_SET || (fixed && kind.type.isInterface());
      if (kind.type == type || (family && kind.type.isAssignableFrom(type))) {
        return kind;
      }
    }
    return null;
  }

  /** Whether it never changes, so that two with the same elements are as good as one. */
  boolean isFixed() {
    return type.isInterface() || this == OPTIONAL;
  }

  /** Whether the elements have an order that is not chance. */
  boolean isOrdered() {
    return this != HASH_MAP && this != HASH_SET && this != FIXED_MAP && this != FIXED_SET;
  }
}
