package org.macsec4j.mka.statespace;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.macsec4j.SecureAssociationKey;

/** How the objects of one class are taken apart and put together; found out once. */
final class ClassPlan {
  /** What there is to do with an object. */
  enum Shape {
    /** Shared; counts by its fields, or as a whole. */
    VALUE,
    /** Shared, and does not count. */
    OPAQUE,
    ARRAY,
    COLLECTION,
    /** Copied field by field. */
    OBJECT
  }

  private static final String OURS = "org.macsec4j.";
  private static final Set<String> WITH_STATE =
      Set.of("org.macsec4j.mka.engine", ClassPlan.class.getPackageName());

  private static final List<ClassPlan> BY_NUMBER = new ArrayList<>();
  private static final ClassValue<ClassPlan> PLANS =
      new ClassValue<>() {
        @Override
        protected ClassPlan computeValue(Class<?> type) {
          return make(type);
        }
      };

  /** A field, and what is known of it. */
  static final class Slot {
    final Field field;
    final String name;
    final Class<?> type;
    final int timeKind;
    final boolean ownNumber;
    final boolean numbersByMember;
    final boolean ignored;
    final Field member;
    final Field count;

    Slot(Field field) throws ReflectiveOperationException {
      field.setAccessible(true);
      this.field = field;
      this.name = field.getDeclaringClass().getSimpleName() + "." + field.getName();
      this.type = field.getType();
      this.timeKind = Roles.timeKind(name);
      this.ownNumber = Roles.isOwnNumber(name);
      this.numbersByMember = Roles.isNumbersByMember(name);
      this.ignored = Roles.isIgnored(name);
      this.member = beside(field, Roles.numberOf(name));
      this.count = beside(field, Roles.countOf(name));
    }

    private static Field beside(Field field, String name) throws ReflectiveOperationException {
      if (name == null) {
        return null;
      }
      Field other = field.getDeclaringClass().getDeclaredField(name);
      other.setAccessible(true);
      return other;
    }
  }

  final Class<?> type;
  final int number;
  final Shape shape;

  /** Whether a value can be taken for any other that is equal to it. */
  final boolean isPlain;

  final CollectionKind collection;
  final Slot[] slots;
  private final Constructor<?> constructor;

  private ClassPlan(Class<?> type, int number) throws ReflectiveOperationException {
    this.type = type;
    this.number = number;
    this.collection = CollectionKind.of(type);
    this.shape = shape(type, collection);
    boolean ours = type.getName().startsWith(OURS);
    this.slots = ours && !type.isEnum() ? slots(type) : new Slot[0];
    this.isPlain = shape == Shape.VALUE && isPlain(type);
    this.constructor = shape == Shape.OBJECT ? constructor(type) : null;
  }

  private static Shape shape(Class<?> type, CollectionKind collection) {
    if (Roles.isOpaque(type)) {
      return Shape.OPAQUE;
    } else if (type.isArray()) {
      return Shape.ARRAY;
    } else if (collection != null) {
      return Shape.COLLECTION;
    }
    return isValue(type, new HashSet<>()) ? Shape.VALUE : Shape.OBJECT;
  }

  static ClassPlan of(Class<?> type) {
    return PLANS.get(type);
  }

  private static ClassPlan make(Class<?> type) {
    if (type.isHidden() || type.isSynthetic()) {
      throw new AssertionError(type + " is a lambda; what it captures cannot be copied");
    }
    ClassPlan plan;
    try {
      plan = new ClassPlan(type, BY_NUMBER.size());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " cannot be looked into", e);
    }
    if (plan.shape == Shape.OBJECT && !type.getName().startsWith(OURS)) {
      throw new AssertionError("no way is known to copy a " + type + "; teach ClassPlan one");
    }
    BY_NUMBER.add(plan);
    return plan;
  }

  static ClassPlan of(int number) {
    return BY_NUMBER.get(number);
  }

  /** The names of all fields of the classes met so far. */
  static Set<String> fieldsSeen() {
    Set<String> names = new HashSet<>();
    BY_NUMBER.forEach(plan -> List.of(plan.slots).forEach(slot -> names.add(slot.name)));
    return names;
  }

  /** A record in the order of its components, another object by name; what is ignored is last. */
  private static Slot[] slots(Class<?> type) throws ReflectiveOperationException {
    List<Slot> slots = new ArrayList<>();
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        slots.add(new Slot(type.getDeclaredField(component.getName())));
      }
      return slots.toArray(Slot[]::new);
    }
    for (Class<?> at = type; at != Object.class && at != null; at = at.getSuperclass()) {
      if (!at.getName().startsWith(OURS)) {
        continue;
      }
      for (Field field : at.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          slots.add(new Slot(field));
        }
      }
    }
    slots.sort(Comparator.comparing((Slot slot) -> slot.ignored).thenComparing(slot -> slot.name));
    return slots.toArray(Slot[]::new);
  }

  private static Constructor<?> constructor(Class<?> type) throws ReflectiveOperationException {
    if (type.isRecord()) {
      Class<?>[] types = new Class<?>[type.getRecordComponents().length];
      for (int i = 0; i < types.length; i++) {
        types[i] = type.getRecordComponents()[i].getType();
      }
      Constructor<?> canonical = type.getDeclaredConstructor(types);
      canonical.setAccessible(true);
      return canonical;
    }
    // What deserialization uses: makes an object without running a constructor of its class.
    Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
    Object instance = factory.getMethod("getReflectionFactory").invoke(null);
    return (Constructor<?>)
        factory
            .getMethod("newConstructorForSerialization", Class.class, Constructor.class)
            .invoke(instance, type, Object.class.getDeclaredConstructor());
  }

  /** A new object, with components if it is a record, else with empty fields. */
  Object make(Object... components) {
    try {
      return constructor.newInstance(components);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " cannot be made", e);
    }
  }

  /**
   * Whether objects of a class never change, so that copies may share them. Outside of the engine
   * all of ours are so but a SAK, which its holder zeroes (the one in a command is not the holder's
   * to zero, so a command is a value); in the engine a record is when its components are.
   */
  private static boolean isValue(Type type, Set<Class<?>> asked) {
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        if (!isValue(argument, asked)) {
          return false;
        }
      }
      Class<?> raw = (Class<?>) generic.getRawType();
      return raw == List.class || raw == Optional.class || isValue(raw, asked);
    }
    if (!(type instanceof Class<?> plain) || plain == SecureAssociationKey.class) {
      return false;
    }
    if (plain.isPrimitive() || plain.isEnum() || isJdkValue(plain) || !asked.add(plain)) {
      return true;
    }
    if (plain.isArray() || !plain.getName().startsWith(OURS)) {
      return false;
    }
    if (!WITH_STATE.contains(plain.getPackageName())) {
      return true;
    }
    if (!plain.isRecord()) {
      return false;
    }
    for (RecordComponent component : plain.getRecordComponents()) {
      if (!isValue(component.getGenericType(), asked)) {
        return false;
      }
    }
    return true;
  }

  static boolean isJdkValue(Class<?> type) {
    return type == Long.class
        || type == Integer.class
        || type == Boolean.class
        || type == String.class
        || type == java.util.OptionalLong.class
        || type.getPackageName().equals("java.time");
  }

  /** Whether a value holds neither times nor message numbers, so that it counts as a whole. */
  private boolean isPlain(Class<?> value) {
    if (slots.length == 0) {
      return true;
    }
    for (Slot slot : slots) {
      boolean time = slot.type == long.class && WITH_STATE.contains(value.getPackageName());
      if (time || slot.member != null || !isPlainField(slot.field.getGenericType())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlainField(Type field) {
    if (field instanceof ParameterizedType generic) {
      return generic.getRawType() == Optional.class
          && isPlainField(generic.getActualTypeArguments()[0]);
    }
    Class<?> type = (Class<?>) field;
    if (type.isPrimitive() || type.isEnum() || isJdkValue(type) || type == byte[].class) {
      return true;
    }
    return Modifier.isFinal(type.getModifiers()) && !type.isArray() && of(type).isPlain;
  }
}
