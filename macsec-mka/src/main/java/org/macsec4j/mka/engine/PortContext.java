package org.macsec4j.mka.engine;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacAddress;
import org.macsec4j.Sci;
import org.macsec4j.SecyCommand;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.SakPrint;

/** What all parts of one port share: its settings, its counters, and the way out. */
final class PortContext {
  private static final int FEW = 3;
  private static final int MAX_SERVERS = 64;
  private static final int MAX_KEYS = 64;

  /** MKA Bounded Hello Time (802.1X table 9-3). */
  static final long BOUNDED_HELLO_NANOS = 500_000_000L;

  final MkaConfig config;
  final Sci sci;
  final EntropySource entropy;

  /** The greatest number of the keys that were taken from each key server. */
  final Recollection<MemberIdentifier, Long> keyNumbersTaken = new Recollection<>(MAX_SERVERS);

  /** How the keys that were taken look; {@link SakPrint}. */
  final Recollection<SakPrint, MkaKeyIdentifier> keysTaken = new Recollection<>(MAX_KEYS);

  final PortCounters counters = new PortCounters();
  final long helloNanos;

  /** The time between our own hellos: with delay protection the MKA Bounded Hello Time at most. */
  final long sendNanos;

  final long lifeNanos;
  final long retireNanos;

  /** How a SecY treats frames whose key is agreed on, and as it was made. */
  final Protection protection;

  /** Until when we said that we are silent (802.1X 9.18); {@link Suspension#NONE} otherwise. */
  long suspendedUntil = Suspension.NONE;

  private boolean crowded;
  private Deque<MkaOutput> outputs = new ArrayDeque<>(FEW);

  PortContext(MkaConfig config, Sci sci, EntropySource entropy) {
    this.config = config;
    this.sci = sci;
    this.entropy = entropy;
    this.helloNanos = config.helloTime().toNanos();
    this.sendNanos =
        config.delayProtection() ? Math.min(helloNanos, BOUNDED_HELLO_NANOS) : helloNanos;
    this.lifeNanos = config.lifeTime().toNanos();
    this.retireNanos = config.sakRetireTime().toNanos();
    this.protection = new Protection(true, config.validateFrames());
  }

  /** What another one took is not taken again either. */
  void keepTaken(PortContext other) {
    for (SakPrint print : other.keysTaken.names()) {
      taken(Objects.requireNonNull(other.keysTaken.get(print)), print);
    }
  }

  /** A key is taken, or was in a former life; from now on it is not taken again. */
  void taken(MkaKeyIdentifier key, SakPrint print) {
    Long greatest = keyNumbersTaken.get(key.keyServer());
    if (greatest == null || greatest < key.keyNumber()) {
      keyNumbersTaken.put(key.keyServer(), key.keyNumber());
    }
    keysTaken.put(print, key);
  }

  /** The key server priority that is sent. */
  int keyServerPriority() {
    return KeyServerElection.priority(config.keyServerRole(), config.keyServerPriority());
  }

  /** The key server of us and others; null for a client that is alone. */
  @Nullable Sci elect(Collection<Peer> others) {
    KeyServerElection.Candidate self = new KeyServerElection.Candidate(keyServerPriority(), sci);
    return KeyServerElection.elect(config.keyServerRole(), self, others);
  }

  void event(MkaEvent event) {
    add(new MkaOutput.Event(event));
  }

  void transmit(byte[] frame) {
    counters.mkpdusOut++;
    add(new MkaOutput.Transmit(frame));
  }

  void apply(long id, SecyCommand command) {
    add(new MkaOutput.Apply(id, command));
  }

  void drop(DropReason reason, MacAddress from) {
    counters.drop(reason);
    event(new MkaEvent.FrameDropped(reason, from));
  }

  @Nullable MkaOutput poll() {
    MkaOutput next = outputs.pollFirst();
    if (next == null && crowded) {
      // A port has much to say once, and little for the rest of its life.
      outputs = new ArrayDeque<>(FEW);
      crowded = false;
    }
    return next;
  }

  private void add(MkaOutput output) {
    outputs.addLast(output);
    crowded |= outputs.size() > FEW;
  }
}
