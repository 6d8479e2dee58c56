package org.macsec4j.mka.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.LeftOver;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.ReplayProtection;

/**
 * What a session shall be beside its MKA: the secured interface's name, what becomes of it at the
 * end, how many events may wait, whether its SAKs are written to a file, what becomes of a SecY
 * that was left, and whether hardware shall do the work.
 *
 * @param deviceName the name of the secured interface; empty to let the backend choose one
 * @param onClose what becomes of the SecY when the session is closed
 * @param eventQueue how many events may wait for a listener, 1..1,000,000
 * @param sakLog where every SAK is written in clear; empty, unless asked for, for nowhere
 * @param leftOver what becomes of a SecY that an earlier process left; empty for what the backend
 *     was told
 * @param offload whether hardware shall protect the frames
 * @param offloadMode the only place of hardware that will do; empty when any will
 * @param offloadReplayWindows replay windows, 0..2^30 - 1, of which the first that the hardware
 *     takes may stand for the configured one where it refuses that; mostly none
 * @param memory the file that lets the next session go on where this one was cut off; empty for
 *     none
 */
public record SessionOptions(
    Optional<String> deviceName,
    OnClose onClose,
    int eventQueue,
    Optional<SakLog> sakLog,
    Optional<LeftOver> leftOver,
    OffloadPolicy offload,
    Optional<OffloadMode> offloadMode,
    List<Integer> offloadReplayWindows,
    Optional<Path> memory) {
  /**
   * The backend chooses the name, the SecY is removed at the end, 1,024 events may wait, no key is
   * written anywhere, software does the work.
   */
  public static final SessionOptions DEFAULT =
      new SessionOptions(
          Optional.empty(),
          OnClose.REMOVE,
          1024,
          Optional.empty(),
          Optional.empty(),
          OffloadPolicy.OFF,
          Optional.empty(),
          List.of(),
          Optional.empty());

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
   * @param offload see above
   * @param offloadMode see above
   * @param offloadReplayWindows see above
   * @param memory see above
   * @throws InvalidConfigurationException with every problem
   */
  public SessionOptions {
    Objects.requireNonNull(deviceName, "deviceName");
    Objects.requireNonNull(onClose, "onClose");
    Objects.requireNonNull(sakLog, "sakLog");
    Objects.requireNonNull(leftOver, "leftOver");
    Objects.requireNonNull(offload, "offload");
    Objects.requireNonNull(offloadMode, "offloadMode");
    Objects.requireNonNull(memory, "memory");
    offloadReplayWindows = List.copyOf(offloadReplayWindows);
    List<String> problems = new ArrayList<>();
    if (eventQueue < 1 || eventQueue > MAX_EVENTS) {
      problems.add("eventQueue: " + eventQueue + " is not in 1..1000000");
    }
    if (deviceName.filter(String::isBlank).isPresent()) {
      problems.add("deviceName: it is blank");
    }
    for (int window : offloadReplayWindows) {
      if (window < 0 || window > ReplayProtection.MAX_WINDOW_XPN) {
        problems.add("offloadReplayWindows: " + window + " is not in 0..1073741823");
      }
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
    Change change = new Change(this);
    change.deviceName = Optional.of(name);
    return change.made();
  }

  /**
   * These options with another end.
   *
   * @param end what becomes of the SecY
   * @return new options
   */
  public SessionOptions withOnClose(OnClose end) {
    Change change = new Change(this);
    change.onClose = end;
    return change.made();
  }

  /**
   * These options with another bound of the events that wait.
   *
   * @param events 1..1,000,000
   * @return new options
   */
  public SessionOptions withEventQueue(int events) {
    Change change = new Change(this);
    change.eventQueue = events;
    return change.made();
  }

  /**
   * These options with a file that gets every SAK <b>in clear</b>, to decrypt recordings with.
   *
   * @param log the file; see {@link SakLog} for what that means
   * @return new options
   */
  public SessionOptions withSakLog(SakLog log) {
    Change change = new Change(this);
    change.sakLog = Optional.of(log);
    return change.made();
  }

  /**
   * These options with what becomes of a SecY that is in the way, as after a crash.
   *
   * @param policy such as {@link LeftOver#RECONCILE}, which keeps its network addresses
   * @return new options
   */
  public SessionOptions withLeftOver(LeftOver policy) {
    Change change = new Change(this);
    change.leftOver = Optional.of(policy);
    return change.made();
  }

  /**
   * These options with hardware that shall, or has to, protect the frames, wherever it is. Of the
   * cipher suites of the session those are taken that the hardware does, or these first.
   *
   * @param policy such as {@link OffloadPolicy#PREFER}
   * @return new options
   */
  public SessionOptions withOffload(OffloadPolicy policy) {
    return withOffload(policy, Optional.empty());
  }

  /**
   * These options with hardware in one place that shall, or has to, protect the frames.
   *
   * @param policy prefer or require
   * @param mode MAC or PHY
   * @return new options
   */
  public SessionOptions withOffload(OffloadPolicy policy, OffloadMode mode) {
    return withOffload(policy, Optional.of(mode));
  }

  SessionOptions withOffload(OffloadPolicy policy, Optional<OffloadMode> mode) {
    Change change = new Change(this);
    change.offload = policy;
    change.offloadMode = mode;
    return change.made();
  }

  /**
   * These options with replay windows that will do as well as the configured one, when hardware
   * refuses that. There is hardware that takes 32, 64, 128 and 256 alone. A wider window lets later
   * frames pass; the session keeps it, also if software takes over later.
   *
   * @param windows 0..2^30 - 1 each, tried in this order
   * @return new options
   */
  public SessionOptions withOffloadReplayWindows(List<Integer> windows) {
    Change change = new Change(this);
    change.offloadReplayWindows = windows;
    return change.made();
  }

  /**
   * These options with a file in which the session keeps under which numbers it speaks, so that the
   * next one with the same keys, as after a crash or an update, goes on in its place. Peers that
   * ignore who comes back with the same SCI for a life time, as a wpa_supplicant does, take it for
   * the one they know, and a key follows at their next hello. Where a key server takes it for the
   * same, too, and gives no key for that, it begins anew after a life time and two hellos.
   *
   * <p>The file holds no secret: identifiers and numbers that go over the wire in clear, and
   * digests of SAKs, so that none is taken again. It is made for its owner alone, and a session has
   * it for itself. A folder that goes with the machine's memory, as {@code /run}, is the right
   * place. Nobody goes on with what was kept before the machine was started, or longer ago than a
   * life time and two hellos. Do not put an older copy there.
   *
   * @param file one for each session
   * @return new options
   */
  public SessionOptions withMemory(Path file) {
    Change change = new Change(this);
    change.memory = Optional.of(file);
    return change.made();
  }

  /** Options of which some are about to be other ones. */
  private static final class Change {
    private Optional<String> deviceName;
    private OnClose onClose;
    private int eventQueue;
    private Optional<SakLog> sakLog;
    private Optional<LeftOver> leftOver;
    private OffloadPolicy offload;
    private Optional<OffloadMode> offloadMode;
    private List<Integer> offloadReplayWindows;
    private Optional<Path> memory;

    Change(SessionOptions from) {
      deviceName = from.deviceName;
      onClose = from.onClose;
      eventQueue = from.eventQueue;
      sakLog = from.sakLog;
      leftOver = from.leftOver;
      offload = from.offload;
      offloadMode = from.offloadMode;
      offloadReplayWindows = from.offloadReplayWindows;
      memory = from.memory;
    }

    SessionOptions made() {
      return new SessionOptions(
          deviceName,
          onClose,
          eventQueue,
          sakLog,
          leftOver,
          offload,
          offloadMode,
          offloadReplayWindows,
          memory);
    }
  }
}
