package org.macsec4j.testkit.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacAddress;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyResult;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.engine.EntropySource;
import org.macsec4j.mka.engine.MkaOutput;
import org.macsec4j.mka.engine.MkaPort;
import org.macsec4j.testkit.dataplane.SecTag;

/**
 * A host: the MKA engine as a process that can stand still and crash, over a SecY that can outlive
 * it, with a user who sends and receives frames.
 *
 * <p>The engine is driven directly and not through a session, so that commands can be late and fail
 * one by one. Otherwise it is treated as a runtime treats it: one input, all outputs, one timer.
 */
final class SimulatedHost {
  private static final int MAX_INBOX = 64;

  final HostSpec spec;

  private final World world;
  private final SecyCaller caller;
  private final Dialect dialect;
  private final Deque<Consumer<MkaPort>> inbox = new ArrayDeque<>();
  private MkaConfig config;
  private @Nullable MkaPort port;
  private @Nullable DataPlane plane;
  private TransmitKeys transmitKeys = new TransmitKeys();
  private int life;
  private long lifeBegan = Long.MIN_VALUE;
  private long armedFor = Long.MAX_VALUE;
  private boolean paused;
  private boolean deaf;

  /** The answer that was given last in this life; it may not be there yet. */
  private @Nullable Consumer<MkaPort> lastAnswer;

  SimulatedHost(World world, HostSpec spec, SplittableRandom random) {
    this.world = world;
    this.spec = spec;
    this.config = spec.config();
    this.caller = new SecyCaller(this, world, random);
    this.dialect = new Dialect(spec.manner(), config.etherType());
    world.names.host(spec.sci(), spec.name());
    if (spec.manner().isSlow()) {
      world.schedule.after(random.nextLong(spec.manner().tickNanos()), this::tick);
    }
  }

  // What others ask.

  SecyCaller caller() {
    return caller;
  }

  MkaConfig config() {
    return config;
  }

  /** Counts starts and ends: what was begun in a former life is void. */
  int life() {
    return life;
  }

  /** Since when the present life lasts. */
  long lifeBegan() {
    return lifeBegan;
  }

  boolean isUp() {
    return port != null;
  }

  boolean isPaused() {
    return paused;
  }

  /** The engine, for looking at its state. */
  @Nullable MkaPort port() {
    return port;
  }

  TransmitKeys transmitKeys() {
    return transmitKeys;
  }

  int bit() {
    return 1 << spec.number();
  }

  // Life and death.

  /** Starts the MKA process, over whatever SecY there is. */
  void start() {
    if (port != null) {
      return;
    }
    newLife("starts");
    if (plane == null) {
      transmitKeys = new TransmitKeys();
      plane =
          world.sabotage.plant(
              world,
              spec,
              new SoftwareDataPlane(spec.name(), spec.number() + 1, spec.sci(), config));
    } else {
      prepareStaleSecy();
    }
    config.keys().forEach(dialect::learn);
    SplittableRandom chance = new SplittableRandom(world.seed * 31 + spec.number() * 1009L + life);
    EntropySource entropy = chance::nextBytes;
    port = MkaPort.create(config, spec.sci(), entropy);
    armedFor = Long.MAX_VALUE;
    input(started -> started.start(world.now()));
    pollPacketNumbers(life);
  }

  /** What any runtime does with a SecY that it finds: down, and set up as configured. */
  private void prepareStaleSecy() {
    carryOut(new SecyCommand.SetControlledPort(false));
    carryOut(
        new SecyCommand.Change(
            SecyChange.builder()
                .cipherSuite(config.cipherSuites().get(0))
                .confidentialityOffset(SoftwareDataPlane.firstOffset(config))
                .replayProtection(config.replayProtection())
                .build()));
  }

  /** The whole host is gone, without a word. */
  void crash() {
    crashLeavingSecy();
    if (plane != null) {
      plane.destroy();
      plane = null;
    }
  }

  /** The process is gone, without a word; the SecY goes on with what it has. */
  void crashLeavingSecy() {
    newLife("crashes");
    port = null;
  }

  /** The process ends in good order: its SecY is cleaned up. */
  void stop() {
    MkaPort ending = port;
    if (ending == null) {
      return;
    }
    caller.heal();
    unpause();
    ending.stop(world.now());
    // A runtime that ends has the answer to its last command.
    if (lastAnswer != null) {
      lastAnswer.accept(ending);
    }
    for (MkaOutput output = ending.poll(); output != null; output = ending.poll()) {
      if (output instanceof MkaOutput.Apply apply) {
        ending.handleResult(world.now(), apply.id(), carryOut(apply.command()));
      }
    }
    newLife("stops");
    port = null;
  }

  /** The next start is with another configuration. */
  void configure(MkaConfig value) {
    config = value;
  }

  private void newLife(String what) {
    life++;
    lastAnswer = null;
    lifeBegan = world.now();
    inbox.clear();
    dialect.forget();
    paused = false;
    world.trace.line(spec.name(), what + " (life " + life + ")");
  }

  /** The process stands still, as at SIGSTOP; the SecY goes on. */
  void pause(boolean losingInput) {
    paused = true;
    deaf = losingInput;
    world.trace.line(spec.name(), losingInput ? "stands still, deaf" : "stands still");
  }

  void unpause() {
    if (!paused) {
      return;
    }
    paused = false;
    world.trace.line(spec.name(), "goes on, " + inbox.size() + " inputs wait");
    while (!inbox.isEmpty() && !paused) {
      input(inbox.remove());
    }
    input(resumed -> resumed.handleTimeout(world.now()));
  }

  // What comes in.

  /** A frame comes from the wire. */
  void arrive(byte[] frame) {
    if (Segment.etherType(frame) == config.etherType()) {
      if (!(paused && deaf)) {
        input(hearing -> hearing.handleFrame(world.now(), frame));
      }
      return;
    }
    DataPlane receiving = plane;
    if (receiving == null) {
      return;
    }
    byte[] delivered = receiving.validate(frame);
    if (delivered != null) {
      world.traffic.delivered(this, delivered);
    }
  }

  /** The operator adds a CAK; nothing happens when the host has it. */
  void addKey(PreSharedKey key) {
    List<PreSharedKey> keys = new ArrayList<>(config.keys());
    if (keys.contains(key)) {
      return;
    }
    // The primary key is the first one.
    keys.add(key.isFallback() ? keys.size() : 0, key);
    keys(keys, port -> port.addKey(world.now(), key));
  }

  /** The operator takes a CAK away, but never the last one. */
  void removeKey(Ckn ckn) {
    List<PreSharedKey> keys = new ArrayList<>(config.keys());
    if (keys.size() > 1 && keys.removeIf(key -> key.ckn().equals(ckn))) {
      keys(keys, port -> port.removeKey(world.now(), ckn));
    }
  }

  /** The operator puts a CAK into the place of another, which stays until it is removed. */
  void replaceKey(PreSharedKey old, PreSharedKey key) {
    List<PreSharedKey> keys = new ArrayList<>(config.keys());
    if (!keys.contains(key)) {
      keys.add(0, key);
      keys(keys, port -> port.replaceKey(world.now(), old.ckn(), key));
    }
  }

  private void keys(List<PreSharedKey> keys, Consumer<MkaPort> change) {
    config = config.toBuilder().keys(keys.toArray(PreSharedKey[]::new)).build();
    keys.forEach(dialect::learn);
    world.trace.line(spec.name(), "has the CAKs " + keys);
    command(change);
  }

  /** Says that it will be silent for a while; the caller lets it rest. */
  void suspend(Duration time) {
    world.trace.line(spec.name(), "says that it will be silent for " + time);
    command(port -> port.suspend(world.now(), time));
  }

  /** The silence is over, or will not be. */
  void resume() {
    command(port -> port.resume(world.now()));
  }

  /** Asks the engine for a new key. */
  void rekey() {
    command(asked -> asked.rekey(world.now()));
  }

  /** What an operator asks waits for as long as it must; it is not lost as a frame is. */
  private void command(Consumer<MkaPort> asked) {
    if (paused) {
      inbox.add(asked);
    } else {
      input(asked);
    }
  }

  /** An answer while the engine's outputs are being taken. */
  void answer(long commandId, SecyResult result) {
    MkaPort asking = port;
    if (asking != null) {
      asking.handleResult(world.now(), commandId, result);
    }
  }

  /** An answer at a later time, in this life only. */
  void answerAfter(long nanos, long commandId, SecyResult result) {
    int asked = life;
    Consumer<MkaPort> answer = asking -> asking.handleResult(world.now(), commandId, result);
    lastAnswer = answer;
    world.schedule.after(
        nanos,
        () -> {
          if (life == asked) {
            input(answer);
          }
        });
  }

  /** Any input of the engine: it waits while the process stands still. */
  void input(Consumer<MkaPort> input) {
    if (port == null) {
      return;
    }
    if (!paused) {
      input.accept(port);
      drain();
      catchUp();
    } else if (inbox.size() < MAX_INBOX) {
      inbox.add(input);
    }
  }

  private void drain() {
    MkaPort driven = port;
    int outputs = 0;
    while (driven != null && driven == port) {
      MkaOutput output = driven.poll();
      if (output == null) {
        break;
      }
      outputs++;
      world.watch.outputs(this, outputs);
      carryOut(output);
    }
  }

  /** What became due while the process stood still is done first; then there is a next time. */
  private void catchUp() {
    MkaPort driven = port;
    if (driven != null && driven.nextDeadline() <= world.now()) {
      driven.handleTimeout(world.now());
      drain();
    }
    arm();
  }

  private void carryOut(MkaOutput output) {
    if (output instanceof MkaOutput.Transmit transmit) {
      byte[] said = dialect.say(transmit.frame());
      if (said != null) {
        speak(said);
      }
    } else if (output instanceof MkaOutput.Apply apply) {
      caller.call(apply);
    } else if (output instanceof MkaOutput.Event event && world.trace.isOn()) {
      tell(event.event());
    }
  }

  private void tell(MkaEvent event) {
    world.trace.line(spec.name(), "  " + EventText.of(event, world.names));
  }

  private void tick() {
    if (!paused) {
      dialect.tick(this::speak);
    }
    world.schedule.after(spec.manner().tickNanos(), this::tick);
  }

  private void speak(byte[] frame) {
    if (world.trace.isOn()) {
      world.trace.line(spec.name(), "sends " + world.mkpduText.of(frame));
    }
    world.mkpdus++;
    world.watch.onWire(this, frame);
    world.segment.transmit(this, frame);
  }

  /** Has the SecY do something, as the engine or a runtime asks. */
  SecyResult carryOut(SecyCommand command) {
    DataPlane asked = plane;
    if (asked == null) {
      throw new IllegalStateException(spec.name() + " has no SecY");
    }
    SecyResult result = asked.apply(command);
    transmitKeys.answered(command, result);
    return result;
  }

  private void arm() {
    MkaPort armed = port;
    if (armed == null) {
      return;
    }
    long deadline = armed.nextDeadline();
    if (deadline == Long.MAX_VALUE || (deadline >= armedFor && armedFor > world.now())) {
      return;
    }
    world.watch.deadline(this, deadline);
    armedFor = deadline;
    int begun = life;
    world.schedule.at(
        deadline,
        () -> {
          if (life == begun && armedFor == deadline) {
            armedFor = Long.MAX_VALUE;
            if (!paused) {
              input(due -> due.handleTimeout(world.now()));
            }
          }
        });
  }

  private void pollPacketNumbers(int begun) {
    DataPlane polled = plane;
    if (life != begun || polled == null) {
      return;
    }
    if (!paused) {
      for (TransmitSaSnapshot sa : polled.transmitSas()) {
        input(told -> told.handlePacketNumber(world.now(), sa.an(), sa.nextPn()));
      }
      world.watch.state(this);
    }
    MkaPort engine = port;
    long wanted = engine == null ? Long.MAX_VALUE : engine.packetNumberInterval();
    world.schedule.after(
        Math.min(wanted, world.recipe.packetNumberPollNanos()), () -> pollPacketNumbers(begun));
  }

  // The user.

  /** The user sends a frame to all. */
  void sendUserFrame(UserFrame frame) {
    DataPlane sending = plane;
    byte[] wire = sending == null ? null : sending.protect(frame.octets);
    if (wire == null) {
      return;
    }
    SecTag.decode(wire)
        .ifPresent(
            tag -> {
              frame.key = transmitKeys.of(tag.an());
              frame.packetNumber = Integer.toUnsignedLong(tag.packetNumber());
            });
    world.watch.onWire(this, wire);
    world.watch.protectedFrame(this, frame);
    world.segment.transmit(this, wire);
  }

  /** Why the latest frame came to nothing here. */
  String lastDrop() {
    return plane == null ? "no SecY" : plane.lastDrop();
  }

  MacAddress mac() {
    return spec.mac();
  }

  /** One line for a report. */
  String describe() {
    MkaPort described = port;
    return spec.name()
        + " (life "
        + life
        + (paused ? ", paused" : "")
        + "): "
        + (described == null ? "down" : described.status().toString());
  }
}
