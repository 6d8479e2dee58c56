package org.macsec4j.testkit.simulation;

/**
 * Plays the world of a seed: two to eight hosts with MKA and MACsec on a network that may lose,
 * delay, reorder, duplicate, corrupt and cut, processes that stand still, crash and come back,
 * SecYs that refuse and dawdle, keys and configurations that change, an attacker, and users who
 * send all the while.
 *
 * <p>Rules are checked at every step. A world in which one does not hold ends there, and is played
 * again with a trace, as the same seed gives the same world. A third of all worlds are healthy:
 * nothing goes wrong in them, and no frame may be lost.
 *
 * <p>Worlds know no thread and no clock, and have nothing in common: play as many as there are
 * processors, each in one thread.
 */
public final class Simulation {
  private Simulation() {}

  /**
   * Plays the world of a seed. The trace is there only when a rule did not hold.
   *
   * @param seed any number
   * @return what became of it
   */
  public static Outcome run(long seed) {
    Outcome outcome = play(Recipe.of(seed), false, Sabotage.NONE);
    return outcome.passed() ? outcome : replay(seed);
  }

  /**
   * Plays the world of a seed and tells everything that happens, in virtual time: who sent what to
   * whom, commands, events, faults. User frames are told when they are lost against a rule.
   *
   * @param seed any number
   * @return what became of it
   */
  public static Outcome replay(long seed) {
    return play(Recipe.of(seed), true, Sabotage.NONE);
  }

  static Outcome play(Recipe recipe, boolean tracing, Sabotage sabotage) {
    World world = new World(recipe, tracing, sabotage);
    try {
      world.play();
      return Outcome.of(world, null);
    } catch (Violation e) {
      return Outcome.of(world, new Outcome.Failure(e.rule(), String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      // Whatever an engine, a codec or a SecY throws, it was told that it must not.
      return Outcome.of(world, new Outcome.Failure("nothing throws", describe(e)));
    }
  }

  private static String describe(RuntimeException e) {
    StackTraceElement[] stack = e.getStackTrace();
    return stack.length == 0 ? e.toString() : e + " at " + stack[0];
  }
}
