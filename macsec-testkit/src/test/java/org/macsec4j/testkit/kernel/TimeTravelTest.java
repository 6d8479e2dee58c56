package org.macsec4j.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Hours in a guest, which pass in seconds here: the limit is one of the host's clock. */
@OnLinuxKernel(kernel = Kernel.V6_12, timeTravel = true, timeoutSeconds = 900)
class TimeTravelTest {
  @Test
  void sleepsAnHour() throws InterruptedException {
    long monotonic = System.nanoTime();
    long wall = System.currentTimeMillis();

    Thread.sleep(Duration.ofHours(1).toMillis());

    assertThat(Duration.ofNanos(System.nanoTime() - monotonic))
        .isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
    assertThat(Duration.ofMillis(System.currentTimeMillis() - wall))
        .isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
  }

  @Test
  void aProgramSleepsToo() {
    long begin = System.nanoTime();
    Netns.main().run("sleep", "20");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(20));
  }

  @Test
  void ticksEveryTwoSecondsForHalfAnHour() throws InterruptedException {
    AtomicInteger ticks = new AtomicInteger();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    ScheduledFuture<?> ticking =
        timer.scheduleAtFixedRate(ticks::incrementAndGet, 2, 2, TimeUnit.SECONDS);
    Thread.sleep(Duration.ofMinutes(30).plusSeconds(1).toMillis());
    assertThat(ticking.cancel(false)).isTrue();
    timer.shutdownNow();
    assertThat(ticks).hasValue(900);
  }
}
