package org.macsec4j.testkit;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
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
import org.macsec4j.spi.BackendCapabilities;
import org.macsec4j.spi.EventLoop;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.Registration;
import org.macsec4j.spi.UncontrolledPort;

/**
 * A backend on the SecYs of a host. It holds only what its user opened through it, ports and
 * watches; the SecYs are the host's and stay when the backend is closed.
 */
final class SimulatorBackend implements MacsecBackend {
  private static final BackendCapabilities CAPABILITIES =
      new BackendCapabilities(
          Set.copyOf(EnumSet.allOf(CipherSuite.class)),
          Set.copyOf(EnumSet.allOf(ConfidentialityOffset.class)),
          true);

  private final Host host;
  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  SimulatorBackend(Host host) {
    this.host = host;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public String name() {
    return SimulatorProvider.NAME;
  }

  @Override
  public BackendCapabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public SecyId create(SecyConfig config) {
    return exclusively(() -> host.secys().create(config));
  }

  @Override
  public void delete(SecyId secy) {
    exclusively(
        () -> {
          host.secys().delete(secy);
          return secy;
        });
  }

  @Override
  public SecyResult apply(SecyId secy, SecyCommand command) {
    return exclusively(() -> host.secys().apply(secy, command));
  }

  @Override
  public void setOffload(SecyId secy, OffloadMode mode) {
    exclusively(
        () -> {
          host.secys().setOffload(secy, mode);
          return secy;
        });
  }

  @Override
  public SecySnapshot read(SecyId secy) {
    return exclusively(() -> host.secys().read(secy));
  }

  @Override
  public List<SecyId> list() {
    return exclusively(() -> host.secys().list());
  }

  @Override
  public Registration watch(PacketNumberThreshold threshold, Consumer<SecyEvent> listener) {
    Objects.requireNonNull(threshold, "threshold");
    Objects.requireNonNull(listener, "listener");
    return exclusively(
        () -> {
          Registration watch = host.secys().watch(threshold, listener);
          open.add(watch);
          return watch;
        });
  }

  @Override
  public MacAddress addressOf(String interfaceName) {
    return exclusively(() -> host.existingInterface(interfaceName).address());
  }

  @Override
  public OptionalLong framesSent(String interfaceName) {
    return exclusively(() -> OptionalLong.of(host.existingInterface(interfaceName).framesSent()));
  }

  @Override
  public UncontrolledPort openPort(String interfaceName, Consumer<byte[]> receiver) {
    Objects.requireNonNull(receiver, "receiver");
    return exclusively(
        () -> {
          UncontrolledPort port = new VirtualPort(host.existingInterface(interfaceName), receiver);
          open.add(port);
          return port;
        });
  }

  @Override
  public Optional<EventLoop> eventLoop() {
    return Optional.of(host.lab().time());
  }

  @Override
  public Optional<RandomGenerator> randomness() {
    return Optional.of(host.randomness());
  }

  @Override
  public void close() {
    closed = true;
    for (AutoCloseable opened : open) {
      if (opened instanceof Registration watch) {
        watch.close();
      } else if (opened instanceof UncontrolledPort port) {
        port.close();
      }
    }
    open.clear();
  }

  private <T> T exclusively(Supplier<T> work) {
    if (closed) {
      throw new MacsecException(
          MacsecException.Kind.BACKEND, "the simulator backend of " + host + " is closed");
    }
    return host.lab().time().exclusively(work);
  }
}
