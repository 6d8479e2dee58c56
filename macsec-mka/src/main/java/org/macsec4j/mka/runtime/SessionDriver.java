package org.macsec4j.mka.runtime;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacsecException;
import org.macsec4j.Secy;
import org.macsec4j.SecyId;
import org.macsec4j.SecyResult;
import org.macsec4j.SecySnapshot;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaDiagnosis;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.engine.EntropySource;
import org.macsec4j.mka.engine.MkaOutput;
import org.macsec4j.mka.engine.MkaPort;
import org.macsec4j.spi.EventLoop;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.Registration;
import org.macsec4j.spi.UncontrolledPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one engine: gives it frames, time, answers and packet numbers, and carries out what it
 * asks.
 *
 * <p>The rhythm is always the same: one input, then all outputs until there are none, then one
 * timer for the engine's next deadline. A lock holds the rhythm together, as the status is asked
 * from other threads; inputs themselves come on the loop, one at a time, save start and stop.
 *
 * <p>In each round the SecY is looked at. When it is gone, or others took keys out of it, MKA
 * starts over: at once, or as soon as a SecY can be made again.
 */
final class SessionDriver implements SecyRounds.Member {
  private static final Logger LOG = LoggerFactory.getLogger(SessionDriver.class);

  private final MacsecBackend backend;
  private final EventLoop loop;
  private final SessionSecy secy;
  private final MkaConfig config;
  private final EngineLife life;
  private final EventQueue events;
  private final @Nullable SessionMemory memory;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean secured;
  private boolean stopped;

  /** Why there is no SecY; null when there is one. */
  private @Nullable String lost;

  private boolean unreadable;

  /** Whether the last MKPDU could not be sent. */
  private boolean mute;

  private long scheduledFor = Long.MAX_VALUE;
  private @Nullable UncontrolledPort port;
  private @Nullable Registration timer;
  private @Nullable Registration rounds;

  SessionDriver(
      MacsecBackend backend,
      EventLoop loop,
      SessionSecy secy,
      MkaConfig config,
      SessionOptions options,
      @Nullable SessionMemory memory) {
    this.backend = backend;
    this.loop = loop;
    this.secy = secy;
    EntropySource entropy =
        backend
            .randomness()
            .<EntropySource>map(random -> random::nextBytes)
            .orElseGet(EntropySource::secure);
    this.config = config;
    this.memory = memory;
    this.life = new EngineLife(config, secy.sci(), entropy);
    // Where time is simulated, events are a part of what happens at a time.
    this.events =
        new EventQueue(
            secy.id().name(),
            options.eventQueue(),
            backend.eventLoop().isPresent() ? Runnable::run : EventQueue.thread());
  }

  void start(String interfaceName) {
    lock.lock();
    try {
      port = backend.openPort(interfaceName, this::receive);
      startEngine();
      rounds = SecyRounds.join(backend, loop, life.engine().packetNumberInterval(), this);
    } finally {
      lock.unlock();
    }
  }

  private MkaPort engine() {
    return life.engine();
  }

  /** Starts it in the place of the one before, as far as that is remembered. */
  private void startEngine() {
    if (memory != null) {
      engine().goOn(memory.recall(), memory.age(loop.timeOfDay()));
    }
    step(now -> engine().handleClock(now, loop.timeOfDay()));
    step(now -> engine().start(now));
  }

  private void receive(byte[] frame) {
    input(now -> engine().handleFrame(now, frame));
  }

  void rekey() {
    loop.execute(() -> input(now -> engine().rekey(now)));
  }

  /** Tells the engine something at once, so that the caller hears of a mistake. */
  void command(ObjLongConsumer<MkaPort> command) {
    input(now -> command.accept(engine(), now));
  }

  /** The keys; none after the end. */
  List<PreSharedKey> keys() {
    lock.lock();
    try {
      return stopped ? List.of() : engine().keys();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the engine and lets it undo what it did; false when it was ended before. */
  boolean stop() {
    lock.lock();
    try {
      if (stopped) {
        return false;
      }
      step(now -> engine().stop(now));
      stopped = true;
      cancel(timer);
      cancel(rounds);
      if (port != null) {
        port.close();
      }
      if (memory != null) {
        memory.close();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  private static void cancel(@Nullable Registration registration) {
    if (registration != null) {
      registration.close();
    }
  }

  boolean isSecured() {
    return secured;
  }

  MkaStatus status() {
    lock.lock();
    try {
      MkaStatus status = life.status();
      return lost == null
          ? status
          : status.with(status.counters(), new MkaDiagnosis(MkaDiagnosis.Kind.SECY_REFUSED, lost));
    } finally {
      lock.unlock();
    }
  }

  SessionMetrics metrics() {
    lock.lock();
    try {
      return SessionMetrics.of(status(), secy.counters(), life.number(), events.dropped());
    } finally {
      lock.unlock();
    }
  }

  /** The SecY, which is another one after the first was lost. */
  Secy handle() {
    return secy.handle();
  }

  String interfaceName() {
    lock.lock();
    try {
      return secy.parent();
    } finally {
      lock.unlock();
    }
  }

  Registration onEvent(Consumer<MkaEvent> listener) {
    return events.listen(listener);
  }

  long droppedEvents() {
    return events.dropped();
  }

  /** One input on the loop, unless the session has ended meanwhile. */
  private void input(LongConsumer input) {
    lock.lock();
    try {
      if (!stopped) {
        step(input);
      }
    } finally {
      lock.unlock();
    }
  }

  private void step(LongConsumer input) {
    input.accept(loop.nanoTime());
    for (MkaOutput output = engine().poll(); output != null; output = engine().poll()) {
      carryOut(output);
    }
    secured = lost == null && engine().isSecured();
    scheduleDeadline();
  }

  private void carryOut(MkaOutput output) {
    if (output instanceof MkaOutput.Transmit transmit) {
      send(transmit.frame());
    } else if (output instanceof MkaOutput.Apply apply) {
      remember();
      SecyResult result = secy.apply(apply.command());
      secy.pollNews().ifPresent(events::publish);
      engine().handleResult(loop.nanoTime(), apply.id(), result);
      if (result instanceof SecyResult.Failed failed) {
        lookIfGone(failed.cause());
      }
    } else if (output instanceof MkaOutput.Event event) {
      events.publish(event.event());
    }
  }

  /** Before it is said, and before a key is used; so what comes next knows all that was. */
  private void remember() {
    if (memory != null) {
      memory.keep(engine().lives(), loop.timeOfDay());
    }
  }

  private void send(byte[] frame) {
    try {
      if (port != null) {
        remember();
        port.send(frame);
        mute = false;
      }
    } catch (MacsecException e) {
      // Once, not every two seconds while the interface is down.
      if (!mute) {
        LOG.warn("{}: MKPDUs cannot be sent: {}", secy.id(), e.getMessage());
      }
      mute = true;
      engine().handleTransmitFailure();
      lookIfGone(e);
    }
  }

  /** What is not found may be an SA, or all of the SecY: that is not left to the next round. */
  private void lookIfGone(MacsecException cause) {
    if (cause.kind() == MacsecException.Kind.NOT_FOUND && lost == null && !stopped) {
      loop.execute(() -> SecyRounds.look(backend, this));
    }
  }

  private void scheduleDeadline() {
    long deadline = engine().nextDeadline();
    if (deadline == scheduledFor) {
      return;
    }
    cancel(timer);
    timer = null;
    scheduledFor = deadline;
    if (deadline != Long.MAX_VALUE) {
      timer = loop.schedule(deadline, () -> input(this::timeout));
    }
  }

  private void timeout(long now) {
    scheduledFor = Long.MAX_VALUE;
    engine().handleTimeout(now);
  }

  @Override
  public SecyId secy() {
    return secy.id();
  }

  @Override
  public long version() {
    lock.lock();
    try {
      return secy.version();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void look(long version, Optional<SecySnapshot> now) {
    lock.lock();
    try {
      if (stopped || version != secy.version()) {
        return;
      }
      unreadable = false;
      if (lost == null) {
        now.ifPresentOrElse(this::look, () -> lose(secy.id() + " is gone"));
      }
      if (lost != null) {
        tryAgain();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void unreadable(MacsecException cause) {
    lock.lock();
    try {
      // Once, not each second.
      if (!stopped && !unreadable) {
        LOG.warn("{} cannot be read: {}", secy.id(), cause.getMessage());
      }
      unreadable = true;
    } finally {
      lock.unlock();
    }
  }

  private void look(SecySnapshot now) {
    Optional<String> reason = secy.check(now);
    if (reason.isPresent()) {
      LOG.warn("{}; MKA starts over", reason.get());
      life.renew(loop.nanoTime(), secy.sci());
      secy.empty(now);
      events.publish(new MkaEvent.StartedOver(reason.get()));
      startEngine();
      return;
    }
    step(
        time -> {
          engine().handleClock(time, loop.timeOfDay());
          now.transmitSc()
              .sas()
              .forEach(sa -> engine().handlePacketNumber(time, sa.an(), sa.nextPn()));
          secy.nearlyUsedUp(now, config).forEach(an -> engine().handleMayBeUsedUp(time, an));
        });
  }

  /** The next engine waits for a SecY; it says nothing to the peers meanwhile. */
  private void lose(String reason) {
    LOG.warn("{}; MKA starts over when a SecY can be made on {}", reason, secy.parent());
    life.renew(loop.nanoTime(), secy.sci());
    lost = reason;
    step(now -> {});
    events.publish(new MkaEvent.StartedOver(reason));
  }

  private void tryAgain() {
    try {
      secy.createAgain();
    } catch (MacsecException e) {
      String reason = secy.id() + " is gone, and there is no other yet: " + e.getMessage();
      if (!reason.equals(lost)) {
        LOG.warn("{}", reason);
        lost = reason;
      }
      return;
    }
    lost = null;
    LOG.info("{} was made on {}", secy.id(), secy.parent());
    if (!secy.sci().equals(life.sci())) {
      life.renew(loop.nanoTime(), secy.sci());
    }
    startEngine();
  }

  /** Removes the SecY. */
  void delete() {
    secy.delete();
  }
}
