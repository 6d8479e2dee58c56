package org.macsec4j.mka.statespace;

import java.util.Arrays;

/** The states met so far, by fingerprint: 16 octets each, and what is known of them. */
final class StateTable {
  private static final int NONE = -1;

  private int[] index = new int[1 << 16];
  private long[] high = new long[1 << 15];
  private long[] low = new long[1 << 15];
  private int[] parent = new int[1 << 15];
  private int[] step = new int[1 << 15];
  private int[] next = new int[1 << 15];
  private long[] delay = new long[1 << 15];
  private boolean[] agreed = new boolean[1 << 15];
  private int size;

  StateTable() {
    Arrays.fill(index, NONE);
  }

  int size() {
    return size;
  }

  /** The number of a state; a new one gets the number {@link #size()}. */
  int add(Fingerprint fingerprint, int from, int by) {
    long first = fingerprint.high();
    long second = fingerprint.low();
    int at = slot(first, second);
    if (index[at] != NONE) {
      return index[at];
    }
    if (size == high.length) {
      grow();
      at = slot(first, second);
    }
    index[at] = size;
    high[size] = first;
    low[size] = second;
    parent[size] = from;
    step[size] = by;
    next[size] = NONE;
    return size++;
  }

  /** The number of a state; -1 when it was not met. */
  int find(Fingerprint fingerprint) {
    return index[slot(fingerprint.high(), fingerprint.low())];
  }

  private int slot(long first, long second) {
    int mask = index.length - 1;
    int at = (int) first & mask;
    while (index[at] != NONE && (high[index[at]] != first || low[index[at]] != second)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    int room = 2 * size;
    high = Arrays.copyOf(high, room);
    low = Arrays.copyOf(low, room);
    parent = Arrays.copyOf(parent, room);
    step = Arrays.copyOf(step, room);
    next = Arrays.copyOf(next, room);
    delay = Arrays.copyOf(delay, room);
    agreed = Arrays.copyOf(agreed, room);
    index = new int[2 * room];
    Arrays.fill(index, NONE);
    for (int i = 0; i < size; i++) {
      index[slot(high[i], low[i])] = i;
    }
  }

  /** The state from which a state was met first; -1 for the first one. */
  int parent(int state) {
    return parent[state];
  }

  /** The step by which a state was met first. */
  Step step(int state) {
    return Step.decode(step[state]);
  }

  /** Where the fair step leads, and how much time passes in it. */
  void setFair(int state, int to, long nanos) {
    next[state] = to;
    delay[state] = nanos;
  }

  /** Where the fair step leads; -1 when that was not explored. */
  int fairNext(int state) {
    return next[state];
  }

  long fairDelay(int state) {
    return delay[state];
  }

  void setAgreed(int state, boolean value) {
    agreed[state] = value;
  }

  boolean isAgreed(int state) {
    return agreed[state];
  }
}
