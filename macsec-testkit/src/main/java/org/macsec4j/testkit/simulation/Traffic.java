package org.macsec4j.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What users send and get, all the while, and the rules about what must arrive.
 *
 * <p>A sweep follows the frames at a distance that every frame on a healthy wire keeps to, and
 * judges each: whoever it was owed to must have got it. What is owed depends on the time: in a
 * healthy world, frames between two who exchanged frames before in their present lives; after the
 * faults have stopped, frames between all who have a CAK in common.
 */
final class Traffic {
  static final String EVERY_PAIR =
      "after the faults stop, every pair with a common CAK soon exchanges frames, and stays so";
  static final String NO_FRAME_LOST =
      "no frame is lost by a rekey, a join, a leave or a roll-over on a healthy link";

  /** On a healthy wire a frame is there long before. */
  private static final long GRACE_NANOS = 20 * Schedule.MILLIS;

  private static final int SHORTEST = 46;

  private final World world;
  private final SplittableRandom random;
  private final List<UserFrame> frames = new ArrayList<>();
  private final int[][] livesMet;
  private final long[][] lastLost;
  private int judged;
  private long deliveries;
  private boolean ended;
  private long quietSince = Long.MAX_VALUE;
  private long patience;

  Traffic(World world, int hosts, SplittableRandom random) {
    this.world = world;
    this.random = random;
    this.livesMet = new int[hosts][hosts];
    this.lastLost = new long[hosts][hosts];
  }

  /** Every user begins to send. */
  void begin() {
    long interval = world.recipe.trafficNanos();
    for (SimulatedHost host : world.hosts) {
      world.schedule.after(random.nextLong(interval), () -> send(host));
    }
  }

  /** No more frames are sent. */
  void end() {
    ended = true;
  }

  /**
   * From now on nothing is wrong any more, and after some time every frame must arrive.
   *
   * @param limitNanos how much time
   */
  void faultsStopped(long limitNanos) {
    quietSince = world.now();
    patience = limitNanos;
  }

  private void send(SimulatedHost host) {
    if (ended) {
      return;
    }
    world.schedule.after(world.recipe.trafficNanos(), () -> send(host));
    UserFrame frame = new UserFrame(frames.size(), host, world.now(), length());
    frames.add(frame);
    for (SimulatedHost other : world.hosts) {
      if (isOwed(host, other)) {
        frame.owed |= other.bit();
      }
    }
    host.sendUserFrame(frame);
    sweep();
  }

  private int length() {
    int length = UserFrame.HEADER + SHORTEST + random.nextInt(64);
    return random.nextInt(32) == 0 ? length * 12 : length;
  }

  private boolean isOwed(SimulatedHost from, SimulatedHost to) {
    if (to == from || !to.isUp() || !from.isUp() || to.spec.group() != from.spec.group()) {
      return false;
    }
    return world.now() >= quietSince
        || (world.recipe.healthy() && met(from, to) == livesOf(from, to));
  }

  private int met(SimulatedHost from, SimulatedHost to) {
    return livesMet[from.spec.number()][to.spec.number()];
  }

  private static int livesOf(SimulatedHost from, SimulatedHost to) {
    return from.life() << Short.SIZE | to.life();
  }

  /** The SecY of a host delivers a frame to its user. */
  void delivered(SimulatedHost receiver, byte[] octets) {
    UserFrame frame = world.watch.delivered(receiver, octets, frames);
    deliveries++;
    frame.delivered |= receiver.bit();
    SimulatedHost sender = frame.sender;
    if (frame.senderLife == sender.life() && receiver.isUp()) {
      livesMet[sender.spec.number()][receiver.spec.number()] = livesOf(sender, receiver);
    }
  }

  /** Judges all frames that must have come by now. */
  void sweep() {
    while (judged < frames.size() && frames.get(judged).time + GRACE_NANOS <= world.now()) {
      judge(frames.get(judged));
      judged++;
    }
  }

  private void judge(UserFrame frame) {
    int missing = frame.owed & ~frame.delivered;
    if (missing == 0) {
      return;
    }
    for (SimulatedHost receiver : world.hosts) {
      // Whoever died meanwhile cannot have got it.
      if ((missing & receiver.bit()) != 0 && receiver.lifeBegan() <= frame.time) {
        lost(frame, receiver);
      }
    }
  }

  private void lost(UserFrame frame, SimulatedHost receiver) {
    String what =
        frame
            + (frame.key == null ? " was not sent" : " did not come")
            + " to "
            + receiver.spec.name()
            + " ("
            + (frame.key == null ? frame.sender.lastDrop() : receiver.lastDrop())
            + ")";
    if (world.recipe.healthy() && frame.time < quietSince) {
      throw new Violation(NO_FRAME_LOST, what);
    }
    lastLost[frame.sender.spec.number()][receiver.spec.number()] = frame.time;
    if (frame.time > quietSince + patience) {
      throw new Violation(
          EVERY_PAIR,
          what
              + ", "
              + (frame.time - quietSince) / Schedule.MILLIS
              + " ms after the faults stopped");
    }
  }

  /** How long after the stop of the faults the last frame was lost; 0 when none was. */
  long recoveryNanos() {
    long last = quietSince;
    for (long[] row : lastLost) {
      for (long time : row) {
        last = Math.max(last, time);
      }
    }
    return last - quietSince;
  }

  int sent() {
    return frames.size();
  }

  long deliveries() {
    return deliveries;
  }
}
