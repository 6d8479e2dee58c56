package org.macsec4j.mka.runtime;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException;
import org.macsec4j.Secy;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaNotSecuredException;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.mka.runtime.SessionOptions.OnClose;
import org.macsec4j.spi.EventLoop;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.Registration;

/**
 * MKA on one interface: what an application holds.
 *
 * <pre>{@code
 * try (Macsec macsec = Macsec.open();
 *     MkaSession link = MkaSession.start(macsec, "eth0", config)) {
 *   link.awaitSecured(Duration.ofSeconds(10));
 *   ...
 * }
 * }</pre>
 *
 * <p>The session makes a SecY on the interface, agrees with the peers on keys and installs them,
 * and goes on renewing them until it is closed; then it removes the SecY, or leaves it without a
 * key, as {@link SessionOptions} say. Everything happens on the backend's event loop or, where it
 * has none, on one daemon thread for all sessions of the process.
 *
 * <p>It survives what happens below and beside it: the interface may go down, be renamed, be
 * removed and come back with another address, and others may delete or change the SecY. Within a
 * second, or some seconds where thousands of sessions are, that is noticed, set right with a
 * warning and, when keys were lost, told as {@link MkaEvent.StartedOver}.
 *
 * <p>Safe for several threads.
 */
public final class MkaSession implements AutoCloseable {
  private final SessionDriver driver;
  private final EventLoop loop;
  private final SessionOptions options;
  private final SessionKeys keys;

  private MkaSession(SessionDriver driver, EventLoop loop, SessionOptions options) {
    this.driver = driver;
    this.loop = loop;
    this.options = options;
    this.keys = new SessionKeys(driver);
  }

  /**
   * Starts MKA on an interface, with {@link SessionOptions#DEFAULT}.
   *
   * @param macsec where the SecY is made
   * @param interfaceName the interface whose frames are to be secured
   * @param config keys and settings
   * @return a session that has just begun; see {@link #awaitSecured}
   * @throws MacsecException when the interface or the SecY is refused; nothing is left behind
   */
  public static MkaSession start(Macsec macsec, String interfaceName, MkaConfig config) {
    return start(macsec, interfaceName, config, SessionOptions.DEFAULT);
  }

  /**
   * Starts MKA on an interface.
   *
   * @param macsec where the SecY is made, or taken over if it was told to
   * @param interfaceName the interface whose frames are to be secured
   * @param config keys and settings
   * @param options what the session shall be beside its MKA
   * @return a session that has just begun; see {@link #awaitSecured}
   * @throws MacsecException when the interface, the SecY or a file of the options is refused; no
   *     SecY is left behind
   */
  public static MkaSession start(
      Macsec macsec, String interfaceName, MkaConfig config, SessionOptions options) {
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(options, "options");
    EventLoop loop = macsec.backend().eventLoop().orElseGet(ThreadLoop::shared);
    options.sakLog().ifPresent(log -> log.begin(interfaceName));
    SessionMemory memory = options.memory().map(SessionMemory::open).orElse(null);
    try {
      return begin(macsec, loop, interfaceName, config, options, memory);
    } catch (RuntimeException e) {
      if (memory != null) {
        memory.close();
      }
      throw e;
    }
  }

  private static MkaSession begin(
      Macsec macsec,
      EventLoop loop,
      String interfaceName,
      MkaConfig config,
      SessionOptions options,
      @Nullable SessionMemory memory) {
    MacsecBackend backend = macsec.backend();
    HardwareFit fit = new HardwareFit(backend, interfaceName, config, options);
    SessionSecy secy =
        new SessionSecy(
            macsec, SessionSecy.config(interfaceName, fit.config(), fit.options()), options, fit);
    SessionDriver driver = new SessionDriver(backend, loop, secy, fit.config(), options, memory);
    try {
      driver.start(interfaceName);
      return new MkaSession(driver, loop, options);
    } catch (MacsecException e) {
      // Zeroes the engine's keys as well.
      driver.stop();
      secy.delete();
      throw e;
    }
  }

  /**
   * Waits until the link is secured: a key is agreed on and in use, and user frames may pass.
   *
   * @param timeout how long to wait at most, on the event loop's clock
   * @throws MkaNotSecuredException when it is not in time, with a diagnosis of what was seen
   * @throws InterruptedException when the calling thread is interrupted
   */
  public void awaitSecured(Duration timeout) throws InterruptedException {
    if (!loop.await(this::isSecured, timeout)) {
      MkaStatus status = status();
      throw new MkaNotSecuredException(driver.interfaceName(), timeout, status.diagnosis());
    }
  }

  /**
   * Whether the link is secured now.
   *
   * @return true when a key is in use and user frames may pass
   */
  public boolean isSecured() {
    return driver.isSecured();
  }

  /**
   * What the engine knows.
   *
   * @return a snapshot
   */
  public MkaStatus status() {
    return driver.status();
  }

  /**
   * The SecY below, for its counters.
   *
   * @return the SecY of now; another one after {@link MkaEvent.StartedOver}, when the first was
   *     gone
   */
  public Secy secy() {
    return driver.handle();
  }

  /**
   * The numbers of this session for a monitoring system. Those of the SecY are as of the last look
   * at it, a second ago or some; so thousands of sessions can be asked.
   *
   * @return a snapshot, under names that stay
   */
  public SessionMetrics metrics() {
    return driver.metrics();
  }

  /**
   * Listens to the engine.
   *
   * @param listener is called in order, one event at a time, on one thread for all sessions that
   *     the protocol does not wait for; with a backend that has its own time, on its event loop.
   *     One that blocks delays the others', and {@link #droppedEvents} counts what is lost by it
   * @return ends the listening when closed
   */
  public Registration onEvent(Consumer<MkaEvent> listener) {
    return driver.onEvent(listener);
  }

  /**
   * How many events the listeners did not hear of, as {@link SessionOptions#eventQueue} of them
   * were waiting already.
   *
   * @return the number since the start
   */
  public long droppedEvents() {
    return driver.droppedEvents();
  }

  /**
   * The keys, to be added, replaced and taken away while the session runs.
   *
   * @return the keys of this session
   */
  public SessionKeys keys() {
    return keys;
  }

  /**
   * Asks for a new SAK: makes one when this member is the key server, otherwise does nothing that
   * the key server would notice.
   */
  public void rekey() {
    driver.rekey();
  }

  /**
   * Tells the peers that this member will be silent for a while and that its keys stay in use, as
   * before its process stands still (in-service suspension, 802.1X 9.18). Peers that do not honour
   * that give it up after the life time. Meanwhile this member gives up no peer.
   *
   * @param time how long, 1..120 s, in whole seconds
   * @throws IllegalArgumentException when the time is out of range
   * @throws IllegalStateException when the configured MKA version is 1, which cannot say this
   */
  public void suspend(Duration time) {
    driver.command((engine, now) -> engine.suspend(now, time));
  }

  /** Ends the time of {@link #suspend} before it is over. */
  public void resume() {
    driver.command((engine, now) -> engine.resume(now));
  }

  /**
   * Ends MKA on the interface, and removes the SecY or leaves it down and without a key, see {@link
   * SessionOptions#onClose}. Repeating it does no harm, nor does it that the SecY is gone already.
   */
  @Override
  public void close() {
    if (driver.stop() && options.onClose() == OnClose.REMOVE) {
      driver.delete();
    }
  }

  /**
   * Whether this session was closed.
   *
   * @return true from {@link #close} on; false after a SecY was lost, as the session goes on then
   */
  public boolean isClosed() {
    return driver.isStopped();
  }

  /** The interface and the status in one line. */
  @Override
  public String toString() {
    return secy() + ": " + status();
  }
}
