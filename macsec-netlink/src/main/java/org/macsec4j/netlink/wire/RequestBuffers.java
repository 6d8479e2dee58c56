package org.macsec4j.netlink.wire;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.macsec4j.netlink.libc.Sockets;

/**
 * Keeps a few buffers of closed requests for the next ones. A direct buffer costs more than all
 * that is written into it, and what it holds outside the heap goes only when it is collected.
 *
 * <p>Safe for several threads, none of which waits: who finds none left makes one, and one too many
 * is dropped.
 */
final class RequestBuffers {
  /** What most requests fit into. */
  static final int CAPACITY = 512;

  /** A thread has one or two requests in hand. */
  private static final int KEPT = 8;

  private static final AtomicReferenceArray<ByteBuffer> SPARE = new AtomicReferenceArray<>(KEPT);

  private RequestBuffers() {}

  /** A buffer of {@link #CAPACITY} zeros, for one request alone. */
  static ByteBuffer take() {
    for (int i = 0; i < KEPT; i++) {
      ByteBuffer spare = SPARE.getAndSet(i, null);
      if (spare != null) {
        return spare;
      }
    }
    return Sockets.buffer(CAPACITY);
  }

  /**
   * Takes a buffer back.
   *
   * @param buffer full of zeros, and referred to by nobody any more
   */
  static void giveBack(ByteBuffer buffer) {
    if (buffer.capacity() != CAPACITY) {
      return;
    }
    buffer.clear();
    for (int i = 0; i < KEPT; i++) {
      if (SPARE.compareAndSet(i, null, buffer)) {
        return;
      }
    }
  }
}
