package org.macsec4j.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.PreSharedKey;

/**
 * CAKs come and go at run time, as an operator does it: on one host after the other, also on those
 * that are down, whose configuration then is another one when they start.
 */
final class KeyChanges {
  /** An operator needs so long to change all hosts. */
  private static final long ROUND_NANOS = 3 * Schedule.SECONDS;

  private final World world;
  private final SplittableRandom random;
  private final List<PreSharedKey> current;

  /**
   * The keys of the first group.
   *
   * @param keys its keys when the world begins
   */
  KeyChanges(World world, SplittableRandom random, List<PreSharedKey> keys) {
    this.world = world;
    this.random = random;
    this.current = new ArrayList<>(keys);
  }

  /** The primary key gives way to a new one, on all hosts of the group. */
  void rollOver() {
    world.faults.count(Fault.ROLL_OVER);
    PreSharedKey old = current.get(0);
    PreSharedKey fresh = freshKey(old.cak().length());
    current.set(0, fresh);
    world.trace.line("world", "key " + shorten(old) + " gives way to " + shorten(fresh));
    for (SimulatedHost host : world.hosts) {
      if (host.spec.group() == 0) {
        world.schedule.after(random.nextLong(ROUND_NANOS), () -> host.replaceKey(old, fresh));
        // Whoever restarts meanwhile has both, or it could not speak with all others.
        world.schedule.after(ROUND_NANOS + ROUND_NANOS, () -> host.removeKey(old.ckn()));
      }
    }
  }

  private PreSharedKey freshKey(int octets) {
    Random chance = new Random(random.nextLong());
    return PreSharedKey.of(Ckn.generate(16, chance), Cak.generate(8 * octets, chance));
  }

  private static String shorten(PreSharedKey key) {
    String name = key.ckn().toString();
    return name.substring(0, Math.min(MkpduText.CKN_DIGITS, name.length()));
  }

  /** Whether there is a key to fall back to. */
  boolean hasFallback() {
    return current.size() > 1;
  }

  /** One host loses the primary key for a while; the fallback key carries on. */
  void loseForAWhile(SimulatedHost host, long nanos) {
    if (host.spec.group() != 0 || !hasFallback()) {
      return;
    }
    PreSharedKey lost = current.get(0);
    world.faults.count(Fault.KEY_REMOVED);
    host.removeKey(lost.ckn());
    world.schedule.after(
        nanos,
        () -> {
          // A roll-over may have taken its place meanwhile.
          if (current.contains(lost)) {
            world.faults.count(Fault.KEY_ADDED);
            host.addKey(lost);
          }
        });
  }

  /** Every host of the group has the keys that are valid now, whatever was under way. */
  void settle() {
    for (SimulatedHost host : world.hosts) {
      if (host.spec.group() == 0) {
        current.forEach(host::addKey);
        for (PreSharedKey key : host.config().keys()) {
          if (!current.contains(key)) {
            host.removeKey(key.ckn());
          }
        }
      }
    }
  }
}
