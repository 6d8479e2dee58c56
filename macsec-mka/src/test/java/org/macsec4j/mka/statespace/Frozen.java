package org.macsec4j.mka.statespace;

import org.macsec4j.mka.MemberIdentifier;

/** An object graph, taken apart and never changed: {@link ObjectGraph} puts it together again. */
final class Frozen {
  final byte[] words;
  final Object[] values;
  private final long[] times;
  private final byte[] timeKinds;
  private final long[] numbers;
  private final MemberIdentifier[] speakers;
  private final Fingerprint plain;

  Frozen(
      byte[] words,
      Object[] values,
      long[] times,
      byte[] timeKinds,
      long[] numbers,
      MemberIdentifier[] speakers,
      Fingerprint plain) {
    this.words = words;
    this.values = values;
    this.times = times;
    this.timeKinds = timeKinds;
    this.numbers = numbers;
    this.speakers = speakers;
    this.plain = plain;
  }

  /** How much there is: grows with what the objects hold. */
  int size() {
    return words.length + values.length;
  }

  /** Takes in the message numbers. */
  void addTo(Numbering numbering, MemberIdentifier self) {
    for (int i = 0; i < numbers.length; i++) {
      numbering.add(speakers[i] == null ? self : speakers[i], numbers[i]);
    }
  }

  /**
   * What the graph is, apart from when: two that differ in nothing but the time of day, and in how
   * many MKPDUs were sent before, are the same.
   *
   * @param numbering the message numbers of all
   * @param self whose it is, for its own numbers; null for nobody's
   * @param now the time
   * @param lastCalled when it was last called
   */
  void addTo(
      Fingerprint target, Numbering numbering, MemberIdentifier self, long now, long lastCalled) {
    target.add(plain);
    for (int i = 0; i < times.length; i++) {
      target.add(Roles.meaning(timeKinds[i], times[i], now, lastCalled));
    }
    for (int i = 0; i < numbers.length; i++) {
      target.add(numbering.place(speakers[i] == null ? self : speakers[i], numbers[i]));
    }
  }

  /** What {@link #addTo} takes in, for messages: the plain part hashed, times in microseconds. */
  String describe(Numbering numbering, MemberIdentifier self, long now, long lastCalled) {
    StringBuilder text = new StringBuilder(Long.toHexString(plain.high())).append(" times");
    for (int i = 0; i < times.length; i++) {
      long meaning = Roles.meaning(timeKinds[i], times[i], now, lastCalled);
      text.append(' ').append(timeKinds[i]).append(':').append(meaning / 1_000);
    }
    text.append(" numbers");
    for (int i = 0; i < numbers.length; i++) {
      MemberIdentifier speaker = speakers[i] == null ? self : speakers[i];
      text.append(' ').append(numbering.place(speaker, numbers[i]));
    }
    return text.toString();
  }

  /** What the graph is, and when. */
  Fingerprint exact() {
    Fingerprint exact = new Fingerprint();
    exact.add(plain);
    for (long time : times) {
      exact.add(time);
    }
    for (long number : numbers) {
      exact.add(number);
    }
    return exact;
  }
}
