package org.macsec4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.macsec4j.spi.Availability;
import org.macsec4j.spi.BackendCapabilities;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.MacsecBackendProvider;
import org.macsec4j.spi.Registration;
import org.macsec4j.spi.UncontrolledPort;

/** Three providers found by ServiceLoader, whose availability a test sets. */
abstract class FakeProvider implements MacsecBackendProvider {
  static Availability good = Availability.yes("good");
  static Availability better = Availability.yes("better");

  private final String name;
  private final int priority;

  FakeProvider(String name, int priority) {
    this.name = name;
    this.priority = priority;
  }

  public static final class Good extends FakeProvider {
    public Good() {
      super("good", 1);
    }

    @Override
    public Availability availability() {
      return good;
    }
  }

  public static final class Better extends FakeProvider {
    public Better() {
      super("better", 2);
    }

    @Override
    public Availability availability() {
      return better;
    }
  }

  public static final class Toy extends FakeProvider {
    public Toy() {
      super("toy", -1);
    }

    @Override
    public Availability availability() {
      return Availability.yes("always");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int priority() {
    return priority;
  }

  @Override
  public MacsecBackend open() {
    return new Backend(name);
  }

  /** Makes SecYs that cannot be read and refuses every command. */
  static final class Backend implements MacsecBackend {
    private final String name;
    private final List<SecyId> secys = new ArrayList<>();
    private boolean closed;

    Backend(String name) {
      this.name = name;
    }

    boolean isClosed() {
      return closed;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public BackendCapabilities capabilities() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SecyId create(SecyConfig config) {
      SecyId id = new SecyId(secys.size() + 1, config.name().orElse("macsec" + secys.size()));
      secys.add(id);
      return id;
    }

    @Override
    public void delete(SecyId secy) {
      secys.remove(secy);
    }

    @Override
    public SecyResult apply(SecyId secy, SecyCommand command) {
      return new SecyResult.Failed(
          new MacsecException(MacsecException.Kind.BUSY, secy + " refuses"));
    }

    @Override
    public SecySnapshot read(SecyId secy) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<SecyId> list() {
      return List.copyOf(secys);
    }

    @Override
    public Registration watch(PacketNumberThreshold threshold, Consumer<SecyEvent> listener) {
      return () -> {};
    }

    @Override
    public MacAddress addressOf(String interfaceName) {
      throw new UnsupportedOperationException();
    }

    @Override
    public UncontrolledPort openPort(String interfaceName, Consumer<byte[]> receiver) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
