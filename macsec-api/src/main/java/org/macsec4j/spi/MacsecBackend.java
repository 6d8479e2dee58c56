package org.macsec4j.spi;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.macsec4j.LeftOver;
import org.macsec4j.MacAddress;
import org.macsec4j.MacsecException;
import org.macsec4j.OffloadMode;
import org.macsec4j.PacketNumberThreshold;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyEvent;
import org.macsec4j.SecyId;
import org.macsec4j.SecyResult;
import org.macsec4j.SecySnapshot;

/**
 * Makes, changes and reads SecYs somewhere: in a kernel, a NIC, a simulator.
 *
 * <p>Methods may be called from any thread. They block no longer than the system's answer takes.
 * Whatever is refused is a {@link MacsecException} with its kind; {@link #apply} alone gives it as
 * a result, as the MKA engine copes with it and goes on.
 */
public interface MacsecBackend extends AutoCloseable {
  /**
   * The provider's name.
   *
   * @return for instance {@code linux}
   */
  String name();

  /**
   * What this backend can do at all.
   *
   * @return its capabilities
   */
  BackendCapabilities capabilities();

  /**
   * Makes a SecY, with its secured interface down.
   *
   * @param config what it shall be
   * @return what the backend calls it
   * @throws MacsecException when it is refused; nothing is left behind
   */
  SecyId create(SecyConfig config);

  /**
   * Makes a SecY where an earlier process may have left one.
   *
   * @param config what it shall be
   * @param leftOver what becomes of one that is there; a backend whose SecYs do not outlive it has
   *     none, and does not look at this
   * @return what the backend calls it
   * @throws MacsecException when it is refused
   */
  default SecyId create(SecyConfig config, LeftOver leftOver) {
    return create(config);
  }

  /**
   * What {@link #create(SecyConfig)} does with a SecY that is left over.
   *
   * @return the policy that this backend was opened with
   */
  default LeftOver leftOver() {
    return LeftOver.REFUSE;
  }

  /**
   * Removes a SecY and its secured interface.
   *
   * @param secy which one
   * @throws MacsecException when it is refused, also when it does not exist
   */
  void delete(SecyId secy);

  /**
   * Changes a SecY.
   *
   * @param secy which one
   * @param command the change
   * @return done, or failed with a cause and nothing changed
   */
  SecyResult apply(SecyId secy, SecyCommand command);

  /**
   * Says who protects the frames of a SecY that is down, without channels and SAs. What was set is
   * to be read back, as there are systems that ignore it.
   *
   * @param secy which one
   * @param mode who
   * @throws MacsecException when it is refused: {@link MacsecException.Kind#BUSY} when it is up or
   *     not empty, {@link MacsecException.Kind#UNSUPPORTED} without such hardware, {@link
   *     MacsecException.Kind#LIMIT} when that is full
   * @see org.macsec4j.Secy#changeOffload
   */
  default void setOffload(SecyId secy, OffloadMode mode) {
    if (mode != OffloadMode.SOFTWARE) {
      throw new MacsecException(
          MacsecException.Kind.UNSUPPORTED,
          "cannot offload " + secy + ": the backend " + name() + " knows no hardware");
    }
  }

  /**
   * Reads a SecY.
   *
   * @param secy which one
   * @return what it is now
   * @throws MacsecException when it cannot be read, also when it does not exist
   */
  SecySnapshot read(SecyId secy);

  /**
   * Lists the SecYs, of whatever origin.
   *
   * @return their identifiers, by index
   * @throws MacsecException when they cannot be listed; an empty list means that there are none
   */
  List<SecyId> list();

  /**
   * Reads all SecYs, of whatever origin; for a backend that does that faster than one by one.
   *
   * @return what they are now, by index; one that was removed meanwhile may be missing
   * @throws MacsecException when one cannot be read
   */
  default List<SecySnapshot> readAll() {
    return list().stream().map(this::read).toList();
  }

  /**
   * Watches the SecYs, of whatever origin, with {@link PacketNumberThreshold#DEFAULT}.
   *
   * @param listener is called in order, one event at a time
   * @return stops the watch when closed
   * @throws MacsecException when they cannot be watched
   */
  default Registration watch(Consumer<SecyEvent> listener) {
    return watch(PacketNumberThreshold.DEFAULT, listener);
  }

  /**
   * Watches the SecYs, of whatever origin.
   *
   * @param threshold when an SA shall be told of as one that needs another key; of this listener
   *     alone
   * @param listener is called in order, one event at a time
   * @return stops the watch when closed
   * @throws MacsecException when they cannot be watched
   */
  Registration watch(PacketNumberThreshold threshold, Consumer<SecyEvent> listener);

  /**
   * The MAC address of an interface, of which the SCI is made.
   *
   * @param interfaceName the interface
   * @return its address
   * @throws MacsecException when there is no such interface
   */
  MacAddress addressOf(String interfaceName);

  /**
   * How many frames an interface sent at most, which tells how far the packet numbers of a SecY on
   * it can be where hardware counts them and does not tell.
   *
   * @param interfaceName the interface below
   * @return a number that never falls while the interface exists; empty when it is not known
   * @throws MacsecException when there is no such interface
   */
  default OptionalLong framesSent(String interfaceName) {
    return OptionalLong.empty();
  }

  /**
   * Opens the uncontrolled port of an interface for EAPOL.
   *
   * @param interfaceName the interface whose frames are secured
   * @param receiver is called with each EAPOL frame received, whole, from the destination address
   *     on; one at a time, on the event loop when there is one; never with a frame of this port
   * @return the port; the caller closes it
   * @throws MacsecException when it cannot be opened
   */
  UncontrolledPort openPort(String interfaceName, Consumer<byte[]> receiver);

  /**
   * The loop that time passes on, when this backend has a time of its own.
   *
   * @return the loop; empty for a backend of the real world, whose time is the system's
   */
  default Optional<EventLoop> eventLoop() {
    return Optional.empty();
  }

  /**
   * Where random octets come from, when this backend is a simulation that shall be repeatable.
   *
   * @return the source; empty for a backend of the real world, so that a cryptographically strong
   *     one is used
   */
  default Optional<RandomGenerator> randomness() {
    return Optional.empty();
  }

  /** Gives back what the backend holds. SecYs stay. */
  @Override
  void close();
}
