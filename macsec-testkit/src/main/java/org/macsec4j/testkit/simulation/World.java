package org.macsec4j.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.macsec4j.mka.wire.MkpduDecoder;

/**
 * Hosts on a segment, with users, mishaps and perhaps an attacker. Everything in it follows from
 * the seed: equal seeds give equal worlds, octet for octet and step for step.
 *
 * <p>Each part draws from a stream of its own, so that one more draw in one part changes nothing in
 * another. Nothing may ask the real clock, a thread, or the order of a hash.
 */
final class World {
  final long seed;
  final Recipe recipe;
  final Sabotage sabotage;
  final Schedule schedule = new Schedule();
  final Trace trace;
  final Names names = new Names();
  final MkpduText mkpduText;
  final FaultTally faults = new FaultTally();
  final Watch watch;
  final Traffic traffic;
  final Segment segment;
  final Attacker attacker;
  final KeyChanges keyChanges;
  final List<SimulatedHost> hosts;
  long mkpdus;

  World(Recipe recipe, boolean tracing, Sabotage sabotage) {
    this.seed = recipe.seed();
    this.recipe = recipe;
    this.sabotage = sabotage;
    this.trace = new Trace(schedule, tracing);
    this.mkpduText =
        new MkpduText(
            MkpduDecoder.DEFAULT.withEtherTypes(recipe.hosts().get(0).config().etherType()), names);
    this.watch = new Watch(this);
    int count = recipe.hosts().size();
    this.keyChanges = new KeyChanges(this, stream("keys"), recipe.hosts().get(0).config().keys());
    this.traffic = new Traffic(this, count, stream("traffic"));
    this.attacker = new Attacker(this, stream("attacker"));
    this.segment = new Segment(this, count, recipe.pathNanos(), stream("segment"), attacker);
    this.hosts = new ArrayList<>();
    trace.line("world", "seed " + seed + ": " + recipe);
    for (HostSpec spec : recipe.hosts()) {
      trace.line("world", spec.toString());
      hosts.add(new SimulatedHost(this, spec, stream(spec.name())));
    }
  }

  long now() {
    return schedule.now();
  }

  /** A stream of chance of its own for a part. */
  private SplittableRandom stream(String part) {
    return new SplittableRandom(seed * 0x9E37_79B9_7F4A_7C15L + part.hashCode());
  }

  /** Plays the world to its end; a rule that does not hold, or an error, ends it before. */
  void play() {
    SplittableRandom story = stream("story");
    traffic.begin();
    if (recipe.healthy()) {
      new HealthyStory(this, story).play();
    } else {
      new FaultyStory(this, story).play();
    }
  }

  /** What every story ends with: all must be whole again soon, and stay so for a while. */
  void playQuietEnd(long stayNanos) {
    traffic.faultsStopped(recipe.patienceNanos());
    trace.line("world", "nothing is wrong any more");
    schedule.runTo(now() + recipe.patienceNanos());
    watch.quiet();
    schedule.runTo(now() + stayNanos);
    watch.quiet();
    traffic.end();
    schedule.runTo(now() + Schedule.SECONDS / 10);
    traffic.sweep();
  }
}
