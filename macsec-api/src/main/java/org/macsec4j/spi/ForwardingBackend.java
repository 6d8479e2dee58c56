package org.macsec4j.spi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.macsec4j.LeftOver;
import org.macsec4j.MacAddress;
import org.macsec4j.OffloadMode;
import org.macsec4j.PacketNumberThreshold;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyEvent;
import org.macsec4j.SecyId;
import org.macsec4j.SecyResult;
import org.macsec4j.SecySnapshot;

/**
 * A backend that has another one do all it is asked, for those that do one thing differently. What
 * backends may leave out is passed on as well, so that nothing of the one below is lost.
 */
public abstract class ForwardingBackend implements MacsecBackend {
  private final MacsecBackend below;

  /**
   * Over a backend.
   *
   * @param below the backend, which is closed with this one
   */
  protected ForwardingBackend(MacsecBackend below) {
    this.below = Objects.requireNonNull(below, "below");
  }

  /**
   * The backend below.
   *
   * @return the backend
   */
  protected final MacsecBackend below() {
    return below;
  }

  @Override
  public String name() {
    return below.name();
  }

  @Override
  public BackendCapabilities capabilities() {
    return below.capabilities();
  }

  @Override
  public SecyId create(SecyConfig config) {
    return below.create(config);
  }

  @Override
  public SecyId create(SecyConfig config, LeftOver leftOver) {
    return below.create(config, leftOver);
  }

  @Override
  public LeftOver leftOver() {
    return below.leftOver();
  }

  @Override
  public void delete(SecyId secy) {
    below.delete(secy);
  }

  @Override
  public SecyResult apply(SecyId secy, SecyCommand command) {
    return below.apply(secy, command);
  }

  @Override
  public void setOffload(SecyId secy, OffloadMode mode) {
    below.setOffload(secy, mode);
  }

  @Override
  public SecySnapshot read(SecyId secy) {
    return below.read(secy);
  }

  @Override
  public List<SecyId> list() {
    return below.list();
  }

  @Override
  public List<SecySnapshot> readAll() {
    return below.readAll();
  }

  @Override
  public Registration watch(PacketNumberThreshold threshold, Consumer<SecyEvent> listener) {
    return below.watch(threshold, listener);
  }

  @Override
  public MacAddress addressOf(String interfaceName) {
    return below.addressOf(interfaceName);
  }

  @Override
  public OptionalLong framesSent(String interfaceName) {
    return below.framesSent(interfaceName);
  }

  @Override
  public UncontrolledPort openPort(String interfaceName, Consumer<byte[]> receiver) {
    return below.openPort(interfaceName, receiver);
  }

  @Override
  public Optional<EventLoop> eventLoop() {
    return below.eventLoop();
  }

  @Override
  public Optional<RandomGenerator> randomness() {
    return below.randomness();
  }

  @Override
  public void close() {
    below.close();
  }
}
