package org.macsec4j.examples;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Predicate;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.runtime.MkaSession;

/**
 * A small application on top of a secured link: sends readings while the link is secured and keeps
 * the latest ones while it is not.
 *
 * <p>It knows nothing of simulators. Its test holds it, by properties, against links that lose,
 * delay and are cut: see {@code TelemetrySenderPropertyTest}, a template for your own.
 */
public final class TelemetrySender {
  /** How many readings are kept while the link is down; the oldest give way. */
  public static final int CAPACITY = 100;

  private final MkaSession link;
  private final Predicate<byte[]> transmit;
  private final Deque<byte[]> waiting = new ArrayDeque<>();

  /**
   * An application on a link.
   *
   * @param link the session whose state decides
   * @param transmit sends one reading on the secured interface; false when it could not be sent
   */
  public TelemetrySender(MkaSession link, Predicate<byte[]> transmit) {
    this.link = Objects.requireNonNull(link, "link");
    this.transmit = Objects.requireNonNull(transmit, "transmit");
    link.onEvent(
        event -> {
          if (event instanceof MkaEvent.Secured) {
            flush();
          }
        });
  }

  /**
   * Sends a reading now, or as soon as the link is secured.
   *
   * @param reading the octets
   */
  public void offer(byte[] reading) {
    if (waiting.size() == CAPACITY) {
      waiting.removeFirst();
    }
    waiting.addLast(reading.clone());
    if (link.isSecured()) {
      flush();
    }
  }

  /**
   * How many readings wait.
   *
   * @return 0..{@link #CAPACITY}
   */
  public int waiting() {
    return waiting.size();
  }

  private void flush() {
    while (!waiting.isEmpty() && transmit.test(waiting.getFirst())) {
      waiting.removeFirst();
    }
  }
}
