package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.macsec4j.SecyCommand;
import org.macsec4j.mka.MkaEvent;

/** Random schedules of faults, then a quiet network: all are secured with one key, soon. */
class ExplorationTest {
  @Property(tries = 60)
  void afterAnyFaultsAQuietNetworkIsSecured(@ForAll long seed) {
    Exploration.run(seed, false);
  }

  @Property(tries = 30)
  void underMustSecureProtectionIsNeverSwitchedOffAndFramesPassProtectedOnly(@ForAll long seed) {
    World world = Exploration.run(seed, false);
    for (Member member : world.members) {
      if (member.config.accessPolicy().isMustSecure()) {
        assertThat(member.count(MkaEvent.PassingInClear.class)).isZero();
        assertThat(member.secy.commands)
            .noneMatch(
                command ->
                    command instanceof SecyCommand.Change change
                        && (change.change().protectFrames().isPresent()
                            || change.change().validateFrames().isPresent()));
      }
    }
  }

  @Property(tries = 40)
  void onAHealthyNetworkNoFrameIsLostByJoiningLeavingAndRekeying(@ForAll long seed) {
    Exploration.runHealthy(seed, false);
  }

  /** For exploring by hand: {@code -Dmka.seeds=1000}, or one seed with {@code -Dmka.seed=N}. */
  @Test
  void explore() {
    Long one = Long.getLong("mka.seed");
    if (one != null) {
      Exploration.run(one, true);
      return;
    }
    List<String> failures = new ArrayList<>();
    for (long seed = 1; seed <= Long.getLong("mka.seeds", 20); seed++) {
      try {
        Exploration.run(seed, false);
      } catch (AssertionError | RuntimeException e) {
        failures.add(seed + ": " + e);
      }
    }
    if (!failures.isEmpty()) {
      throw new AssertionError(failures.size() + " failures: " + String.join("\n", failures));
    }
  }
}
