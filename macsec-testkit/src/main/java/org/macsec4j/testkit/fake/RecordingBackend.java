package org.macsec4j.testkit.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.macsec4j.LeftOver;
import org.macsec4j.MacAddress;
import org.macsec4j.MacsecException;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.SecyResult;
import org.macsec4j.spi.ForwardingBackend;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.UncontrolledPort;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;

/**
 * A backend that writes down what it is asked to do and refuses by script; everything else another
 * backend does, a simulator unless one is given, so that what is read is what was written.
 *
 * <pre>{@code
 * MacsecException full = new MacsecException(Kind.LIMIT, "no SA is free");
 * RecordingBackend backend = new RecordingBackend().refuse(SecyCommand.InstallReceiveSa.class, full);
 * try (Macsec macsec = Macsec.using(backend)) {
 *   ...                                                     // the code under test
 * }
 * assertThat(backend.commands()).hasSize(3);
 * }</pre>
 *
 * <p>Safe for several threads.
 */
public final class RecordingBackend extends ForwardingBackend {
  /** The interface of the simulator that is used unless another backend is given. */
  public static final String INTERFACE = "eth0";

  /**
   * A command and what was answered.
   *
   * @param secy the SecY
   * @param command the command; its key may have been destroyed since
   * @param result the answer
   */
  public record Applied(SecyId secy, SecyCommand command, SecyResult result) {}

  private static final class Refusal {
    private final Predicate<SecyCommand> when;
    private final MacsecException cause;
    private final boolean once;
    private int skip;

    private Refusal(Predicate<SecyCommand> when, int skip, boolean once, MacsecException cause) {
      this.when = Objects.requireNonNull(when, "when");
      this.skip = skip;
      this.once = once;
      this.cause = Objects.requireNonNull(cause, "cause");
    }
  }

  private final List<Applied> applied = new CopyOnWriteArrayList<>();
  private final List<SecyConfig> created = new CopyOnWriteArrayList<>();
  private final List<byte[]> sent = new CopyOnWriteArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<Consumer<byte[]>> receivers = new CopyOnWriteArrayList<>();

  /** Records in front of a simulated host with one interface, {@value #INTERFACE}. */
  public RecordingBackend() {
    this(simulator());
  }

  /**
   * Records in front of another backend.
   *
   * @param delegate does what is not refused; closed with this one
   */
  public RecordingBackend(MacsecBackend delegate) {
    super(delegate);
  }

  private static MacsecBackend simulator() {
    Lab lab = Lab.create(0);
    Host host = lab.host("host");
    lab.wire(host, lab.host("nobody"));
    return host.macsec().backend();
  }

  /**
   * Refuses every command of a kind.
   *
   * @param kind the kind of command
   * @param cause the answer
   * @return this
   */
  public RecordingBackend refuse(Class<? extends SecyCommand> kind, MacsecException cause) {
    return add(new Refusal(kind::isInstance, 0, false, cause));
  }

  /**
   * Refuses the commands that a test picks.
   *
   * @param when says for a command whether it is refused
   * @param cause the answer
   * @return this
   */
  public RecordingBackend refuse(Predicate<SecyCommand> when, MacsecException cause) {
    return add(new Refusal(when, 0, false, cause));
  }

  /**
   * Refuses one command, counted from now on.
   *
   * @param number which one, 1 for the next
   * @param cause the answer
   * @return this
   */
  public RecordingBackend refuseNth(int number, MacsecException cause) {
    if (number < 1) {
      throw new IllegalArgumentException("commands are counted from 1, not " + number);
    }
    return add(new Refusal(command -> true, number - 1, true, cause));
  }

  private synchronized RecordingBackend add(Refusal refusal) {
    refusals.add(refusal);
    return this;
  }

  /**
   * Refuses nothing any more.
   *
   * @return this
   */
  public synchronized RecordingBackend refuseNothing() {
    refusals.clear();
    return this;
  }

  /**
   * The commands.
   *
   * @return all, refused ones too, in order
   */
  public List<SecyCommand> commands() {
    return applied.stream().map(Applied::command).toList();
  }

  /**
   * The commands of a kind.
   *
   * @param kind the kind of command
   * @param <C> the kind of command
   * @return those of that kind, refused ones too, in order
   */
  public <C extends SecyCommand> List<C> commands(Class<C> kind) {
    return commands().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /**
   * The commands with SecY and answer.
   *
   * @return all, in order
   */
  public List<Applied> applied() {
    return List.copyOf(applied);
  }

  /**
   * The SecYs that were asked for.
   *
   * @return their configurations, refused ones too, in order
   */
  public List<SecyConfig> created() {
    return List.copyOf(created);
  }

  /**
   * The frames that were sent through uncontrolled ports.
   *
   * @return copies, in order
   */
  public List<byte[]> sent() {
    return sent.stream().map(byte[]::clone).toList();
  }

  /**
   * Lets every open uncontrolled port receive a frame, as if a peer had sent it.
   *
   * @param frame from the destination address to the last octet before the FCS
   */
  public void receive(byte[] frame) {
    receivers.forEach(receiver -> receiver.accept(frame.clone()));
  }

  @Override
  public String name() {
    return "recording " + super.name();
  }

  @Override
  public SecyId create(SecyConfig config) {
    created.add(config);
    return super.create(config);
  }

  @Override
  public SecyId create(SecyConfig config, LeftOver leftOver) {
    created.add(config);
    return super.create(config, leftOver);
  }

  @Override
  public SecyResult apply(SecyId secy, SecyCommand command) {
    SecyResult result =
        refusal(command)
            .<SecyResult>map(SecyResult.Failed::new)
            .orElseGet(() -> super.apply(secy, command));
    applied.add(new Applied(secy, command, result));
    return result;
  }

  private synchronized Optional<MacsecException> refusal(SecyCommand command) {
    Optional<Refusal> first = Optional.empty();
    for (Refusal refusal : refusals) {
      if (refusal.when.test(command) && refusal.skip-- <= 0 && first.isEmpty()) {
        first = Optional.of(refusal);
      }
    }
    first.filter(refusal -> refusal.once).ifPresent(refusals::remove);
    return first.map(refusal -> refusal.cause);
  }

  @Override
  public UncontrolledPort openPort(String interfaceName, Consumer<byte[]> receiver) {
    UncontrolledPort port = super.openPort(interfaceName, receiver);
    receivers.add(receiver);
    return new UncontrolledPort() {
      @Override
      public MacAddress address() {
        return port.address();
      }

      @Override
      public void send(byte[] frame) {
        sent.add(frame.clone());
        port.send(frame);
      }

      @Override
      public void close() {
        receivers.remove(receiver);
        port.close();
      }
    };
  }

  @Override
  public void close() {
    receivers.clear();
    super.close();
  }
}
