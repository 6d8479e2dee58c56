package org.macsec4j.testkit.simulation;

import java.util.SplittableRandom;

/**
 * The way from one host to another, one direction; what is wrong with it can be set at any time.
 */
final class Path {
  private static final int BITS = 8;

  /** Who takes what comes out at the end. */
  interface Exit {
    void at(long time, byte[] frame);
  }

  double loss;
  double duplication;
  double corruption;

  /** What is added to each frame's time. */
  long delayNanos;

  /** What is added at most to some frames' time, so that others overtake them. */
  long jitterNanos;

  int partitions;
  int cuts;

  private final FaultTally faults;
  private final SplittableRandom random;
  private final long baseNanos;
  private long lastArrival;

  Path(FaultTally faults, SplittableRandom random, long baseNanos) {
    this.faults = faults;
    this.random = random;
    this.baseNanos = baseNanos;
  }

  /** Nothing is wrong any more. */
  void heal() {
    mend();
    partitions = 0;
    cuts = 0;
  }

  /** What comes over comes over well. */
  void mend() {
    loss = 0;
    duplication = 0;
    corruption = 0;
    delayNanos = 0;
    jitterNanos = 0;
  }

  /** One of the partitions that stop this path is over. */
  void rejoin() {
    partitions = Math.max(0, partitions - 1);
  }

  /** One of the cuts is mended. */
  void splice() {
    cuts = Math.max(0, cuts - 1);
  }

  /** What becomes of a frame, in words for the trace; empty when it just comes. */
  String carry(long now, byte[] frame, Exit exit) {
    if (partitions > 0) {
      faults.count(Fault.PARTITION);
      return "stopped by the partition";
    }
    if (cuts > 0) {
      faults.count(Fault.ONE_WAY_CUT);
      return "stopped by the cut";
    }
    if (loss > 0 && random.nextDouble() < loss) {
      faults.count(Fault.LOSS);
      return "lost";
    }
    byte[] carried = frame;
    String fate = "";
    if (corruption > 0 && random.nextDouble() < corruption) {
      carried = corrupted(frame);
      faults.count(Fault.CORRUPTION);
      fate = "corrupted";
    }
    fate += pass(now, carried, exit);
    if (duplication > 0 && random.nextDouble() < duplication) {
      faults.count(Fault.DUPLICATION);
      fate += pass(now, carried, exit) + " twice";
    }
    return fate;
  }

  private byte[] corrupted(byte[] frame) {
    byte[] copy = frame.clone();
    int bit = random.nextInt(copy.length * BITS);
    copy[bit / BITS] ^= (byte) (1 << bit % BITS);
    return copy;
  }

  private String pass(long now, byte[] frame, Exit exit) {
    long late = delayNanos;
    if (jitterNanos > 0 && random.nextInt(4) == 0) {
      late += random.nextLong(1, jitterNanos + 1);
    }
    long arrival = now + baseNanos + late;
    if (late > 0) {
      faults.count(Fault.DELAY);
    }
    if (arrival < lastArrival) {
      faults.count(Fault.REORDER);
    }
    lastArrival = Math.max(lastArrival, arrival);
    exit.at(arrival, frame);
    return late > 0 ? " " + late / Schedule.MICROS + " us late" : "";
  }
}
