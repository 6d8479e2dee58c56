package org.macsec4j.testkit.simulation;

import java.util.SplittableRandom;

/**
 * Nothing goes wrong, but much happens: hosts join, leave, crash and come back, keys change. No
 * frame may be lost between two that stay.
 *
 * <p>One promise is not made: in a group, nobody comes or goes while its CAK is changed. A key
 * server that comes back then may meet a member that has the new CAK before it meets those that
 * have only the old one; for some milliseconds it takes that member away from them.
 */
final class HealthyStory {
  private static final long JOINING_NANOS = 4 * Schedule.SECONDS;
  private static final long EVENTFUL_NANOS = 14 * Schedule.SECONDS;
  private static final long CAK_CHANGES_NANOS = 7 * Schedule.SECONDS;
  private static final long STAY_NANOS = Schedule.SECONDS;

  private final World world;
  private final SplittableRandom random;

  HealthyStory(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
  }

  void play() {
    for (SimulatedHost host : world.hosts) {
      world.schedule.at(random.nextLong(JOINING_NANOS), host::start);
    }
    boolean cakChange = mayChangeCaks() && random.nextBoolean();
    boolean comingAndGoing = !cakChange || world.hosts.size() == 2;
    int events = 2 + random.nextInt(6);
    for (int i = 0; i < events; i++) {
      SimulatedHost host = world.hosts.get(random.nextInt(world.hosts.size()));
      Runnable event = comingAndGoing ? event(host) : rekey(host);
      world.schedule.at(random.nextLong(JOINING_NANOS, EVENTFUL_NANOS), event);
    }
    if (cakChange) {
      // Early enough to be over at the end; an operator does one such thing after the other.
      SimulatedHost host = world.hosts.get(random.nextInt(world.hosts.size()));
      world.schedule.at(random.nextLong(JOINING_NANOS, CAK_CHANGES_NANOS), cakChange(host));
    }
    world.schedule.runTo(EVENTFUL_NANOS);
    world.hosts.forEach(SimulatedHost::start);
    world.playQuietEnd(STAY_NANOS);
  }

  /**
   * A member's MKPDUs of one CA do not say which association numbers it uses under another CAK. A
   * key server that comes anew hears that in the other CA; from a slow member it hears it too late.
   */
  private boolean mayChangeCaks() {
    return world.hosts.stream().noneMatch(host -> host.spec.manner().isSlow());
  }

  private Runnable event(SimulatedHost host) {
    long away = random.nextBoolean() ? 0 : random.nextLong(4 * Schedule.SECONDS);
    return switch (random.nextInt(3)) {
      case 0 -> rekey(host);
      case 1 -> () -> leave(host, away, host::crash);
      default -> () -> leave(host, away, host::stop);
    };
  }

  private Runnable rekey(SimulatedHost host) {
    return () -> {
      world.faults.count(Fault.REKEY);
      host.rekey();
    };
  }

  private Runnable cakChange(SimulatedHost host) {
    long away = random.nextLong(4 * Schedule.SECONDS);
    return random.nextBoolean()
        ? world.keyChanges::rollOver
        : () -> world.keyChanges.loseForAWhile(host, away);
  }

  private void leave(SimulatedHost host, long away, Runnable how) {
    if (host.isUp()) {
      how.run();
      world.schedule.after(away, host::start);
    }
  }
}
