package org.macsec4j.it.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.macsec4j.Counter;
import org.macsec4j.Counters;
import org.macsec4j.MacsecException;
import org.macsec4j.ReceiveSaSnapshot;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.Secy;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSaSnapshot;

/** Plays a scenario on a stage, and writes down what each step did and all that can be read. */
final class Play {
  private static final int LOOKS = 200;

  private final Stage stage;
  private final Secy secy;
  private final List<Outcome> outcomes = new ArrayList<>();
  private Map<String, Long> counted = new HashMap<>();

  /**
   * What a step did.
   *
   * @param step the step
   * @param seen verdict, what was counted in this step, and packet numbers, by name
   */
  record Outcome(String step, SortedMap<String, String> seen) {
    /** What differs in another play's outcome of the same step. */
    List<Difference> against(Outcome other) {
      TreeSet<String> names = new TreeSet<>(seen.keySet());
      names.addAll(other.seen.keySet());
      return names.stream()
          .filter(name -> !seen(name).equals(other.seen(name)))
          .map(name -> new Difference(step, name, seen(name), other.seen(name)))
          .toList();
    }

    private String seen(String name) {
      return seen.getOrDefault(name, "absent");
    }
  }

  /** One value that two plays have not in common. */
  record Difference(String step, String name, String ours, String theirs) {
    @Override
    public String toString() {
      return step + ": " + name + ": " + ours + " / " + theirs;
    }
  }

  private Play(Stage stage, SecyConfig config) {
    this.stage = stage;
    this.secy = stage.macsec().create(config);
    secy.up();
    stage.secured(secy.id().index());
  }

  /** Plays a scenario and takes its SecY away; the stage is closed at the end. */
  static List<Outcome> of(Scenario scenario, Stage stage) {
    try (stage) {
      SecyConfig config = scenario.config().toBuilder().name(Stage.SECURED).build();
      Play play = new Play(stage, config);
      play.note("the beginning", new TreeMap<>());
      scenario.script().accept(play);
      play.secy.delete();
      return play.outcomes;
    }
  }

  /** What differs between two plays of one scenario, step by step. */
  static List<Difference> differences(List<Outcome> ours, List<Outcome> theirs) {
    List<Difference> all = new ArrayList<>();
    for (int at = 0; at < ours.size(); at++) {
      all.addAll(ours.get(at).against(theirs.get(at)));
    }
    return all;
  }

  /** Asks for something, which may be refused. */
  void does(String what, Consumer<Secy> action) {
    SortedMap<String, String> seen = new TreeMap<>();
    try {
      action.accept(secy);
    } catch (MacsecException refused) {
      seen.put("refused", refused.getClass().getSimpleName() + " " + refused.kind());
    }
    note(what, seen);
  }

  /** A frame comes from the wire. */
  void hears(String what, byte[] frame) {
    stage.fromWire(frame);
    note("hears " + what, new TreeMap<>());
  }

  /** A user sends a frame. */
  void sends(String what, byte[] frame) {
    stage.fromUser(frame);
    note("sends " + what, new TreeMap<>());
  }

  private void note(String step, SortedMap<String, String> seen) {
    List<byte[]> delivered = new ArrayList<>();
    List<byte[]> onWire = new ArrayList<>();
    SecySnapshot before;
    SecySnapshot now = secy.snapshot();
    int looks = 0;
    do {
      before = now;
      stage.settle();
      delivered.addAll(stage.delivered());
      onWire.addAll(stage.onWire());
      now = secy.snapshot();
    } while (!now.equals(before) && ++looks < LOOKS);
    seen.put("delivered", hex(delivered));
    seen.put("on the wire", hex(onWire));
    describe(now, seen);
    outcomes.add(new Outcome(step, seen));
  }

  private static String hex(List<byte[]> frames) {
    return frames.stream().map(HexFormat.of()::formatHex).toList().toString();
  }

  private void describe(SecySnapshot secy, Map<String, String> into) {
    Map<String, Long> counts = new HashMap<>();
    into.put("up", "" + secy.up());
    into.put("operational", "" + secy.operational());
    put(counts, "SecY ", secy.counters());
    put(counts, "transmit SC ", secy.transmitSc().counters());
    into.put("transmit SC encodingSA", "" + secy.transmitSc().encodingSa());
    for (TransmitSaSnapshot sa : secy.transmitSc().sas()) {
      String name = "transmit SA " + sa.an() + " ";
      into.put(name + "nextPn", "" + sa.nextPn());
      into.put(name + "enabled", "" + sa.enabled());
      put(counts, name, sa.counters());
    }
    for (ReceiveScSnapshot sc : secy.receiveScs()) {
      String channel = "receive SC " + sc.sci() + " ";
      into.put(channel + "enabled", "" + sc.enabled());
      put(counts, channel, sc.counters());
      for (ReceiveSaSnapshot sa : sc.sas()) {
        String name = channel + "SA " + sa.an() + " ";
        into.put(name + "nextPn", "" + sa.nextPn());
        sa.lowestPn().ifPresent(lowest -> into.put(name + "lowestPn", "" + lowest));
        into.put(name + "enabled", "" + sa.enabled());
        put(counts, name, sa.counters());
      }
    }
    counts.forEach((name, count) -> into.put(name, "+" + (count - counted.getOrDefault(name, 0L))));
    counted = counts;
  }

  private static <C extends Enum<C> & Counter> void put(
      Map<String, Long> into, String prefix, Counters<C> counters) {
    counters.asMap().forEach((counter, value) -> into.put(prefix + counter, value));
  }
}
