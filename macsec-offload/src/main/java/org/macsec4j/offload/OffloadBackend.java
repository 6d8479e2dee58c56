package org.macsec4j.offload;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.macsec4j.LeftOver;
import org.macsec4j.MacAddress;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
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
 * Another backend, with hardware preferred: a SecY whose configuration does not ask for hardware
 * ({@link OffloadPolicy#OFF}, which is what it is unless set) is made as if it said {@link
 * OffloadPolicy#PREFER}. So an application that knows nothing of hardware uses what there is, by
 * nothing but the name of the backend that it opens.
 */
public final class OffloadBackend implements MacsecBackend {
  private final MacsecBackend below;

  private OffloadBackend(MacsecBackend below) {
    this.below = below;
  }

  /**
   * Prefers the hardware of a backend.
   *
   * @param below the backend, which is closed with this one
   * @return a backend; the caller closes it
   */
  public static OffloadBackend over(MacsecBackend below) {
    return new OffloadBackend(below);
  }

  private static SecyConfig preferring(SecyConfig config) {
    return config.offload() == OffloadPolicy.OFF
        ? config.toBuilder().offload(OffloadPolicy.PREFER).build()
        : config;
  }

  @Override
  public String name() {
    return OffloadProvider.NAME;
  }

  @Override
  public BackendCapabilities capabilities() {
    return below.capabilities();
  }

  @Override
  public SecyId create(SecyConfig config) {
    return below.create(preferring(config));
  }

  @Override
  public SecyId create(SecyConfig config, LeftOver leftOver) {
    return below.create(preferring(config), leftOver);
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

  /** What is below. */
  @Override
  public String toString() {
    return "hardware preferred, " + below;
  }
}
