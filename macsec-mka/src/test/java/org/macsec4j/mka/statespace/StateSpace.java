package org.macsec4j.mka.statespace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.statespace.Step.Fault;

/**
 * Walks through all states of a small world, the nearest to the start first, so that the path to a
 * failure is a shortest one.
 *
 * <p>Which steps there are says {@link Steps}; each path has only so many faults. The rules of
 * {@link Ledger} and {@link Transition} are checked in every step. When all is walked through, or
 * the limit is met, {@link FairPaths} asks of every state whether it becomes secured.
 */
final class StateSpace {
  /** What was done; a depth is a number of steps from the start. */
  record Result(int states, int expanded, long steps, int depth, boolean closed, long millis) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,d states (%,d expanded), %,d steps, depth %d, %s, %.1f s",
          states,
          expanded,
          steps,
          depth,
          closed ? "closed" : "open",
          millis / 1e3);
    }
  }

  private record Found(int number, World world, int depth) {}

  private final ObjectGraph graph = new ObjectGraph();
  private final Turns turns = new Turns(graph);
  private final StateTable table = new StateTable();
  private final Map<Fingerprint.Key, Long> fairTimes = new HashMap<>();
  private final World begin;
  private final int limit;
  private final Deque<Found> toDo = new ArrayDeque<>();
  private long steps;
  private int depth;

  /**
   * A space.
   *
   * @param configs what the members are
   * @param faults the most faults on a path
   * @param rekeys the most keys asked for on a path
   * @param limit the number of states after which no more are looked for
   */
  StateSpace(List<MkaConfig> configs, int faults, int rekeys, int limit) {
    this.begin = World.begin(graph, configs, faults, rekeys);
    this.limit = limit;
  }

  Result explore() {
    long started = System.nanoTime();
    meet(begin, -1, 0, 0);
    int expanded = 0;
    while (!toDo.isEmpty() && table.size() < limit) {
      expand(toDo.removeFirst());
      expanded++;
    }
    for (Found open : toDo) {
      table.setFair(open.number, -1, fairTime(open));
    }
    new FairPaths(this, table).check();
    return new Result(
        table.size(),
        expanded,
        steps,
        depth,
        toDo.isEmpty(),
        (System.nanoTime() - started) / 1_000_000);
  }

  private int meet(World world, int from, int by, int atDepth) {
    int before = table.size();
    int number = table.add(world.fingerprint(), from, by);
    if (number == before) {
      table.setAgreed(number, world.isAgreed());
      toDo.addLast(new Found(number, world, atDepth));
      depth = Math.max(depth, atDepth);
    }
    return number;
  }

  private void expand(Found found) {
    World world = found.world;
    boolean fair = true;
    for (Step step : Steps.all(world)) {
      Transition transition = run(found, step);
      World next = transition.to();
      int number = meet(next, found.number, step.encode(), found.depth + 1);
      if (fair) {
        table.setFair(found.number, number, next.now() - world.now());
        fair = false;
      }
      if (step.cost() < world.faults()) {
        spoil(found, step, transition.commands());
      }
    }
  }

  /** The same step again, once for each command in it and each way in which its answer is bad. */
  private void spoil(Found found, Step step, int commands) {
    for (int command = 0; command < commands; command++) {
      for (Fault fault : List.of(Fault.REFUSED, Fault.LATE)) {
        Step spoilt = step.with(command, fault);
        World next = run(found, spoilt).to();
        meet(next, found.number, spoilt.encode(), found.depth + 1);
      }
    }
  }

  private Transition run(Found from, Step step) {
    steps++;
    try {
      return new Transition(from.world, step, turns);
    } catch (AssertionError | RuntimeException e) {
      List<Step> path = path(from.number);
      path.add(step);
      throw new AssertionError(e + "\n" + describe(path, 0), e);
    }
  }

  /**
   * The time in which the fair steps lead to where all agree, for a state that was met and not
   * expanded any more.
   */
  private long fairTime(Found open) {
    List<Fingerprint.Key> keys = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    World world = open.world;
    Long rest = null;
    while (rest == null) {
      Fingerprint.Key key = world.fingerprint().key();
      rest = world.isAgreed() ? Long.valueOf(0) : fairTimes.get(key);
      keys.add(key);
      times.add(world.now());
      if (world.now() - open.world.now() > FairPaths.LIMIT_NANOS) {
        throw FairPaths.failure(this, open.number, "is not secured in time");
      }
      if (rest == null) {
        steps++;
        world = new Transition(world, Steps.fair(world), turns).to();
      }
    }
    for (int i = 0; i < keys.size(); i++) {
      fairTimes.put(keys.get(i), world.now() - times.get(i) + rest);
    }
    return world.now() - open.world.now() + rest;
  }

  /** The steps from the start to a state. */
  List<Step> path(int state) {
    List<Step> path = new ArrayList<>();
    for (int at = state; table.parent(at) >= 0; at = table.parent(at)) {
      path.add(table.step(at));
    }
    Collections.reverse(path);
    return path;
  }

  /** A path, with what comes of each step, and then the fair steps that follow. */
  String describe(List<Step> path, int fairSteps) {
    StringBuilder text = new StringBuilder();
    World world = begin;
    List<Step> all = new ArrayList<>(path);
    for (int i = 0; i < path.size() + fairSteps; i++) {
      Step step = i < all.size() ? all.get(i) : Steps.fair(world);
      double millis = (world.now() - Roles.ORIGIN) / 1e6;
      text.append(String.format(Locale.ROOT, "%n%3d %10.1f ms  %s", i, millis, step));
      try {
        Turns told = new Turns(graph, what -> text.append("\n        ").append(what));
        world = new Transition(world, step, told).to();
      } catch (AssertionError | RuntimeException e) {
        return text.append("\n        ").append(e).toString();
      }
      text.append(world.isAgreed() ? "\n        (agreed)" : "");
    }
    return text.toString();
  }
}
