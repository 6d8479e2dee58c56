package org.macsec4j.examples.config;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
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
record Knob(
    String name,
    String range,
    BiConsumer<MkaConfigBuilder, String> read,
    Function<MkaConfig, String> write) {
  /** A whole number. */
  static Knob number(
      String name,
      long least,
      long most,
      ObjLongConsumer<MkaConfigBuilder> read,
      Function<MkaConfig, Number> write) {
    return new Knob(
        name,
        least + ".." + most,
        (config, text) -> read.accept(config, number(text, least, most)),
        config -> write.apply(config).toString());
  }

  /** One of two words. */
  static Knob flag(
      String name,
      String yes,
      String no,
      BiConsumer<MkaConfigBuilder, Boolean> read,
      Function<MkaConfig, Boolean> write) {
    return new Knob(
        name,
        yes + " or " + no,
        (config, text) -> read.accept(config, flag(text, yes, no)),
        config -> write.apply(config) ? yes : no);
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
