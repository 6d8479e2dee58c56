package org.macsec4j.examples.inspect;

/** Nanoseconds as people and programs read them. */
final class Times {
  private static final long NANOS = 1_000_000_000L;

  private Times() {}

  /** Seconds with six decimals, or nine when they are needed. */
  static String seconds(long nanos) {
    if (nanos < 0) {
      return "-" + seconds(-nanos);
    }
    long whole = nanos / NANOS;
    long fraction = nanos % NANOS;
    boolean micros = fraction % 1000 == 0;
    String digits = Long.toString(micros ? fraction / 1000 : fraction);
    return whole + "." + "0".repeat((micros ? 6 : 9) - digits.length()) + digits;
  }

  /** Seconds with three decimals, cut. */
  static String millis(long nanos) {
    String text = seconds(nanos);
    return text.substring(0, text.indexOf('.') + 4);
  }
}
