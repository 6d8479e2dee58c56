package org.macsec4j.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;

/** What happens to frames on their way to one interface of a medium. */
public final class Impairment implements Impairable<Impairment> {
  private static final Duration DEFAULT_LATENCY = Duration.ofNanos(1000);

  /** A frame, or a copy of it, that is on its way. */
  @SuppressWarnings("ArrayRecordComponent") // carried, never compared
  record Passage(long arrival, byte[] frame) {}

  /** What becomes of a frame: its passages, and what a reader of the capture shall know. */
  record Fate(List<Passage> passages, List<String> remarks) {
    private static Fate lost(String why) {
      return new Fate(List.of(), List.of(why));
    }
  }

  private final Random random;
  private double loss;
  private long latencyNanos = DEFAULT_LATENCY.toNanos();
  private long jitterNanos;
  private double reorder;
  private long reorderNanos;
  private double duplicate;
  private double corrupt;
  private Predicate<byte[]> filter = frame -> true;
  private boolean cut;
  private int cuts;
  private long lastInOrder = Long.MIN_VALUE;

  Impairment(long seed) {
    random = new Random(seed);
  }

  @Override
  public synchronized Impairment loss(double probability) {
    loss = probability("loss", probability);
    return this;
  }

  @Override
  public synchronized Impairment latency(Duration value) {
    latencyNanos = nanos("latency", value);
    return this;
  }

  @Override
  public synchronized Impairment jitter(Duration limit) {
    jitterNanos = nanos("jitter", limit);
    return this;
  }

  @Override
  public synchronized Impairment reorder(double probability, Duration limit) {
    double checked = probability("reorder", probability);
    reorderNanos = nanos("reorder", limit);
    reorder = checked;
    return this;
  }

  @Override
  public synchronized Impairment duplicate(double probability) {
    duplicate = probability("duplicate", probability);
    return this;
  }

  @Override
  public synchronized Impairment corrupt(double probability) {
    corrupt = probability("corrupt", probability);
    return this;
  }

  @Override
  public synchronized Impairment filter(Predicate<byte[]> passes) {
    filter = Objects.requireNonNull(passes, "passes");
    return this;
  }

  @Override
  public synchronized Impairment cut() {
    cut = true;
    cuts++;
    return this;
  }

  @Override
  public synchronized Impairment restore() {
    cut = false;
    return this;
  }

  /** How often it was cut; a frame that meets another number at its arrival was on the way then. */
  synchronized int cuts() {
    return cuts;
  }

  /** Decides about a frame that is sent now. */
  synchronized Fate draw(long now, byte[] frame) {
    boolean lost = random.nextDouble() < loss;
    boolean twice = random.nextDouble() < duplicate;
    boolean flipped = random.nextDouble() < corrupt;
    double bit = random.nextDouble();
    boolean late = random.nextDouble() < reorder;
    long first = arrival(now, random.nextDouble(), late, random.nextDouble());
    double secondJitter = random.nextDouble();
    if (cut) {
      return Fate.lost("cut");
    }
    if (!filter.test(frame)) {
      return Fate.lost("filtered");
    }
    if (lost) {
      return Fate.lost("lost");
    }
    List<String> remarks = new ArrayList<>();
    byte[] carried = flipped ? flip(frame, bit, remarks) : frame;
    List<Passage> passages = new ArrayList<>();
    passages.add(new Passage(first, carried));
    if (late) {
      remarks.add("held back");
    }
    if (twice) {
      remarks.add("duplicated");
      passages.add(new Passage(first + (long) (secondJitter * latencyNanos), carried));
    }
    return new Fate(passages, remarks);
  }

  private long arrival(long now, double jitter, boolean late, double lateness) {
    long onTime = now + latencyNanos + (long) (jitter * jitterNanos);
    if (late) {
      return onTime + (long) (lateness * reorderNanos);
    }
    // A shorter latency, set meanwhile, may overtake; jitter may not.
    lastInOrder = jitterNanos > 0 ? Math.max(lastInOrder, onTime) : onTime;
    return lastInOrder;
  }

  private static byte[] flip(byte[] frame, double where, List<String> remarks) {
    int bit = (int) (where * frame.length * Byte.SIZE);
    byte[] changed = frame.clone();
    changed[bit / Byte.SIZE] ^= (byte) (0x80 >>> (bit % Byte.SIZE));
    remarks.add("bit " + bit % Byte.SIZE + " of octet " + bit / Byte.SIZE + " flipped");
    return changed;
  }

  private static double probability(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " is a probability, 0..1, not " + value);
    }
    return value;
  }

  private static long nanos(String what, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(what + " must not be negative: " + value);
    }
    return value.toNanos();
  }

  /** The faults that are set. */
  @Override
  public synchronized String toString() {
    List<String> faults = new ArrayList<>();
    if (cut) {
      faults.add("cut");
    }
    addUnless0(faults, "loss ", loss);
    faults.add("latency " + Duration.ofNanos(latencyNanos));
    if (jitterNanos > 0) {
      faults.add("jitter " + Duration.ofNanos(jitterNanos));
    }
    addUnless0(faults, "reorder ", reorder);
    addUnless0(faults, "duplicate ", duplicate);
    addUnless0(faults, "corrupt ", corrupt);
    return String.join(", ", faults);
  }

  private static void addUnless0(List<String> faults, String name, double probability) {
    if (probability > 0) {
      faults.add(name + probability);
    }
  }
}
