package org.macsec4j.testkit.simulation;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Things go wrong, many at once, each for a while; then all is well, and all must be whole again.
 */
final class FaultyStory {
  private static final long JOINING_NANOS = 3 * Schedule.SECONDS;
  private static final long MIN_TROUBLE_NANOS = 8 * Schedule.SECONDS;
  private static final long MAX_TROUBLE_NANOS = 24 * Schedule.SECONDS;
  private static final long STAY_NANOS = 6 * Schedule.SECONDS;
  private static final long MAX_LATE_NANOS = 2 * Schedule.SECONDS;
  private static final long MAX_DELAY_NANOS = Schedule.SECONDS / 2;
  private static final long LONGEST_EPISODE_NANOS = 9 * Schedule.SECONDS;

  private final World world;
  private final SplittableRandom random;
  private final long end;

  FaultyStory(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
    this.end = random.nextLong(MIN_TROUBLE_NANOS, MAX_TROUBLE_NANOS);
  }

  void play() {
    for (SimulatedHost host : world.hosts) {
      world.schedule.at(random.nextLong(JOINING_NANOS), host::start);
    }
    if (random.nextBoolean()) {
      double loss = random.nextDouble() * 0.3;
      eachPath(path -> path.loss = loss);
    }
    int episodes = 3 + random.nextInt(10);
    for (int i = 0; i < episodes; i++) {
      Runnable episode = episode(random.nextInt(18));
      world.schedule.at(random.nextLong(Schedule.SECONDS / 2, end), episode);
    }
    if (world.recipe.hostile()) {
      // A stubborn attacker does not stop with the faults: it alone must not keep hosts apart.
      world.attacker.attackUntil(random.nextInt(4) == 0 ? Long.MAX_VALUE : end);
    }
    world.schedule.runTo(end);
    stop();
    // The faults have stopped when the last frame that they held up is there.
    world.schedule.runTo(end + MAX_DELAY_NANOS);
    world.playQuietEnd(STAY_NANOS);
  }

  /** The last fault is over. */
  private void stop() {
    world.segment.heal();
    for (SimulatedHost host : world.hosts) {
      host.caller().heal();
      host.unpause();
      host.start();
      host.resume();
    }
    world.keyChanges.settle();
  }

  private Runnable episode(int kind) {
    SimulatedHost host = anyHost();
    long length = random.nextLong(1, LONGEST_EPISODE_NANOS);
    return switch (kind) {
      case 0 -> onPaths("loss", path -> path.loss = random.nextDouble() * 0.7, length);
      case 1 ->
          onPaths("delay", path -> path.delayNanos = random.nextLong(MAX_DELAY_NANOS), length);
      case 2 ->
          onPaths("jitter", path -> path.jitterNanos = 1 + random.nextLong(200_000_000L), length);
      case 3 -> onPaths("duplication", path -> path.duplication = random.nextDouble(), length);
      case 4 -> onPaths("corruption", path -> path.corruption = random.nextDouble() / 2, length);
      case 5 -> partition(length);
      case 6, 7 -> cut(host, length);
      case 8, 9 -> pause(host, length);
      case 10 -> () -> away(host, length, host::crash, Fault.CRASH);
      case 11 -> () -> away(host, length, host::crashLeavingSecy, Fault.CRASH_LEAVING_SECY);
      case 12 -> badSecy(host, length);
      case 13 -> () -> reconfigure(host, length);
      case 14 -> world.keyChanges::rollOver;
      case 15 -> () -> world.keyChanges.loseForAWhile(host, length);
      case 16 -> suspension(host);
      default ->
          () -> {
            if (host.isUp()) {
              world.faults.count(Fault.REKEY);
              world.trace.line(host.spec.name(), "is asked for a new key");
              host.rekey();
            }
          };
    };
  }

  private SimulatedHost anyHost() {
    return world.hosts.get(random.nextInt(world.hosts.size()));
  }

  private void eachPath(Consumer<Path> change) {
    for (SimulatedHost from : world.hosts) {
      for (SimulatedHost to : world.hosts) {
        change.accept(world.segment.path(from.spec.number(), to.spec.number()));
      }
    }
  }

  /** Something is wrong with all paths, or with those of one host, for a while. */
  private Runnable onPaths(String what, Consumer<Path> wrong, long length) {
    SimulatedHost only = random.nextBoolean() ? anyHost() : null;
    return () -> {
      String where = only == null ? "everywhere" : "from " + only.spec.name();
      world.trace.line("net", what + " " + where + " for " + length / Schedule.MILLIS + " ms");
      for (SimulatedHost from : world.hosts) {
        for (SimulatedHost to : world.hosts) {
          if (only == null || only == from) {
            Path path = world.segment.path(from.spec.number(), to.spec.number());
            wrong.accept(path);
            world.schedule.after(length, path::mend);
          }
        }
      }
    };
  }

  private Runnable partition(long length) {
    int side = 1 + random.nextInt((1 << world.hosts.size()) - 2);
    return () -> {
      world.trace.line("net", "partition " + sideText(side));
      for (SimulatedHost from : world.hosts) {
        for (SimulatedHost to : world.hosts) {
          if ((side & from.bit()) != 0 != ((side & to.bit()) != 0)) {
            Path path = world.segment.path(from.spec.number(), to.spec.number());
            path.partitions++;
            world.schedule.after(length, path::rejoin);
          }
        }
      }
    };
  }

  private String sideText(int side) {
    StringBuilder text = new StringBuilder();
    StringBuilder rest = new StringBuilder(" | ");
    for (SimulatedHost host : world.hosts) {
      ((side & host.bit()) != 0 ? text : rest).append(host.spec.name());
    }
    return text.append(rest).toString();
  }

  private Runnable cut(SimulatedHost from, long length) {
    SimulatedHost only = random.nextBoolean() ? anyHost() : null;
    return () -> {
      String where = only == null ? "all" : only.spec.name();
      world.trace.line("net", "cut from " + from.spec.name() + " to " + where);
      for (SimulatedHost to : world.hosts) {
        if (only == null || only == to) {
          Path path = world.segment.path(from.spec.number(), to.spec.number());
          path.cuts++;
          world.schedule.after(length, path::splice);
        }
      }
    };
  }

  private Runnable pause(SimulatedHost host, long length) {
    boolean deaf = random.nextBoolean();
    return () -> {
      if (!host.isUp() || host.isPaused()) {
        return;
      }
      world.faults.count(deaf ? Fault.PAUSE_DEAF : Fault.PAUSE);
      host.pause(deaf);
      int life = host.life();
      world.schedule.after(
          length,
          () -> {
            if (host.life() == life) {
              host.unpause();
            }
          });
    };
  }

  /** The process rests, as for its replacement, for as long as it said; sometimes longer. */
  private Runnable suspension(SimulatedHost host) {
    int seconds = 1 + random.nextInt(10);
    long rest = random.nextLong(seconds * 3 / 2 * Schedule.SECONDS + 1);
    return () -> {
      if (!host.isUp() || host.isPaused() || host.config().mkaVersion() < 2) {
        return;
      }
      world.faults.count(Fault.SUSPENSION);
      host.suspend(Duration.ofSeconds(seconds));
      host.pause(random.nextBoolean());
      int life = host.life();
      world.schedule.after(
          rest,
          () -> {
            if (host.life() == life) {
              host.unpause();
              host.resume();
            }
          });
    };
  }

  private void away(SimulatedHost host, long length, Runnable how, Fault fault) {
    if (host.isUp()) {
      world.faults.count(fault);
      how.run();
      // Often at once: what is on its way to the former life then comes to the new one.
      world.schedule.after(random.nextInt(3) == 0 ? 0 : length, host::start);
    }
  }

  private void reconfigure(SimulatedHost host, long length) {
    if (host.isUp()) {
      world.faults.count(Fault.RECONFIGURATION);
      host.stop();
      host.configure(
          host.config().toBuilder()
              .keyServerPriority(random.nextInt(8))
              .mkaVersion(anyVersion(host))
              .build());
      world.schedule.after(random.nextBoolean() ? 0 : length, host::start);
    }
  }

  /** Who can do several suites has to be able to say so, and so has not version 1. */
  private int anyVersion(SimulatedHost host) {
    return random.nextInt(host.config().cipherSuites().size() > 1 ? 2 : 1, 4);
  }

  private Runnable badSecy(SimulatedHost host, long length) {
    int kind = random.nextInt(3);
    double share = random.nextBoolean() ? 1 : random.nextDouble();
    return () -> {
      world.trace.line(host.spec.name(), "has a SecY with moods for " + length / Schedule.MILLIS);
      switch (kind) {
        case 0 -> host.caller().refuse(share);
        case 1 -> host.caller().beLate(random.nextLong(1, MAX_LATE_NANOS), end);
        default -> host.caller().repeatAnswers(share);
      }
      world.schedule.after(length, host.caller()::heal);
    };
  }
}
