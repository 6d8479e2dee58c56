package org.macsec4j.examples.config;

import java.util.function.Function;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaConfigBuilder;

/**
 * A setting of a format: its name, what it may be in words, how it is read into a configuration,
 * and how it is written.
 *
 * @param name as the format writes it
 * @param range what it may be, for who wrote something else
 * @param read takes the text over; refuses with an {@link IllegalArgumentException}
 * @param write the text that {@code read} takes over
 */
record Knob(String name, String range, Reader read, Function<MkaConfig, String> write) {
  /** Takes a text over. */
  @FunctionalInterface
  interface Reader {
    void read(MkaConfigBuilder config, String text);
  }

  /** A whole number. */
  static Knob number(
      String name, long least, long most, NumberReader read, Function<MkaConfig, Number> write) {
    return new Knob(
        name,
        least + ".." + most,
        (config, text) -> read.read(config, number(text, least, most)),
        config -> write.apply(config).toString());
  }

  /** Takes a number over. */
  @FunctionalInterface
  interface NumberReader {
    void read(MkaConfigBuilder config, long value);
  }

  /** One of two words. */
  static Knob flag(
      String name, String yes, String no, FlagReader read, Function<MkaConfig, Boolean> write) {
    return new Knob(
        name,
        yes + " or " + no,
        (config, text) -> read.read(config, flag(text, yes, no)),
        config -> write.apply(config) ? yes : no);
  }

  /** Takes yes or no over. */
  @FunctionalInterface
  interface FlagReader {
    void read(MkaConfigBuilder config, boolean value);
  }

  static long number(String text, long least, long most) {
    long value = Long.parseLong(text);
    if (value < least || value > most) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }

  private static boolean flag(String text, String yes, String no) {
    if (!text.equals(yes) && !text.equals(no)) {
      throw new IllegalArgumentException("neither");
    }
    return text.equals(yes);
  }
}
