package org.macsec4j.mka.statespace;

import java.util.Arrays;
import org.macsec4j.mka.MemberIdentifier;

/**
 * The places of message numbers in the order of all numbers of the same member that there are in a
 * world.
 *
 * <p>The engine compares the numbers of a member with each other, and gives the next one to what it
 * sends. So what counts of them is their order alone, and how many MKPDUs were sent before does
 * not: a world in which all goes on as before comes back to where it was.
 */
final class Numbering {
  private MemberIdentifier[] speakers = new MemberIdentifier[8];
  private long[][] numbers = new long[8][16];
  private int[] counts = new int[8];
  private int size;
  private boolean sorted;

  /** Takes in a number; zero is none. */
  void add(MemberIdentifier speaker, long number) {
    if (number == 0 || speaker == null) {
      return;
    }
    int at = indexOf(speaker);
    if (at == size) {
      if (size == speakers.length) {
        speakers = Arrays.copyOf(speakers, 2 * size);
        numbers = Arrays.copyOf(numbers, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
      }
      speakers[size++] = speaker;
      numbers[at] = numbers[at] == null ? new long[16] : numbers[at];
    }
    if (counts[at] == numbers[at].length) {
      numbers[at] = Arrays.copyOf(numbers[at], 2 * counts[at]);
    }
    numbers[at][counts[at]++] = number;
  }

  /** The place of a number, from 1 for the lowest of all that were taken in; 0 for none. */
  int place(MemberIdentifier speaker, long number) {
    if (number == 0 || speaker == null) {
      return 0;
    }
    if (!sorted) {
      sort();
    }
    int at = indexOf(speaker);
    return 1 + Arrays.binarySearch(numbers[at], 0, counts[at], number);
  }

  private int indexOf(MemberIdentifier speaker) {
    int at = 0;
    while (at < size && !speakers[at].equals(speaker)) {
      at++;
    }
    return at;
  }

  private void sort() {
    for (int i = 0; i < size; i++) {
      long[] all = numbers[i];
      Arrays.sort(all, 0, counts[i]);
      int distinct = 1;
      for (int j = 1; j < counts[i]; j++) {
        if (all[j] != all[j - 1]) {
          all[distinct++] = all[j];
        }
      }
      counts[i] = distinct;
    }
    sorted = true;
  }

  /** Empty again. */
  void clear() {
    Arrays.fill(counts, 0, size, 0);
    Arrays.fill(speakers, 0, size, null);
    size = 0;
    sorted = false;
  }
}
