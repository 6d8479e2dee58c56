package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.engine.CpState.Access;
import org.macsec4j.mka.engine.CpState.Phase;
import org.macsec4j.mka.engine.CpStateMachine.Action;
import org.macsec4j.mka.engine.CpStateMachine.Conditions;
import org.macsec4j.mka.engine.CpStateMachine.Transition;

/** The machine is small enough to be walked through in every state under every condition. */
class CpStateMachineTest {
  private static final List<MkaKeyIdentifier> KEYS = List.of(key(1), key(2), key(3));

  /** What an access policy can grant while no key is in use. */
  private static final List<Access> CLEAR =
      List.of(Access.PENDING, Access.UNAUTHENTICATED, Access.AUTHENTICATED);

  /** Every condition is met; bit 0 would mean that there is no live peer. */
  private static final int ALL = 2 | 4 | 8 | 16 | 32 | 64;

  private static MkaKeyIdentifier key(int number) {
    return new MkaKeyIdentifier(MemberIdentifier.parse("0102030405060708090a0b0c"), number);
  }

  private static List<Conditions> everyCondition() {
    List<Conditions> all = new ArrayList<>();
    for (Access clear : CLEAR) {
      for (int bits = 0; bits < 128; bits++) {
        all.add(conditions(bits, null, clear));
        for (MkaKeyIdentifier key : KEYS) {
          all.add(conditions(bits, key, clear));
        }
      }
    }
    return all;
  }

  private static Conditions conditions(int bits, MkaKeyIdentifier newSak) {
    return conditions(bits, newSak, Access.PENDING);
  }

  private static Conditions conditions(int bits, MkaKeyIdentifier newSak, Access clear) {
    return new Conditions(
        (bits & 1) == 0,
        newSak,
        (bits & 2) != 0,
        (bits & 4) != 0,
        (bits & 8) != 0,
        (bits & 16) != 0,
        (bits & 32) != 0,
        clear,
        (bits & 64) != 0);
  }

  private static Set<CpState> everyState() {
    return statesUnder(CLEAR);
  }

  /** All states that can be reached when the policy grants this and no more. */
  private static Set<CpState> statesUnder(List<Access> grants) {
    Set<CpState> states = new LinkedHashSet<>(Set.of(CpState.INITIAL));
    Deque<CpState> open = new ArrayDeque<>(states);
    while (!open.isEmpty()) {
      CpState state = open.poll();
      List<CpState> next = new ArrayList<>();
      for (Conditions now : everyCondition()) {
        boolean fits = now.newSak() == null || !holds(state, now.newSak());
        if (fits && grants.contains(now.clear())) {
          next.add(CpStateMachine.step(state, now).next());
        }
      }
      KEYS.forEach(key -> next.add(CpStateMachine.without(state, key)));
      next.stream().filter(states::add).forEach(open::add);
    }
    return states;
  }

  private static boolean holds(CpState state, MkaKeyIdentifier key) {
    return key.equals(state.latest()) || key.equals(state.old());
  }

  @Test
  void everyStateMakesSense() {
    Set<CpState> states = everyState();
    assertThat(states).hasSizeGreaterThan(30);
    for (CpState state : states) {
      assertThat(state.latestTx() && !state.latestRx()).as("%s", state).isFalse();
      assertThat(state.latestTx() && state.oldTx()).as("%s", state).isFalse();
      assertThat(state.latest() != null && state.latest().equals(state.old()))
          .as("%s", state)
          .isFalse();
      assertThat(state.latest() == null).as("%s", state).isEqualTo(state.phase() == Phase.CHANGE);
      assertThat(state.old() == null && state.oldTx()).as("%s", state).isFalse();
    }
  }

  @Test
  void fromEveryStateAKeyThatEverybodyTakesComesIntoUse() {
    for (CpState start : everyState()) {
      MkaKeyIdentifier fresh = key(9);
      CpState state = start;
      for (int i = 0; i < 2; i++) {
        if (!fresh.equals(state.latest())) {
          state = CpStateMachine.step(state, conditions(0, fresh)).next();
        }
      }
      for (int i = 0; i < 9; i++) {
        state = CpStateMachine.step(state, conditions(ALL, null)).next();
      }
      assertThat(state)
          .as("%s", start)
          .isEqualTo(new CpState(Phase.RETIRE, fresh, true, true, null, false, Access.SECURED));
    }
  }

  @Test
  void aKeyInUseStaysUntilTheNextOneIs() {
    CpState inUse = new CpState(Phase.RETIRE, key(1), true, true, null, false, Access.SECURED);
    CpState coming = CpStateMachine.step(inUse, conditions(0, key(2))).next();
    for (int bits = 0; bits < 128; bits += 2) {
      CpState state = coming;
      for (int i = 0; i < 6; i++) {
        state = CpStateMachine.step(state, conditions(bits, null)).next();
        assertThat(state.portEnabled()).isTrue();
        assertThat(state.latestTx() || state.oldTx()).isTrue();
      }
    }
  }

  @Test
  void withoutAPeerEverythingGoes() {
    for (CpState state : everyState()) {
      for (Access clear : CLEAR) {
        Transition transition = CpStateMachine.step(state, conditions(1, null, clear));
        assertThat(transition.next()).isEqualTo(CpState.withoutKeys(clear));
        assertThat(transition.actions().contains(Action.DISCARD_ALL)).isEqualTo(state.hasKeys());
      }
    }
  }

  @Test
  void whileAPeerIsThereFramesNeverPassInClearOnceTheyWereProtected() {
    for (CpState state : everyState()) {
      for (Conditions now : everyCondition()) {
        Access next = CpStateMachine.step(state, now).next().access();
        if (now.connected() && state.access().isProtected()) {
          assertThat(next.isProtected()).as("%s %s", state, now).isTrue();
        }
        if (next.isClear()) {
          assertThat(next).as("%s %s", state, now).isEqualTo(now.clear());
        }
      }
    }
  }

  /** Under must-secure nothing in clear is granted, so no state of clear can be reached. */
  @Test
  void withoutAGrantNoStateOfClearIsEverReached() {
    Set<CpState> states = statesUnder(List.of(Access.PENDING));
    assertThat(states).hasSizeGreaterThan(30);
    for (CpState state : states) {
      assertThat(state.access()).isIn(Access.PENDING, Access.SECURED);
    }
  }

  @Test
  void onlyWhoPassedInClearToleratesClearFramesUntilAllHaveSwitched() {
    for (CpState state : everyState()) {
      if (state.phase() == Phase.TRANSMIT) {
        CpState next = CpStateMachine.step(state, conditions(ALL & ~64, null, clear(state))).next();
        boolean tolerates = state.access().isClear() || state.access() == Access.SWITCHING;
        assertThat(next.access()).isEqualTo(tolerates ? Access.SWITCHING : Access.SECURED);
        assertThat(CpStateMachine.step(next, conditions(64, null)).next().access())
            .isEqualTo(Access.SECURED);
      }
    }
  }

  private static Access clear(CpState state) {
    return state.access().isClear() ? state.access() : Access.PENDING;
  }

  @Test
  void nothingToDoChangesNothing() {
    for (CpState state : everyState()) {
      Transition transition = CpStateMachine.step(state, conditions(0, null));
      boolean retires = state.phase() == Phase.TRANSMITTING && state.old() == null;
      boolean closes = state.access().isClear();
      assertThat(transition.next().equals(state)).as("%s", state).isEqualTo(!retires && !closes);
    }
  }
}
