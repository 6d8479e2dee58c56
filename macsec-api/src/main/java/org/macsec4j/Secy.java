package org.macsec4j;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.macsec4j.spi.EventLoop;
import org.macsec4j.spi.MacsecBackend;

/**
 * A handle of a SecY (IEEE 802.1AE clause 10). It holds no state of its own: each question is put
 * to the backend, and each change is applied there before the method returns.
 *
 * <p>Every method throws {@link MacsecException} when the backend refuses, also when the SecY does
 * not exist any more. Safe for several threads.
 */
public final class Secy {
  private final MacsecBackend backend;
  private final SecyId id;
  private final ExhaustionForecast forecast;

  Secy(MacsecBackend backend, SecyId id, ExhaustionForecast forecast) {
    this.backend = backend;
    this.id = id;
    this.forecast = forecast;
  }

  /**
   * What the backend calls it.
   *
   * @return the identifier
   */
  public SecyId id() {
    return id;
  }

  /**
   * Reads everything about it.
   *
   * @return what it is now
   */
  public SecySnapshot snapshot() {
    return backend.read(id);
  }

  /**
   * Reads its configuration.
   *
   * @return the configuration as it is now
   */
  public SecyConfig config() {
    return snapshot().config();
  }

  /**
   * Reads its counters.
   *
   * @return the counters of the SecY and all below it
   */
  public SecyStatistics statistics() {
    return snapshot().statistics();
  }

  /**
   * Its transmit channel.
   *
   * @return a handle
   */
  public TransmitSc transmitSc() {
    return new TransmitSc(this);
  }

  /**
   * Adds a receive channel, enabled and without SAs.
   *
   * @param sci the peer's SCI
   * @return a handle
   */
  public ReceiveSc addReceiveSc(Sci sci) {
    apply(new SecyCommand.CreateReceiveSc(sci));
    return new ReceiveSc(this, sci);
  }

  /**
   * Its receive channels.
   *
   * @return a handle of each, by SCI
   */
  public List<ReceiveSc> receiveScs() {
    return snapshot().receiveScs().stream().map(sc -> new ReceiveSc(this, sc.sci())).toList();
  }

  /**
   * The receive channel of a peer.
   *
   * @param sci the peer's SCI
   * @return a handle, empty when there is no such channel
   */
  public Optional<ReceiveSc> receiveSc(Sci sci) {
    return snapshot().receiveSc(sci).map(sc -> new ReceiveSc(this, sci));
  }

  /**
   * Changes the configuration.
   *
   * @param change what is to differ
   */
  public void change(SecyChange change) {
    apply(new SecyCommand.Change(change));
  }

  /** Enables the controlled port: sets the secured interface up. */
  public void up() {
    apply(new SecyCommand.SetControlledPort(true));
  }

  /** Disables the controlled port: sets the secured interface down. */
  public void down() {
    apply(new SecyCommand.SetControlledPort(false));
  }

  /**
   * Changes who protects its frames, as one operation. As that can be done only to a SecY that is
   * down and empty, its channels and SAs are removed; the secured interface is up again afterwards
   * if it was before, and nothing is sent or received until there are keys. MKA brings new ones by
   * itself, others install some that were never used, or go on above the packet numbers used.
   *
   * @param mode who
   * @throws MacsecException when it is refused; channels and SAs may be gone then, and the mode is
   *     as before, or software when hardware does not take the SecY back; when that is refused too
   *     the SecY is left down and empty. What was met on the way back is suppressed in it
   */
  public void changeOffload(OffloadMode mode) {
    new OffloadChange(backend, id).to(mode);
  }

  /** Removes the SecY and its secured interface. */
  public void delete() {
    backend.delete(id);
    forecast.forget(id);
  }

  /** When the encoding SA's numbers will be used up, at the rate seen between two calls. */
  Optional<Duration> timeToExhaustion() {
    SecySnapshot now = snapshot();
    long nanos = backend.eventLoop().map(EventLoop::nanoTime).orElseGet(System::nanoTime);
    return now.transmitSc()
        .sa(now.transmitSc().encodingSa())
        .flatMap(sa -> forecast.timeLeft(id, sa, now.config().cipherSuite(), nanos));
  }

  /**
   * Applies one command.
   *
   * @param command the change
   * @throws MacsecException when it is refused; nothing has changed then
   */
  public void apply(SecyCommand command) {
    backend.apply(id, command).orThrow();
  }

  /** The name of the secured interface. */
  @Override
  public String toString() {
    return id.name();
  }
}
