package org.macsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.macsec4j.spi.Registration;

class VirtualTimeTest {
  private final VirtualTime time = new VirtualTime();
  private final List<String> ran = new ArrayList<>();

  @Test
  void runsTasksByTimeAndThenInTheOrderTheyWereHandedOver() {
    time.schedule(20, () -> ran.add("late at " + time.nanoTime()));
    time.schedule(10, () -> ran.add("first at " + time.nanoTime()));
    time.schedule(10, () -> ran.add("second at " + time.nanoTime()));
    time.execute(() -> ran.add("now at " + time.nanoTime()));

    time.run(Duration.ofNanos(20));

    assertThat(ran).containsExactly("now at 0", "first at 10", "second at 10", "late at 20");
  }

  @Test
  void passesExactlyAsLongAsAskedAndLeavesLaterTasks() {
    time.schedule(11, () -> ran.add("later"));

    time.run(Duration.ofNanos(10));

    assertThat(time.now()).isEqualTo(Duration.ofNanos(10));
    assertThat(ran).isEmpty();
    time.run(Duration.ofNanos(1));
    assertThat(ran).containsExactly("later");
  }

  @Test
  void stopsAtTheInstantWhenTheConditionHolds() {
    time.schedule(5, () -> ran.add("five"));
    time.schedule(6, () -> ran.add("six"));

    assertThat(time.runUntil(() -> !ran.isEmpty(), Duration.ofSeconds(1))).isTrue();

    assertThat(time.nanoTime()).isEqualTo(5);
    assertThat(ran).containsExactly("five");
  }

  @Test
  void givesUpAtTheTimeoutAndNotBefore() throws InterruptedException {
    assertThat(time.await(() -> false, Duration.ofSeconds(3))).isFalse();
    assertThat(time.now()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aTimeThatHasPassedMeansSoon() {
    time.run(Duration.ofNanos(10));
    time.schedule(3, () -> ran.add("at " + time.nanoTime()));

    time.run(Duration.ZERO);

    assertThat(ran).containsExactly("at 10");
  }

  @Test
  void aCancelledTaskDoesNotRun() {
    Registration cancelled = time.schedule(5, () -> ran.add("cancelled"));
    time.schedule(3, cancelled::close);

    time.run(Duration.ofNanos(10));

    assertThat(ran).isEmpty();
  }

  @Test
  void whatATaskThrowsComesOutAndTheRestCanGoOn() {
    time.schedule(
        1,
        () -> {
          throw new UnsupportedOperationException("of a task");
        });
    time.schedule(2, () -> ran.add("after"));

    assertThatThrownBy(() -> time.run(Duration.ofNanos(5))).hasMessage("of a task");
    time.run(Duration.ofNanos(5));

    assertThat(ran).containsExactly("after");
  }

  @Test
  void refusesATaskThatDrivesTime() {
    time.execute(() -> time.run(Duration.ofNanos(1)));

    assertThatIllegalStateException()
        .isThrownBy(() -> time.run(Duration.ofNanos(1)))
        .withMessageContaining("must not drive");
  }

  @Test
  void refusesToGoBack() {
    assertThatIllegalArgumentException().isThrownBy(() -> time.run(Duration.ofNanos(-1)));
  }

  @Test
  @Timeout(20)
  void tellsOfATaskThatGoesOnWithoutEndAtOneInstant() {
    time.schedule(7, this::again);

    assertThatIllegalStateException()
        .isThrownBy(() -> time.run(Duration.ofSeconds(1)))
        .withMessageContaining("PT0.000000007S")
        .withMessageContaining("without a delay");
  }

  private void again() {
    time.execute(this::again);
  }

  @Test
  void isInterruptedWhileItWaits() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> time.await(() -> false, Duration.ofSeconds(1)))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  @Timeout(20)
  void takesTasksFromOtherThreads() throws InterruptedException {
    CountDownLatch handedOver = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              time.execute(() -> ran.add("of another thread"));
              handedOver.countDown();
            });
    other.start();
    handedOver.await();

    time.run(Duration.ZERO);

    assertThat(ran).containsExactly("of another thread");
    other.join();
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aTaskMayTakeALockThatAnotherThreadHoldsWhileItCallsIn() throws InterruptedException {
    Object foreign = new Object();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch taskWaits = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              synchronized (foreign) {
                held.countDown();
                awaitUninterruptibly(taskWaits);
                time.execute(() -> ran.add("handed over at " + time.nanoTime()));
              }
            });
    other.start();
    held.await();
    time.execute(
        () -> {
          taskWaits.countDown();
          synchronized (foreign) {
            ran.add("the task has the lock");
          }
        });

    time.run(Duration.ofNanos(1));

    assertThat(ran).containsExactly("the task has the lock", "handed over at 0");
    other.join();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
