package org.macsec4j.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What happened in a world, one readable line each. Off for exploring, as text costs more than the
 * whole world: a seed that fails is played again with the trace on, and the same happens again.
 */
final class Trace {
  private final Schedule schedule;
  private final boolean on;
  private final List<String> lines = new ArrayList<>();

  Trace(Schedule schedule, boolean on) {
    this.schedule = schedule;
    this.on = on;
  }

  /** Ask first where the line is costly to make. */
  boolean isOn() {
    return on;
  }

  /** A line of somebody: a host, the network, the attacker, the world. */
  void line(String who, String what) {
    if (on) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%12.6f  %-5s %s",
              (double) schedule.now() / Schedule.SECONDS,
              who,
              what));
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
