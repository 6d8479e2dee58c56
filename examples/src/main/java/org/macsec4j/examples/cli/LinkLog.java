package org.macsec4j.examples.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lines for people about links, each with the link's name: what happens, and once what is wrong as
 * long as that stays so.
 *
 * <p>What is wrong is for one thread; lines may come from others.
 */
final class LinkLog {
  private final Consumer<String> lines;
  private final Map<String, String> problems = new HashMap<>();

  LinkLog(Consumer<String> lines) {
    this.lines = lines;
  }

  void say(String link, String what) {
    lines.accept(link + ": " + what);
  }

  /** Says what is wrong, unless that was said last. */
  void sayOnce(String link, String problem) {
    if (!problem.equals(problems.put(link, problem))) {
      say(link, problem);
    }
  }

  /** Nothing is wrong with the link any more, or it is another one: what comes is news. */
  void forget(String link) {
    problems.remove(link);
  }
}
