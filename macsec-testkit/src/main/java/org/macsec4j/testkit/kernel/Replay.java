package org.macsec4j.testkit.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the guest told so far, and who waits for more. One thread brings the events, those of the
 * tests wait for theirs; when the guest is over, nobody waits any longer.
 */
final class Replay {
  /** A test that is interrupted, as its time is over, may still get the guest's own account. */
  private static final long GRACE_MILLIS = 3000;

  private final Map<String, GuestEvent> results = new HashMap<>();
  private final Map<String, GuestEvent> begun = new LinkedHashMap<>();
  private final Map<String, List<GuestEvent>> reports = new HashMap<>();
  private @Nullable String end;

  synchronized void accept(GuestEvent event) {
    if (event.isResult()) {
      results.put(event.id(), event);
      begun.putIfAbsent(event.id(), event);
    } else if (event.kind() == GuestEvent.Kind.STARTED) {
      begun.put(event.id(), event);
    } else if (event.kind() == GuestEvent.Kind.REPORT) {
      reports.computeIfAbsent(event.id(), id -> new ArrayList<>()).add(event);
    }
    notifyAll();
  }

  /** Nothing follows, for the given reason; the first one counts. */
  synchronized void end(String reason) {
    if (end == null) {
      end = reason;
    }
    notifyAll();
  }

  synchronized boolean isOver() {
    return end != null;
  }

  /** Why nothing follows; null as long as something does. */
  synchronized @Nullable String ending() {
    return end;
  }

  /** Waits until the test or container is done; null if it never will be. */
  synchronized @Nullable GuestEvent awaitResult(String id) throws InterruptedException {
    boolean interrupted = false;
    long until = Long.MAX_VALUE;
    while (!results.containsKey(id) && end == null && System.currentTimeMillis() < until) {
      try {
        wait(interrupted ? GRACE_MILLIS : 0);
      } catch (InterruptedException e) {
        interrupted = true;
        until = System.currentTimeMillis() + GRACE_MILLIS;
      }
    }
    if (interrupted && !results.containsKey(id)) {
      throw new InterruptedException("no result of the guest yet");
    }
    return results.get(id);
  }

  /** Waits until something in the container begins, or it is done without; its result if so. */
  synchronized @Nullable GuestEvent awaitBegun(String container) throws InterruptedException {
    while (!results.containsKey(container) && !hasBegun(container) && end == null) {
      wait();
    }
    return results.get(container);
  }

  private boolean hasBegun(String container) {
    return begun.values().stream().anyMatch(e -> e.parent().equals(container));
  }

  /** What a container held, in the order in which it began. */
  synchronized List<GuestEvent> children(String container) {
    return begun.values().stream().filter(e -> e.parent().equals(container)).toList();
  }

  synchronized List<GuestEvent> reports(String id) {
    return List.copyOf(reports.getOrDefault(id, List.of()));
  }
}
