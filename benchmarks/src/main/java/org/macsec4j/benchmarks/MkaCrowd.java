package org.macsec4j.benchmarks;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacAddress;
import org.macsec4j.Sci;
import org.macsec4j.SecyResult;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.engine.EntropySource;
import org.macsec4j.mka.engine.MkaOutput;
import org.macsec4j.mka.engine.MkaPort;

/**
 * Many ports in virtual time with SecYs that do whatever they are told: no data frames, no faults,
 * and as little of its own as can be, since it is measured along with the ports.
 *
 * <p>Time goes in milliseconds over a ring of slots, which is longer than any hello.
 */
final class MkaCrowd {
  private static final long MILLI = 1_000_000L;
  private static final int SLOTS = 16_384;

  /** A frame for a port, or a deadline of it. */
  @SuppressWarnings("ArrayRecordComponent") // octets on their way, never compared
  private record Task(int port, byte @Nullable [] frame) {}

  private final MkaPort[] ports;
  private final long[] armedFor;
  private final int groupSize;
  private final Queue<Task>[] slots;
  private long milli;

  @SuppressWarnings({"unchecked", "rawtypes"})
  MkaCrowd(MkaConfig config, int members, int groupSize) {
    this.groupSize = groupSize;
    this.ports = new MkaPort[members];
    this.armedFor = new long[members];
    this.slots = new Queue[SLOTS];
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new ArrayDeque<>(1);
    }
    EntropySource entropy = EntropySource.seeded(1);
    for (int i = 0; i < members; i++) {
      Sci sci = new Sci(new MacAddress(0x0200_0000_0000L + i), 1);
      ports[i] = MkaPort.create(config, sci, entropy);
    }
    Arrays.fill(armedFor, Long.MAX_VALUE);
  }

  int members() {
    return ports.length;
  }

  /** Starts them within two seconds, group after group. */
  void start() {
    for (int i = 0; i < ports.length; i++) {
      while (milli < 2000L * (i - i % groupSize) / ports.length) {
        tick();
      }
      ports[i].start(milli * MILLI);
      drain(i);
    }
  }

  /** Lets seconds pass. */
  void run(int seconds) {
    long end = milli + 1000L * seconds;
    while (milli < end) {
      tick();
    }
  }

  boolean allSecured() {
    return Arrays.stream(ports).allMatch(MkaPort::isSecured);
  }

  private void tick() {
    milli++;
    Queue<Task> slot = slots[(int) (milli % SLOTS)];
    for (Task task = slot.poll(); task != null; task = slot.poll()) {
      MkaPort port = ports[task.port];
      if (task.frame != null) {
        port.handleFrame(milli * MILLI, task.frame);
        drain(task.port);
      } else if (armedFor[task.port] <= milli) {
        armedFor[task.port] = Long.MAX_VALUE;
        port.handleTimeout(milli * MILLI);
        drain(task.port);
      }
    }
  }

  private void drain(int index) {
    MkaPort port = ports[index];
    for (MkaOutput output = port.poll(); output != null; output = port.poll()) {
      if (output instanceof MkaOutput.Transmit transmit) {
        deliver(index, transmit.frame());
      } else if (output instanceof MkaOutput.Apply apply) {
        port.handleResult(milli * MILLI, apply.id(), SecyResult.done());
      }
    }
    arm(index, port.nextDeadline());
  }

  private void deliver(int from, byte[] frame) {
    int first = from - from % groupSize;
    for (int to = first; to < Math.min(first + groupSize, ports.length); to++) {
      if (to != from) {
        slots[(int) ((milli + 1) % SLOTS)].add(new Task(to, frame));
      }
    }
  }

  private void arm(int index, long deadline) {
    if (deadline == Long.MAX_VALUE) {
      return;
    }
    long at = Math.max(milli + 1, (deadline + MILLI - 1) / MILLI);
    at = Math.min(at, milli + SLOTS - 1);
    if (at < armedFor[index]) {
      armedFor[index] = at;
      slots[(int) (at % SLOTS)].add(new Task(index, null));
    }
  }
}
