package org.macsec4j.mka.statespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.macsec4j.mka.statespace.StateSpace.Result;

/**
 * The engine, checked exhaustively in the small: see {@link StateSpace}.
 *
 * <p>A million states of two members when the environment says {@code CI}, a tenth of that
 * otherwise, or as many as {@code -Dmka.states.two} and {@code -Dmka.states.three} say. To look
 * further by hand: {@code StateSpaceTest#explore} with {@code -Dmka.members=3 -Dmka.faults=2
 * -Dmka.rekeys=1 -Dmka.states=N}.
 */
class StateSpaceTest {
  private static final boolean CI = System.getenv("CI") != null;

  /**
   * All that two members can do when nothing goes wrong, in any order, to the end. If this does not
   * close any more, the engine has a new moment or message number: {@link Roles} wants to know it.
   */
  @Test
  void twoMembersWithoutFaultsComeToAnEnd() {
    Result result = new StateSpace(Worlds.members(2), 0, 1, 30_000).explore();
    System.out.println("two members, no fault, one rekey: " + result);
    assertThat(result.closed()).as("closed: %s", result).isTrue();
    assertThat(result.states()).isGreaterThan(1_000);
  }

  @Test
  void twoMembersWithAFaultAnywhere() {
    int states = Integer.getInteger("mka.states.two", CI ? 1_000_000 : 100_000);
    explore("two members, one fault, one rekey", 2, states);
  }

  @Test
  void threeMembersWithAFaultAnywhere() {
    int states = Integer.getInteger("mka.states.three", CI ? 20_000 : 4000);
    explore("three members, one fault, one rekey", 3, states);
  }

  private static void explore(String what, int members, int limit) {
    Result result = new StateSpace(Worlds.members(members), 1, 1, limit).explore();
    System.out.println(what + ": " + result);
    assertThat(result.closed() || result.states() >= limit).isTrue();
  }

  @Test
  void explore() {
    Integer members = Integer.getInteger("mka.members");
    if (members != null) {
      StateSpace space =
          new StateSpace(
              Worlds.members(members),
              Integer.getInteger("mka.faults", 1),
              Integer.getInteger("mka.rekeys", 1),
              Integer.getInteger("mka.states", 1_000_000));
      System.out.println(space.explore());
    }
  }

  /** The search finds what it looks for: here two whose keys differ. */
  @Test
  void whoNeverAgreesIsFound() {
    StateSpace space =
        new StateSpace(
            List.of(Worlds.CONFIG, Worlds.config("ffffffffffffffffffffffffffffffff")), 0, 0, 50);
    assertThatThrownBy(space::explore)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("is not secured in time")
        .hasMessageContaining("START A");
  }
}
