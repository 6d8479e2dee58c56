package org.macsec4j.testkit.simulation;

import java.util.List;
import java.util.SplittableRandom;
import org.macsec4j.testkit.dataplane.SecTag;

/**
 * What the hosts are joined by: a link when there are two, a hub when there are more. Each pair of
 * hosts has its own path each way, and the attacker hears everything.
 */
final class Segment {
  private static final int ETHER_TYPE_AT = 12;

  private final World world;
  private final Path[][] paths;
  private final Tap tap;

  /** Who hears every frame where it is sent. */
  interface Tap {
    void heard(SimulatedHost from, byte[] frame);
  }

  Segment(World world, int hosts, long baseNanos, SplittableRandom random, Tap tap) {
    this.world = world;
    this.tap = tap;
    this.paths = new Path[hosts][hosts];
    for (Path[] row : paths) {
      for (int to = 0; to < hosts; to++) {
        row[to] = new Path(world.faults, random.split(), baseNanos);
      }
    }
  }

  Path path(int from, int to) {
    return paths[from][to];
  }

  void heal() {
    for (Path[] row : paths) {
      for (Path path : row) {
        path.heal();
      }
    }
  }

  /** A host puts a frame on the wire. */
  void transmit(SimulatedHost from, byte[] frame) {
    tap.heard(from, frame);
    boolean told = world.trace.isOn() && etherType(frame) != SecTag.ETHER_TYPE;
    for (SimulatedHost to : hosts()) {
      if (to == from || world.sabotage.swallows(from, to, frame, world.now())) {
        continue;
      }
      Path path = paths[from.spec.number()][to.spec.number()];
      String fate = path.carry(world.now(), frame, (time, octets) -> deliver(time, to, octets));
      if (told && !fate.isEmpty()) {
        world.trace.line(from.spec.name(), "  to " + to.spec.name() + ": " + fate.strip());
      }
    }
  }

  /** A frame comes out at a host, wherever it is from. */
  void deliver(long time, SimulatedHost to, byte[] frame) {
    world.schedule.at(time, () -> to.arrive(frame));
  }

  private List<SimulatedHost> hosts() {
    return world.hosts;
  }

  static int etherType(byte[] frame) {
    return frame.length < ETHER_TYPE_AT + 2
        ? 0
        : (frame[ETHER_TYPE_AT] & 0xFF) << 8 | (frame[ETHER_TYPE_AT + 1] & 0xFF);
  }
}
