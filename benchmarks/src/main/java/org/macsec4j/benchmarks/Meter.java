package org.macsec4j.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What each side of a pair has used, as JMH counters of an iteration.
 *
 * <p>Time is the thread's CPU time, so that other programs on the machine cost neither side. What
 * they still cost, through caches and a shared core, mostly meets both, as the sides take turns of
 * a fraction of a millisecond; where it meets one, the median of some hundred turns ignores it.
 */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class Meter {
  /** Frames in a turn: enough that reading the clock is no part of the result. */
  static final int TURN = 200;

  /**
   * Turns before the first that counts. On a busy machine a warm-up of some seconds may see too few
   * frames; with this many, and {@code -Xbatch}, the compiler has finished.
   */
  private static final int WARMUP_TURNS = 500;

  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MAX_TURNS = 1 << 17;

  private final double[] ours = new double[MAX_TURNS];
  private final double[] bare = new double[MAX_TURNS];
  private int turns;
  private long oursAllocated;
  private long bareAllocated;
  private boolean bareFirst;
  private boolean warm;

  /** A side of a pair: does its operation {@link #TURN} times. */
  @FunctionalInterface
  interface Side {
    void turn() throws Exception;
  }

  /** Forgets the iteration before. */
  @Setup(Level.Iteration)
  public void reset() {
    turns = 0;
    oursAllocated = 0;
    bareAllocated = 0;
  }

  /** One turn of each, in alternating order. */
  void measure(Side oursSide, Side bareSide) throws Exception {
    for (int turn = 0; !warm && turn < WARMUP_TURNS; turn++) {
      oursSide.turn();
      bareSide.turn();
    }
    warm = true;
    bareFirst = !bareFirst;
    if (bareFirst) {
      bareTurn(bareSide);
      oursTurn(oursSide);
    } else {
      oursTurn(oursSide);
      bareTurn(bareSide);
    }
    turns = (turns + 1) % MAX_TURNS;
  }

  private void oursTurn(Side side) throws Exception {
    long bytes = THREAD.getCurrentThreadAllocatedBytes();
    long nanos = THREAD.getCurrentThreadCpuTime();
    side.turn();
    ours[turns] = THREAD.getCurrentThreadCpuTime() - nanos;
    oursAllocated += THREAD.getCurrentThreadAllocatedBytes() - bytes;
  }

  private void bareTurn(Side side) throws Exception {
    long bytes = THREAD.getCurrentThreadAllocatedBytes();
    long nanos = THREAD.getCurrentThreadCpuTime();
    side.turn();
    bare[turns] = THREAD.getCurrentThreadCpuTime() - nanos;
    bareAllocated += THREAD.getCurrentThreadAllocatedBytes() - bytes;
  }

  /** Our time by the bare time: the median of the turns. */
  public double ratio() {
    double[] ratios = new double[turns];
    Arrays.setAll(ratios, turn -> ours[turn] / bare[turn]);
    return median(ratios);
  }

  /** CPU nanoseconds of our operation: the median of the turns. */
  public double oursNanos() {
    return median(Arrays.copyOf(ours, turns)) / TURN;
  }

  /** CPU nanoseconds of the bare operation: the median of the turns. */
  public double bareNanos() {
    return median(Arrays.copyOf(bare, turns)) / TURN;
  }

  /** Octets that our operation allocates: the mean. */
  public double oursBytes() {
    return (double) oursAllocated / turns / TURN;
  }

  /** Octets that the bare operation allocates: the mean. */
  public double bareBytes() {
    return (double) bareAllocated / turns / TURN;
  }

  /** The middle of the values, which get sorted; not a number when there are none. */
  static double median(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 != 0 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
