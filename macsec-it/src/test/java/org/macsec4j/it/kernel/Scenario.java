package org.macsec4j.it.kernel;

import java.util.function.Consumer;
import org.macsec4j.SecyConfig;

/**
 * What is done to a SecY and what it hears, step by step; the same wherever it is played.
 *
 * @param name what it is about
 * @param config the SecY at the beginning
 * @param script the steps
 */
record Scenario(String name, SecyConfig config, Consumer<Play> script) {
  static Scenario of(String name, SecyConfig.Builder config, Consumer<Play> script) {
    return new Scenario(name, config.build(), script);
  }

  @Override
  public String toString() {
    return name;
  }
}
