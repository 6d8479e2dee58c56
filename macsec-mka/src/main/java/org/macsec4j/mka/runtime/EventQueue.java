package org.macsec4j.mka.runtime;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.spi.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the events of a session to its listeners: in order, one at a time, on a thread that the
 * protocol does not wait for. What comes while the queue is full is dropped and counted.
 */
final class EventQueue {
  private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);

  private final String name;
  private final int capacity;
  private final Executor executor;
  private final List<Consumer<MkaEvent>> listeners = new CopyOnWriteArrayList<>();
  // Guarded by waiting.
  private final Queue<MkaEvent> waiting = new ArrayDeque<>();
  private boolean running;
  private long dropped;

  /**
   * Makes a queue.
   *
   * @param name who speaks, for the log
   * @param executor runs what brings the events; may do so at once
   */
  EventQueue(String name, int capacity, Executor executor) {
    this.name = name;
    this.capacity = capacity;
    this.executor = executor;
  }

  /** The thread of all sessions' events in the real world; it starts with the first event. */
  static Executor thread() {
    return Holder.THREAD;
  }

  private static final class Holder {
    static final Executor THREAD =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "macsec4j-events");
              thread.setDaemon(true);
              return thread;
            });
  }

  Registration listen(Consumer<MkaEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** How many events no listener heard of, as too many were waiting. */
  long dropped() {
    synchronized (waiting) {
      return dropped;
    }
  }

  void publish(MkaEvent event) {
    LOG.debug("{}: {}", name, event);
    FlightRecord.tell(name, event);
    if (listeners.isEmpty()) {
      return;
    }
    synchronized (waiting) {
      if (waiting.size() >= capacity) {
        dropped++;
        return;
      }
      waiting.add(event);
      if (running) {
        return;
      }
      running = true;
    }
    executor.execute(this::deliver);
  }

  private void deliver() {
    for (MkaEvent event = next(); event != null; event = next()) {
      for (Consumer<MkaEvent> listener : listeners) {
        try {
          listener.accept(event);
        } catch (RuntimeException e) {
          LOG.warn("{}: a listener failed at {}", name, event, e);
        }
      }
    }
  }

  private @Nullable MkaEvent next() {
    synchronized (waiting) {
      MkaEvent event = waiting.poll();
      running = event != null;
      return event;
    }
  }
}
