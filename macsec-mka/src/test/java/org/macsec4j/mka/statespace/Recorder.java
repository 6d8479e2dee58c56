package org.macsec4j.mka.statespace;

import java.util.Arrays;
import org.macsec4j.mka.MemberIdentifier;

/**
 * Takes down what an object graph holds, in the order of the walk: words that count as they are,
 * and apart from them times and message numbers, whose meaning depends on when it is asked.
 */
final class Recorder {
  private byte[] words = new byte[1024];
  private int length;
  private Object[] values = new Object[64];
  private int valueCount;
  private long[] times = new long[64];
  private byte[] timeKinds = new byte[64];
  private int timeCount;
  private long[] numbers = new long[64];
  private MemberIdentifier[] speakers = new MemberIdentifier[64];
  private int numberCount;
  private Fingerprint fingerprint = new Fingerprint();
  private boolean silent;

  /** Whether what comes is part of the state; it is recorded in any case. */
  void setSilent(boolean silent) {
    this.silent = silent;
  }

  boolean isSilent() {
    return silent;
  }

  /** A word that counts as it is. */
  void word(long word) {
    write(word);
    hash(word);
  }

  /** A word that counts, and that need not be recorded to make the object again. */
  void hash(long word) {
    if (!silent) {
      fingerprint.add(word);
    }
  }

  /** Octets that count, and need not be recorded. */
  void hash(byte[] octets) {
    if (!silent) {
      fingerprint.add(octets);
    }
  }

  void time(long time, int kind) {
    if (timeCount == times.length) {
      times = Arrays.copyOf(times, 2 * timeCount);
      timeKinds = Arrays.copyOf(timeKinds, 2 * timeCount);
    }
    times[timeCount] = time;
    timeKinds[timeCount++] = (byte) kind;
  }

  /** A message number of a member; null for our own. */
  void number(long number, MemberIdentifier speaker) {
    if (numberCount == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * numberCount);
      speakers = Arrays.copyOf(speakers, 2 * numberCount);
    }
    numbers[numberCount] = number;
    speakers[numberCount++] = speaker;
  }

  /** An object that copies share. */
  void value(Object value) {
    if (valueCount == values.length) {
      values = Arrays.copyOf(values, 2 * valueCount);
    }
    values[valueCount++] = value;
  }

  /** From here on, what counts goes into another fingerprint; the one before is given back. */
  Fingerprint swap(Fingerprint other) {
    Fingerprint before = fingerprint;
    fingerprint = other;
    return before;
  }

  /** A word to make the object again; in zigzag, and seven bits an octet. */
  void write(long word) {
    long rest = (word << 1) ^ (word >> 63);
    if (length + 10 > words.length) {
      words = Arrays.copyOf(words, 2 * words.length);
    }
    while ((rest & ~0x7FL) != 0) {
      words[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    words[length++] = (byte) rest;
  }

  /** All that was taken down; the recorder is empty then. */
  Frozen take() {
    Frozen frozen =
        new Frozen(
            Arrays.copyOf(words, length),
            Arrays.copyOf(values, valueCount),
            Arrays.copyOf(times, timeCount),
            Arrays.copyOf(timeKinds, timeCount),
            Arrays.copyOf(numbers, numberCount),
            Arrays.copyOf(speakers, numberCount),
            fingerprint);
    Arrays.fill(values, 0, valueCount, null);
    length = 0;
    valueCount = 0;
    timeCount = 0;
    numberCount = 0;
    fingerprint = new Fingerprint();
    silent = false;
    return frozen;
  }
}
