package org.macsec4j.mka.statespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.macsec4j.mka.statespace.ClassPlan.Shape;
import org.macsec4j.mka.statespace.ClassPlan.Slot;

/** What the search stands on: a copy is like its original, and what is taken for one is one. */
class ObjectGraphTest {
  private static final int STEPS = 400;

  private final ObjectGraph graph = new ObjectGraph();

  /** One member is copied after each step, another one with the same fate never is. */
  @Test
  void aCopyDoesWhatItsOriginalDoes() {
    for (int seed = 0; seed < 15; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      World world = World.begin(graph, Worlds.members(2), 6, 3);
      SmallMember[] originals = new SmallMember[2];
      for (int i = 0; i < 2; i++) {
        originals[i] = (SmallMember) graph.thaw(world.members().get(i).frozen());
      }
      for (int i = 0; i < STEPS; i++) {
        Step step = Worlds.any(world, random);
        Turns turns = new Turns(graph);
        Transition transition = new Transition(world, step, turns);
        if (transition.turn() != null) {
          long now = transition.to().now();
          Turn turn =
              new Turn.Course(graph, originals[step.member()], step, now, what -> {})
                  .run(transition.frame());
          assertSame(transition.turn(), turn);
        }
        world = transition.to();
      }
    }
  }

  private static void assertSame(Turn one, Turn other) {
    assertThat(other.after().frozen().exact().key()).isEqualTo(one.after().frozen().exact().key());
    assertThat(other.after().frozen().words).isEqualTo(one.after().frozen().words);
    assertThat(other.after().deadline()).isEqualTo(one.after().deadline());
    assertThat(other.deeds()).isEqualTo(one.deeds());
    assertThat(other.commands()).isEqualTo(one.commands());
    assertThat(other.sent()).hasSameSizeAs(one.sent());
    for (int i = 0; i < one.sent().size(); i++) {
      assertThat(other.sent().get(i).octets()).isEqualTo(one.sent().get(i).octets());
    }
  }

  /** Equal fingerprints must mean equal futures, whatever the time of day and the numbers are. */
  @Test
  void statesThatAreTakenForOneHaveTheSameNextStates() {
    Turns turns = new Turns(graph);
    Map<Fingerprint.Key, World> met = new HashMap<>();
    ArrayDeque<World> toDo = new ArrayDeque<>();
    toDo.add(World.begin(graph, Worlds.members(2), 1, 1));
    int pairs = 0;
    while (met.size() < 8_000) {
      World world = toDo.removeFirst();
      for (Step step : Steps.all(world)) {
        World next = new Transition(world, step, turns).to();
        World known = met.putIfAbsent(next.fingerprint().key(), next);
        if (known == null) {
          toDo.addLast(next);
        } else if (known.now() != next.now() && pairs++ % 4 == 0) {
          assertThat(nextOf(next, turns)).isEqualTo(nextOf(known, turns));
        }
      }
    }
    assertThat(pairs).isGreaterThan(200);
  }

  private static Map<Step, String> nextOf(World world, Turns turns) {
    Map<Step, String> next = new HashMap<>();
    for (Step step : Steps.all(world)) {
      next.put(step, new Transition(world, step, turns).to().describe());
    }
    return next;
  }

  /** Whatever plain field of whatever object changes, the state is another one. */
  @Test
  void everyPlainFieldCounts() throws ReflectiveOperationException {
    World world = midst();
    int fields = 0;
    for (MemberState state : world.members()) {
      Fingerprint.Key before = state.frozen().exact().key();
      List<Object> objects = objects(graph.thaw(state.frozen()));
      for (int i = 0; i < objects.size(); i++) {
        for (Slot slot : ClassPlan.of(objects.get(i).getClass()).slots) {
          Object member = graph.thaw(state.frozen());
          if (change(objects(member).get(i), slot)) {
            fields++;
            assertThat(graph.freeze(member).exact().key()).as(slot.name).isNotEqualTo(before);
          }
        }
      }
    }
    assertThat(fields).isGreaterThan(100);
  }

  /** In the middle of a rekey, with a refusal and an answer that is still to come. */
  private World midst() {
    SplittableRandom random = new SplittableRandom(7);
    World world = World.begin(graph, Worlds.members(2), 1_000_000, 1_000);
    Turns turns = new Turns(graph);
    for (int i = 0; i < STEPS || world.members().stream().noneMatch(MemberState::late); i++) {
      world = new Transition(world, Worlds.any(world, random), turns).to();
    }
    return world;
  }

  private static boolean change(Object object, Slot slot) throws IllegalAccessException {
    boolean fixed = object.getClass().isRecord() || slot.ignored || slot.ownNumber;
    if (fixed || slot.member != null) {
      return false;
    }
    if (slot.type == long.class) {
      slot.field.setLong(object, slot.field.getLong(object) + 1);
    } else if (slot.type == int.class) {
      slot.field.setInt(object, slot.field.getInt(object) + 1);
    } else if (slot.type == boolean.class) {
      slot.field.setBoolean(object, !slot.field.getBoolean(object));
    } else {
      return false;
    }
    return true;
  }

  /** All that are copied, in an order that is the same for each copy. */
  private static List<Object> objects(Object root) throws IllegalAccessException {
    IdentityHashMap<Object, Boolean> seen = new IdentityHashMap<>();
    List<Object> all = new ArrayList<>();
    ArrayDeque<Object> toDo = new ArrayDeque<>(List.of(root));
    while (!toDo.isEmpty()) {
      Object object = toDo.removeFirst();
      if (seen.put(object, true) != null) {
        continue;
      }
      ClassPlan plan = ClassPlan.of(object.getClass());
      if (object instanceof Iterable<?> elements) {
        elements.forEach(toDo::add);
      } else if (object instanceof Map<?, ?> map) {
        map.values().forEach(toDo::add);
      } else if (object instanceof Object[] elements) {
        Stream.of(elements).filter(Objects::nonNull).forEach(toDo::add);
      } else if (plan.shape == Shape.OBJECT) {
        all.add(object);
        for (Slot slot : plan.slots) {
          Object value = slot.type.isPrimitive() || slot.ignored ? null : slot.field.get(object);
          if (value != null) {
            toDo.add(value);
          }
        }
      }
    }
    return all;
  }

  /** A name that is the name of nothing would be a rule that no longer holds. */
  @Test
  void everyFieldThatIsNamedExists() {
    midst();
    Set<String> missing = new HashSet<>(Roles.names());
    missing.removeAll(ClassPlan.fieldsSeen());
    assertThat(missing).isEmpty();
  }

  @Test
  void whatCannotBeCopiedSaysSo() {
    Runnable lambda = () -> graph.nextNumber();
    assertThatThrownBy(() -> graph.freeze(lambda))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("lambda");
    assertThatThrownBy(() -> graph.freeze(new Thread(lambda)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no way is known");
  }
}
