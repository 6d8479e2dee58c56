package org.macsec4j.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.macsec4j.spi.Registration;

/** What an interface of a host received, and who wants to know. */
final class Inbox {
  /** A test that wants more frames than this takes them as they come. */
  static final int KEPT = 10_000;

  private final Deque<byte[]> frames = new ArrayDeque<>();
  private final List<Consumer<byte[]>> receivers = new CopyOnWriteArrayList<>();

  Registration add(Consumer<byte[]> receiver) {
    receivers.add(receiver);
    return () -> receivers.remove(receiver);
  }

  /** Keeps a frame; what comes back hands it to each receiver. */
  List<Runnable> put(byte[] frame) {
    if (frames.size() == KEPT) {
      frames.removeFirst();
    }
    frames.addLast(frame);
    List<Runnable> deliveries = new ArrayList<>();
    receivers.forEach(receiver -> deliveries.add(() -> receiver.accept(frame.clone())));
    return deliveries;
  }

  List<byte[]> frames() {
    return frames.stream().map(byte[]::clone).toList();
  }

  void clear() {
    frames.clear();
  }
}
