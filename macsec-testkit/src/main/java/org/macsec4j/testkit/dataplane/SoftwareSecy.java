package org.macsec4j.testkit.dataplane;

import java.security.Provider;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.MacsecException;
import org.macsec4j.Sci;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.SecyResult;
import org.macsec4j.SecySnapshot;

/**
 * One SecY in memory (IEEE 802.1AE clause 10): carries out commands, protects and validates real
 * frames, counts what the standard counts.
 *
 * <p>Frames begin with the destination address and end before the FCS. Whatever the octets of a
 * frame, nothing is thrown: a frame that is not sent or not delivered is counted, and {@link
 * #lastDrop()} and {@link #drops()} tell why. A change of cipher suite or confidentiality offset
 * holds for SAs installed after it; those in place go on as they are.
 *
 * <p>Beyond the standard it refuses what a careful kernel refuses, an enabled SA to be deleted for
 * one, and whatever would use a packet number twice under a key: to lower a number, to enable an SA
 * whose numbers are used up, to install a key again below where it stopped or on two SAs at once.
 *
 * <p>A receiver accepts within the replay window a number twice, as the standard has it. Octets
 * after the ICV are accepted where an Ethernet MAC may have filled a short frame.
 *
 * <p>Not for several threads: one at a time, with a happens-before edge when the thread changes, as
 * an event loop gives. There is no lock, as it would cost a tenth of a short frame. Methods that
 * take arrays make no object of their own; what garbage there is, is the cipher's.
 */
public final class SoftwareSecy {
  /** What {@code protect} and {@code validate} give when nothing comes of the frame. */
  public static final int DROPPED = -1;

  /** The most octets by which {@code protect} makes a frame longer. */
  public static final int MAX_OVERHEAD = FrameCipher.MAX_OVERHEAD;

  private final SecyState state;
  private final SecyCommands commands;
  private final TransmitPath transmitPath;
  private final ReceivePath receivePath;

  /**
   * A SecY without channels and SAs, its controlled port disabled.
   *
   * @param id what its backend calls it
   * @param config what it shall be
   * @param sci the SCI of its transmit channel
   * @param options how it is made
   * @throws MacsecException when a quirk excludes the configuration
   */
  public SoftwareSecy(SecyId id, SecyConfig config, Sci sci, Options options) {
    state = new SecyState(id, config, sci, options.quirks);
    SecyCommands.requireOffset(state, config, "cannot create " + id);
    commands = new SecyCommands(state, options.provider);
    transmitPath = new TransmitPath(state, options.mtu, options.exhausted);
    receivePath = new ReceivePath(state);
  }

  /**
   * Carries out a command.
   *
   * @param command the command; its key stays the caller's and may be destroyed afterwards
   * @return done, or failed with nothing changed
   */
  public SecyResult apply(SecyCommand command) {
    Objects.requireNonNull(command, "command");
    try {
      commands.run(command);
      return SecyResult.done();
    } catch (MacsecException e) {
      return new SecyResult.Failed(e);
    }
  }

  /**
   * Reads the SecY.
   *
   * @return what it is now; all counters are present
   */
  public SecySnapshot snapshot() {
    return state.snapshot();
  }

  /**
   * Protects a frame of the controlled port.
   *
   * @param frame destination, source, EtherType, data; stays the caller's
   * @return the frame for the wire, a new array; null when nothing is sent
   */
  public byte @Nullable [] protect(byte[] frame) {
    byte[] out = new byte[frame.length + MAX_OVERHEAD];
    int length = transmitPath.protect(frame, 0, frame.length, out, 0);
    return length == DROPPED ? null : Arrays.copyOf(out, length);
  }

  /**
   * Protects a frame of the controlled port, from array to array.
   *
   * @param in holds the frame; another array than {@code out}
   * @param inOffset where the frame begins
   * @param length octets of the frame
   * @param out where the frame for the wire goes
   * @param outOffset where it shall begin; {@code length + MAX_OVERHEAD} octets must follow
   * @return octets of the frame for the wire, or {@link #DROPPED}
   * @throws IndexOutOfBoundsException when an array is too short
   */
  public int protect(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    Objects.checkFromIndexSize(inOffset, length, in.length);
    Objects.checkFromIndexSize(outOffset, length + MAX_OVERHEAD, out.length);
    return transmitPath.protect(in, inOffset, length, out, outOffset);
  }

  /**
   * Validates a frame from the wire.
   *
   * @param frame any octets; stays the caller's
   * @return the frame for the controlled port, a new array; null when nothing is delivered
   */
  public byte @Nullable [] validate(byte[] frame) {
    byte[] out = new byte[frame.length];
    int length = receivePath.validate(frame, 0, frame.length, out, 0);
    return length == DROPPED ? null : Arrays.copyOf(out, length);
  }

  /**
   * Validates a frame from the wire, from array to array.
   *
   * @param in holds the frame; another array than {@code out}
   * @param inOffset where the frame begins
   * @param length octets of the frame
   * @param out where the frame for the controlled port goes; means nothing after a drop
   * @param outOffset where it shall begin; {@code length} octets must follow
   * @return octets of the frame for the controlled port, or {@link #DROPPED}
   * @throws IndexOutOfBoundsException when an array is too short
   */
  public int validate(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    Objects.checkFromIndexSize(inOffset, length, in.length);
    Objects.checkFromIndexSize(outOffset, length, out.length);
    return receivePath.validate(in, inOffset, length, out, outOffset);
  }

  /**
   * Why the latest frame that came to nothing did so.
   *
   * @return the reason; empty when there was no such frame yet
   */
  public Optional<DropReason> lastDrop() {
    return state.drops.last();
  }

  /**
   * How many frames came to nothing, of both directions.
   *
   * @return a new map with the reasons that occurred
   */
  public Map<DropReason, Long> drops() {
    return state.drops.asMap();
  }

  /** Removes channels and SAs and zeroes every key, for good. Repeating it does no harm. */
  public void destroy() {
    state.destroy();
  }

  /** The name and the SCI. */
  @Override
  public String toString() {
    return "SecY " + state.id + " " + state.sci;
  }

  /** How a {@link SoftwareSecy} is made; immutable. */
  public static final class Options {
    /** The JDK's choice of provider, frames of any length, nobody told of exhaustion. */
    public static final Options DEFAULT = new Options(null, Integer.MAX_VALUE, an -> {}, Set.of());

    private final @Nullable Provider provider;
    private final int mtu;
    private final Consumer<AssociationNumber> exhausted;
    private final Set<Quirk> quirks;

    private Options(
        @Nullable Provider provider,
        int mtu,
        Consumer<AssociationNumber> exhausted,
        Set<Quirk> quirks) {
      this.provider = provider;
      this.mtu = mtu;
      this.exhausted = exhausted;
      this.quirks = quirks;
    }

    /**
     * These options with AES-GCM of a provider.
     *
     * @param value a provider of {@code AES/GCM/NoPadding}; ICVs below 12 octets are not its
     * @return new options
     */
    public Options withProvider(Provider value) {
      return new Options(Objects.requireNonNull(value, "provider"), mtu, exhausted, quirks);
    }

    /**
     * These options with a limit of the frames sent; longer ones are OutPktsTooLong.
     *
     * @param value octets after addresses and EtherType that the parent interface takes, SecTAG
     *     (but for its EtherType's place) and ICV included; at least 68
     * @return new options
     * @throws IllegalArgumentException below 68
     */
    public Options withMtu(int value) {
      if (value < 68) {
        throw new IllegalArgumentException("an MTU is 68 or more, not " + value);
      }
      return new Options(provider, value, exhausted, quirks);
    }

    /**
     * These options with a listener.
     *
     * @param listener is called with the number of a transmit SA, after the frame with its last
     *     packet number was made, in the thread that had it made; it may apply commands
     * @return new options
     */
    public Options onExhausted(Consumer<AssociationNumber> listener) {
      return new Options(provider, mtu, Objects.requireNonNull(listener, "listener"), quirks);
    }

    /**
     * These options with ways in which the SecY leaves the standard.
     *
     * @param value the ways; none unless asked for
     * @return new options
     */
    public Options withQuirks(Set<Quirk> value) {
      return new Options(provider, mtu, exhausted, Set.copyOf(value));
    }
  }
}
