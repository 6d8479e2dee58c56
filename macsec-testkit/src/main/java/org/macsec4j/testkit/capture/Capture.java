package org.macsec4j.testkit.capture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * A recording of frames in memory. Each frame is there where it was sent and where it arrived, so
 * that one that was lost on the way is seen only once, with a comment that says why.
 *
 * <p>It keeps the newest frames up to a limit of octets and forgets the oldest beyond it. Safe for
 * several threads.
 */
public final class Capture {
  /** How many octets of frames are kept unless asked otherwise: 64 MiB. */
  public static final long DEFAULT_LIMIT = 64L << 20;

  /** Whether an interface sent or received a frame. */
  public enum Direction {
    /** Received. */
    INBOUND(1),
    /** Sent. */
    OUTBOUND(2);

    private final int flag;

    Direction(int flag) {
      this.flag = flag;
    }

    /** The value in the flags of an Enhanced Packet Block. */
    int flag() {
      return flag;
    }
  }

  /**
   * A frame at an interface.
   *
   * @param interfaceName the interface, with its host
   * @param nanoTime the virtual time, in nanoseconds
   * @param direction whether the interface sent or received it
   * @param frame from the destination address to the last octet before the FCS; shared, not to be
   *     changed
   * @param comments what is known about it
   */
  @SuppressWarnings("ArrayRecordComponent") // shared on purpose; nobody compares recorded frames
  public record Recorded(
      String interfaceName,
      long nanoTime,
      Direction direction,
      byte[] frame,
      List<String> comments) {
    /**
     * Copies the comments.
     *
     * @param interfaceName the interface, with its host
     * @param nanoTime the virtual time, in nanoseconds
     * @param direction whether the interface sent or received it
     * @param frame the frame, shared
     * @param comments what is known about it
     */
    public Recorded {
      comments = List.copyOf(comments);
    }

    /** One line for people; without the octets. */
    @Override
    public String toString() {
      return Duration.ofNanos(nanoTime)
          + " "
          + interfaceName
          + " "
          + direction
          + " "
          + frame.length
          + " octets "
          + comments;
    }
  }

  private final long limit;
  private final List<String> interfaces = new ArrayList<>();
  private final Deque<Recorded> frames = new ArrayDeque<>();
  private final List<String> notes = new ArrayList<>();
  private long octets;
  private long forgotten;

  /** A recording with the default limit. */
  public Capture() {
    this(DEFAULT_LIMIT);
  }

  /**
   * A recording with a limit.
   *
   * @param limit how many octets of frames are kept, 0 or more
   */
  public Capture(long limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("the limit of a capture is 0 octets or more: " + limit);
    }
    this.limit = limit;
  }

  /**
   * Adds an interface.
   *
   * @param name its name, for instance {@code a/eth0}
   * @return its number
   */
  public synchronized int addInterface(String name) {
    interfaces.add(Objects.requireNonNull(name, "name"));
    return interfaces.size() - 1;
  }

  /**
   * Records a frame. The notes since the last one become comments of it.
   *
   * @param interfaceNumber what {@link #addInterface} gave
   * @param nanoTime the virtual time, in nanoseconds
   * @param direction whether the interface sent or received it
   * @param frame the frame; kept, not to be changed
   * @param comments about it
   */
  public synchronized void frame(
      int interfaceNumber,
      long nanoTime,
      Direction direction,
      byte[] frame,
      List<String> comments) {
    List<String> all = new ArrayList<>(notes);
    notes.clear();
    all.addAll(comments);
    frames.addLast(new Recorded(interfaces.get(interfaceNumber), nanoTime, direction, frame, all));
    octets += frame.length;
    while (octets > limit) {
      octets -= frames.removeFirst().frame.length;
      forgotten++;
    }
  }

  /**
   * Notes what just happened, for whoever reads the recording: it becomes a comment of the next
   * frame. Never a key.
   *
   * @param text a line
   */
  public synchronized void note(String text) {
    notes.add(Objects.requireNonNull(text, "text"));
  }

  /**
   * How many frames are kept.
   *
   * @return the number, a frame that was sent and arrived counting twice
   */
  public synchronized int size() {
    return frames.size();
  }

  /**
   * The frames.
   *
   * @return those that are kept, by time
   */
  public synchronized List<Recorded> frames() {
    return List.copyOf(frames);
  }

  /** Forgets all frames and notes; the interfaces stay. */
  public synchronized void clear() {
    frames.clear();
    notes.clear();
    octets = 0;
    forgotten = 0;
  }

  /**
   * Writes all frames as a pcapng file, which Wireshark opens. It holds no keys.
   *
   * @param file the file; replaced when it exists, its folder is made when it does not
   * @throws UncheckedIOException when it cannot be written
   */
  public void writeTo(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      writeTo(Files.newOutputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the capture " + file + ": " + e, e);
    }
  }

  /**
   * Writes all frames as pcapng.
   *
   * @param out where to; closed in the end
   * @throws IOException when it cannot be written
   */
  public synchronized void writeTo(OutputStream out) throws IOException {
    List<String> comments = new ArrayList<>(notes);
    if (forgotten > 0) {
      comments.add(forgotten + " older frames were forgotten at the limit of " + limit + " octets");
    }
    try (PcapngWriter writer = new PcapngWriter(new BufferedOutputStream(out), comments)) {
      for (String name : interfaces) {
        writer.addInterface(name);
      }
      for (Recorded recorded : frames) {
        writer.writeFrame(
            interfaces.indexOf(recorded.interfaceName),
            recorded.nanoTime,
            recorded.direction,
            recorded.frame,
            recorded.comments);
      }
    }
  }

  /** The number of frames and interfaces. */
  @Override
  public synchronized String toString() {
    return frames.size() + " frames of " + interfaces;
  }
}
