package org.macsec4j.mka.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.macsec4j.mka.MkaEvent;

class EventQueueTest {
  private final List<Runnable> tasks = new ArrayList<>();
  private final EventQueue queue = new EventQueue("macsec0", 3, tasks::add);
  private final List<String> heard = new ArrayList<>();

  private static MkaEvent event(int number) {
    return new MkaEvent.StartedOver("event " + number);
  }

  private void hear(MkaEvent event) {
    heard.add(((MkaEvent.StartedOver) event).reason());
  }

  private void runTasks() {
    List<Runnable> now = List.copyOf(tasks);
    tasks.clear();
    now.forEach(Runnable::run);
  }

  @Test
  void eventsComeInOrderAndOneTaskBringsThemAll() {
    queue.listen(this::hear);
    queue.publish(event(1));
    queue.publish(event(2));
    assertThat(tasks).hasSize(1);
    runTasks();
    queue.publish(event(3));
    runTasks();
    assertThat(heard).containsExactly("event 1", "event 2", "event 3");
    assertThat(queue.dropped()).isZero();
  }

  @Test
  void whatComesWhileTheQueueIsFullIsDroppedAndCounted() {
    queue.listen(this::hear);
    for (int number = 1; number <= 5; number++) {
      queue.publish(event(number));
    }
    runTasks();
    assertThat(heard).containsExactly("event 1", "event 2", "event 3");
    assertThat(queue.dropped()).isEqualTo(2);
    queue.publish(event(6));
    runTasks();
    assertThat(heard).endsWith("event 6");
  }

  @Test
  void nothingWaitsForNobody() {
    for (int number = 0; number < 10; number++) {
      queue.publish(event(number));
    }
    assertThat(tasks).isEmpty();
    assertThat(queue.dropped()).isZero();
  }

  @Test
  void aListenerThatFailsDoesNotKeepTheOthersFromHearing() {
    queue.listen(
        event -> {
          throw new IllegalStateException("a fault");
        });
    queue.listen(this::hear);
    queue.publish(event(1));
    queue.publish(event(2));
    runTasks();
    assertThat(heard).containsExactly("event 1", "event 2");
  }

  @Test
  void whatAListenerCausesComesAfterWhatIsUnderWay() {
    EventQueue direct = new EventQueue("macsec0", 3, Runnable::run);
    direct.listen(
        event -> {
          if (heard.isEmpty()) {
            direct.publish(event(2));
          }
          hear(event);
        });
    direct.publish(event(1));
    assertThat(heard).containsExactly("event 1", "event 2");
  }
}
