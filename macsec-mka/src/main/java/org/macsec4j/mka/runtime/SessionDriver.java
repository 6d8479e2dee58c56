package org.macsec4j.mka.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.MacsecException;
import org.macsec4j.Sci;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.SecyResult;
import org.macsec4j.TransmitScSnapshot;
import org.macsec4j.mka.MkaConfig;
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
 */
final class SessionDriver {
  private static final Logger LOG = LoggerFactory.getLogger(SessionDriver.class);

  private final MacsecBackend backend;
  private final EventLoop loop;
  private final SecyId secy;
  private final MkaPort engine;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Consumer<MkaEvent>> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean secured;
  private boolean stopped;
  private long scheduledFor = Long.MAX_VALUE;
  private @Nullable UncontrolledPort port;
  private @Nullable Registration timer;
  private @Nullable Registration poll;

  SessionDriver(MacsecBackend backend, EventLoop loop, SecyId secy, MkaConfig config) {
    this.backend = backend;
    this.loop = loop;
    this.secy = secy;
    Sci sci = backend.read(secy).transmitSc().sci();
    EntropySource entropy =
        backend
            .randomness()
            .<EntropySource>map(random -> random::nextBytes)
            .orElseGet(EntropySource::secure);
    this.engine = MkaPort.create(config, sci, entropy);
  }

  /** What the SecY is before any key is agreed on: as configured, with its controlled port down. */
  static SecyConfig secyConfig(String interfaceName, MkaConfig config) {
    CipherSuite first = config.cipherSuites().get(0);
    return SecyConfig.on(interfaceName)
        .port(config.sciPort())
        .cipherSuite(first)
        .confidentialityOffset(
            first.isXpn() && config.confidentialityOffset().octets() > 0
                ? ConfidentialityOffset.OFFSET_0
                : config.confidentialityOffset())
        .validateFrames(config.validateFrames())
        .replayProtection(config.replayProtection())
        .includeSci(config.includeSci())
        .build();
  }

  void start(String interfaceName) {
    lock.lock();
    try {
      port = backend.openPort(interfaceName, this::receive);
      step(now -> engine.handleClock(now, loop.timeOfDay()));
      step(engine::start);
      schedulePoll();
    } finally {
      lock.unlock();
    }
  }

  private void receive(byte[] frame) {
    input(now -> engine.handleFrame(now, frame));
  }

  void rekey() {
    loop.execute(() -> input(engine::rekey));
  }

  /** Tells the engine something at once, so that the caller hears of a mistake. */
  void command(ObjLongConsumer<MkaPort> command) {
    input(now -> command.accept(engine, now));
  }

  /** The keys; none after the end. */
  List<PreSharedKey> keys() {
    lock.lock();
    try {
      return stopped ? List.of() : engine.keys();
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
      step(engine::stop);
      stopped = true;
      cancel(timer);
      cancel(poll);
      if (port != null) {
        port.close();
      }
      return true;
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
      return engine.status();
    } finally {
      lock.unlock();
    }
  }

  Registration onEvent(Consumer<MkaEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
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
    for (MkaOutput output = engine.poll(); output != null; output = engine.poll()) {
      carryOut(output);
    }
    secured = engine.isSecured();
    scheduleDeadline();
  }

  private void carryOut(MkaOutput output) {
    if (output instanceof MkaOutput.Transmit transmit) {
      send(transmit.frame());
    } else if (output instanceof MkaOutput.Apply apply) {
      SecyResult result = backend.apply(secy, apply.command());
      engine.handleResult(loop.nanoTime(), apply.id(), result);
    } else if (output instanceof MkaOutput.Event event) {
      publish(event.event());
    }
  }

  private void send(byte[] frame) {
    try {
      if (port != null) {
        port.send(frame);
      }
    } catch (MacsecException e) {
      LOG.warn("{}: an MKPDU could not be sent: {}", secy, e.getMessage());
      engine.handleTransmitFailure();
    }
  }

  private void publish(MkaEvent event) {
    LOG.debug("{}: {}", secy, event);
    for (Consumer<MkaEvent> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        LOG.warn("{}: a listener failed at {}", secy, event, e);
      }
    }
  }

  private void scheduleDeadline() {
    long deadline = engine.nextDeadline();
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
    engine.handleTimeout(now);
  }

  private void schedulePoll() {
    long next = loop.nanoTime() + engine.packetNumberInterval();
    poll = loop.schedule(next, () -> input(this::pollOnce));
  }

  private void pollOnce(long now) {
    engine.handleClock(now, loop.timeOfDay());
    try {
      TransmitScSnapshot sc = backend.read(secy).transmitSc();
      sc.sas().forEach(sa -> engine.handlePacketNumber(now, sa.an(), sa.nextPn()));
    } catch (MacsecException e) {
      LOG.warn("{}: the packet numbers cannot be read: {}", secy, e.getMessage());
    }
    schedulePoll();
  }
}
