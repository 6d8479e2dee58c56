package org.macsec4j.mka.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.macsec4j.InvalidConfigurationException;

/**
 * What a session shall be beside its MKA: the secured interface's name, what becomes of it at the
 * end, and how many events may wait.
 *
 * @param deviceName the name of the secured interface; empty to let the backend choose one
 * @param onClose what becomes of the SecY when the session is closed
 * @param eventQueue how many events may wait for a listener, 1..1,000,000
 */
public record SessionOptions(Optional<String> deviceName, OnClose onClose, int eventQueue) {
  /** The backend chooses the name, the SecY is removed at the end, 1,024 events may wait. */
  public static final SessionOptions DEFAULT =
      new SessionOptions(Optional.empty(), OnClose.REMOVE, 1024);

  private static final int MAX_EVENTS = 1_000_000;

  /** What becomes of the SecY when a session is closed. */
  public enum OnClose {
    /** It is removed, and with it the secured interface and its network addresses. */
    REMOVE,
    /**
     * It stays, down and without a key, with its network addresses, so that nothing is sent into
     * the void. A session that starts later takes it over when the backend was told to.
     */
    LEAVE
  }

  /**
   * Checks the values.
   *
   * @param deviceName see above
   * @param onClose see above
   * @param eventQueue see above
   * @throws InvalidConfigurationException with every problem
   */
  public SessionOptions {
    Objects.requireNonNull(deviceName, "deviceName");
    Objects.requireNonNull(onClose, "onClose");
    List<String> problems = new ArrayList<>();
    if (eventQueue < 1 || eventQueue > MAX_EVENTS) {
      problems.add("eventQueue: " + eventQueue + " is not in 1..1000000");
    }
    if (deviceName.filter(String::isBlank).isPresent()) {
      problems.add("deviceName: it is blank");
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException("options of a session", problems);
    }
  }

  /**
   * These options with a name for the secured interface.
   *
   * @param name such as {@code macsec0}; the backend says what it takes
   * @return new options
   */
  public SessionOptions withDeviceName(String name) {
    return new SessionOptions(Optional.of(name), onClose, eventQueue);
  }

  /**
   * These options with another end.
   *
   * @param end what becomes of the SecY
   * @return new options
   */
  public SessionOptions withOnClose(OnClose end) {
    return new SessionOptions(deviceName, end, eventQueue);
  }

  /**
   * These options with another bound of the events that wait.
   *
   * @param events 1..1,000,000
   * @return new options
   */
  public SessionOptions withEventQueue(int events) {
    return new SessionOptions(deviceName, onClose, events);
  }
}
