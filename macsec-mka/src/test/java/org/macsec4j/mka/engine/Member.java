package org.macsec4j.mka.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.macsec4j.Sci;
import org.macsec4j.SecyResult;
import org.macsec4j.mka.FormerLife;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;

/** A port with its stub SecY on the bus of a {@link World}. */
final class Member {
  final World world;
  final String name;
  final Sci sci;
  final MkaConfig config;
  final List<MkaEvent> events = new ArrayList<>();
  final List<byte[]> sent = new ArrayList<>();
  MkaPort port;
  StubSecy secy;
  long commandDelay;

  /** Speaks only at multiples of this after its phase; 0 for at once. */
  long tick;

  long tickPhase;
  private int life;
  private byte[] pending;
  private boolean up;
  private boolean silent;
  private Memory memory = Memory.NONE;
  private long armedFor = Long.MAX_VALUE;

  Member(World world, String name, Sci sci, MkaConfig config) {
    this.world = world;
    this.name = name;
    this.sci = sci;
    this.config = config;
    this.secy = new StubSecy(this);
  }

  /** Counts restarts: what was on its way to a former life does not arrive. */
  int life() {
    return life;
  }

  boolean isUp() {
    return up;
  }

  boolean isSecured() {
    return up && port.isSecured();
  }

  /** What the next life is told of this one, and when that was kept. */
  record Memory(List<FormerLife> lives, long keptAt) {
    static final Memory NONE = new Memory(List.of(), 0);
  }

  /** What was kept before the last MKPDU was sent or command applied. */
  Memory memory() {
    return memory;
  }

  void start() {
    start(Memory.NONE);
  }

  /** Starts, going on where a former life of its was cut off. */
  void start(Memory former) {
    life++;
    up = true;
    silent = false;
    long entropySeed = world.seed * 1_000_003 + name.hashCode() * 31L + life;
    port = MkaPort.create(config, sci, EntropySource.seeded(entropySeed));
    port.goOn(former.lives(), Duration.ofNanos(world.now() - former.keptAt()));
    armedFor = Long.MAX_VALUE;
    world.log(name + " starts");
    port.start(world.now());
    drain();
  }

  /** Vanishes without a word; its SecY is gone too. */
  void crash() {
    crashLeavingSecy();
    secy = new StubSecy(this);
  }

  /** Vanishes without a word; what it installed stays. */
  void crashLeavingSecy() {
    world.log(name + " crashes");
    up = false;
    life++;
  }

  void restart() {
    crash();
    start();
  }

  void stop() {
    port.stop(world.now());
    drain();
    up = false;
  }

  /** The process stands still, as while its software is replaced; its SecY goes on. */
  void freeze() {
    world.log(name + " stands still");
    silent = true;
  }

  boolean isFrozen() {
    return silent;
  }

  /** The process goes on where it stood. */
  void thaw() {
    world.log(name + " goes on");
    silent = false;
    armedFor = Long.MAX_VALUE;
    port.handleTimeout(world.now());
    drain();
  }

  void frame(byte[] frame) {
    if (up && !silent) {
      port.handleFrame(world.now(), frame);
      drain();
    }
  }

  void rekey() {
    port.rekey(world.now());
    drain();
  }

  /** Tells the port something, and carries out what follows. */
  void tell(Consumer<MkaPort> input) {
    input.accept(port);
    drain();
  }

  void drain() {
    MkaOutput output;
    while ((output = port.poll()) != null) {
      if (output instanceof MkaOutput.Transmit transmit) {
        remember();
        sent.add(transmit.frame());
        world.log(name + " sends " + transmit.frame().length);
        transmit(transmit.frame());
      } else if (output instanceof MkaOutput.Apply apply) {
        remember();
        apply(apply);
      } else if (output instanceof MkaOutput.Event event) {
        events.add(event.event());
        world.log(name + " " + event.event());
      }
    }
    arm();
  }

  private void remember() {
    memory = new Memory(port.lives(), world.now());
  }

  private void transmit(byte[] frame) {
    if (tick == 0) {
      world.transmit(this, frame);
      return;
    }
    long ticks = Math.max(0, (world.now() - tickPhase + tick - 1) / tick);
    int sending = life;
    pending = frame;
    world.at(
        tickPhase + ticks * tick,
        () -> {
          if (life == sending && pending != null) {
            world.transmit(this, pending);
            pending = null;
          }
        });
  }

  private void apply(MkaOutput.Apply apply) {
    SecyResult result = secy.apply(apply.command());
    world.log(name + " -> " + apply.command().getClass().getSimpleName() + " " + result);
    int applied = life;
    if (commandDelay == 0) {
      port.handleResult(world.now(), apply.id(), result);
      return;
    }
    world.at(
        world.now() + commandDelay,
        () -> {
          if (life == applied) {
            port.handleResult(world.now(), apply.id(), result);
            drain();
          }
        });
  }

  private void arm() {
    long deadline = port.nextDeadline();
    if (deadline == Long.MAX_VALUE || (deadline >= armedFor && armedFor > world.now())) {
      return;
    }
    if (deadline <= world.now()) {
      throw world.failure(name + " wants a timeout in the past: " + deadline);
    }
    armedFor = deadline;
    int armed = life;
    world.at(
        deadline,
        () -> {
          if (up && !silent && life == armed && armedFor == deadline) {
            armedFor = Long.MAX_VALUE;
            port.handleTimeout(world.now());
            drain();
          }
        });
  }

  long count(Class<? extends MkaEvent> kind) {
    return events.stream().filter(kind::isInstance).count();
  }

  String describe() {
    return name + " " + (up ? port.status() + " " + port.status().peers() : "down") + " " + secy;
  }
}
