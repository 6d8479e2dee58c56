package org.macsec4j.mka.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.LeftOver;

/**
 * What a session shall be beside its MKA: the secured interface's name, what becomes of it at the
 * end, how many events may wait, whether its SAKs are written to a file, and what becomes of a SecY
 * that was left.
 *
 * @param deviceName the name of the secured interface; empty to let the backend choose one
 * @param onClose what becomes of the SecY when the session is closed
 * @param eventQueue how many events may wait for a listener, 1..1,000,000
 * @param sakLog where every SAK is written in clear; empty, unless asked for, for nowhere
 * @param leftOver what becomes of a SecY that an earlier process left; empty for what the backend
 *     was told
 */
public record SessionOptions(
    Optional<String> deviceName,
    OnClose onClose,
    int eventQueue,
    Optional<SakLog> sakLog,
    Optional<LeftOver> leftOver) {
  /**
   * The backend chooses the name, the SecY is removed at the end, 1,024 events may wait, no key is
   * written anywhere.
   */
  public static final SessionOptions DEFAULT =
      new SessionOptions(
          Optional.empty(), OnClose.REMOVE, 1024, Optional.empty(), Optional.empty());

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
   * @param sakLog see above
   * @param leftOver see above
   * @throws InvalidConfigurationException with every problem
   */
  public SessionOptions {
    Objects.requireNonNull(deviceName, "deviceName");
    Objects.requireNonNull(onClose, "onClose");
    Objects.requireNonNull(sakLog, "sakLog");
    Objects.requireNonNull(leftOver, "leftOver");
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
    return new SessionOptions(Optional.of(name), onClose, eventQueue, sakLog, leftOver);
  }

  /**
   * These options with another end.
   *
   * @param end what becomes of the SecY
   * @return new options
   */
  public SessionOptions withOnClose(OnClose end) {
    return new SessionOptions(deviceName, end, eventQueue, sakLog, leftOver);
  }

  /**
   * These options with another bound of the events that wait.
   *
   * @param events 1..1,000,000
   * @return new options
   */
  public SessionOptions withEventQueue(int events) {
    return new SessionOptions(deviceName, onClose, events, sakLog, leftOver);
  }

  /**
   * These options with a file that gets every SAK <b>in clear</b>, to decrypt recordings with.
   *
   * @param log the file; see {@link SakLog} for what that means
   * @return new options
   */
  public SessionOptions withSakLog(SakLog log) {
    return new SessionOptions(deviceName, onClose, eventQueue, Optional.of(log), leftOver);
  }

  /**
   * These options with what becomes of a SecY that is in the way, as after a crash.
   *
   * @param policy such as {@link LeftOver#RECONCILE}, which keeps its network addresses
   * @return new options
   */
  public SessionOptions withLeftOver(LeftOver policy) {
    return new SessionOptions(deviceName, onClose, eventQueue, sakLog, Optional.of(policy));
  }
}
