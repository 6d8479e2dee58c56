package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.macsec4j.Sci;

/** How long a port has waited for a peer, which its diagnosis asks. */
class ClearAccessTest {
  private static final long START = 1_000;

  private final PortContext context =
      new PortContext(Configs.group(128), Sci.parse("0200000000010001"), octets -> {});
  private final ClearAccess access =
      new ClearAccess(context, new TimerTable<>(PortTimer.values().length));
  private final long end = START + context.lifeNanos;

  @Test
  void aLifeTimeAfterTheStartItHasWaited() {
    assertThat(access.hasWaited(end)).as("not started").isFalse();
    access.start(START);
    assertThat(access.hasWaited(end - 1)).isFalse();
    assertThat(access.hasWaited(end)).isTrue();
    access.stop();
    assertThat(access.hasWaited(end)).isFalse();
  }

  @Test
  void aPeerThatComesOrGoesBeginsTheWaitingAnew() {
    access.start(START);
    access.judge(end, true, false);
    assertThat(access.hasWaited(end)).isFalse();
    access.judge(end + 1, true, false);
    assertThat(access.hasWaited(end + context.lifeNanos)).isTrue();
    access.judge(end + context.lifeNanos, false, false);
    assertThat(access.hasWaited(end + context.lifeNanos)).isFalse();
  }
}
