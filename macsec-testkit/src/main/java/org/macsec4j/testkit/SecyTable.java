package org.macsec4j.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.macsec4j.MacsecException;
import org.macsec4j.OffloadMode;
import org.macsec4j.PacketNumberThreshold;
import org.macsec4j.Sci;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyEvent;
import org.macsec4j.SecyId;
import org.macsec4j.SecyResult;
import org.macsec4j.SecySnapshot;
import org.macsec4j.spi.OffloadSelection;
import org.macsec4j.spi.Registration;
import org.macsec4j.spi.ThresholdAlarm;
import org.macsec4j.testkit.dataplane.SoftwareSecy;

/** The SecYs of a host. Like a kernel's they outlive whoever made them. */
final class SecyTable {
  private final Host host;
  private final Map<Integer, SimulatedSecy> secys = new TreeMap<>();
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

  /** Hears of everything; its alarm of the packet numbers is its own. */
  private final class Watcher {
    final Consumer<SecyEvent> listener;
    final ThresholdAlarm alarm;

    Watcher(PacketNumberThreshold threshold, Consumer<SecyEvent> listener) {
      this.listener = listener;
      this.alarm = new ThresholdAlarm(threshold, this::tell);
    }

    /** Later and not at once: a listener must not meet a SecY in the midst of a change. */
    void tell(SecyEvent event) {
      host.lab()
          .time()
          .execute(
              () -> {
                if (watchers.contains(this)) {
                  listener.accept(event);
                }
              });
    }
  }

  SecyTable(Host host) {
    this.host = host;
  }

  SecyId create(SecyConfig config) {
    VirtualInterface parent = host.existingInterface(config.parent());
    String name = config.name().orElseGet(this::freeName);
    String operation = "cannot create " + name + " on " + parent.name() + ": ";
    Sci sci = config.sci().orElseGet(() -> new Sci(parent.address(), config.port()));
    refuseTaken(operation, name, sci, parent);
    SecyId id = new SecyId(host.nextIndex(), name);
    SoftwareSecy.Options options =
        SoftwareSecy.Options.DEFAULT
            .withQuirks(host.quirks())
            .onExhausted(
                an -> {
                  numbersMoved(id);
                  emitChanges(id, new SecyEvent.PacketNumbersExhausted(id, an));
                });
    SoftwareSecy secy = new SoftwareSecy(id, config, sci, options);
    SimulatedSecy made = new SimulatedSecy(id, parent, secy, () -> numbersMoved(id));
    Optional<String> fallBack = offload(config, made);
    secys.put(id.index(), made);
    emit(new SecyEvent.Created(id));
    fallBack.ifPresent(reason -> emit(new SecyEvent.OffloadFellBack(id, reason)));
    return id;
  }

  private static Optional<String> offload(SecyConfig config, SimulatedSecy made) {
    try {
      return OffloadSelection.carryOut(config, made.id(), new Hardware(made));
    } catch (MacsecException e) {
      made.delete();
      throw e;
    }
  }

  private record Hardware(SimulatedSecy secy) implements OffloadSelection.Hardware {
    @Override
    public void set(OffloadMode mode) {
      secy.setOffload(mode);
    }

    @Override
    public OffloadMode observed() {
      return secy.snapshot().offload();
    }
  }

  void setOffload(SecyId id, OffloadMode mode) {
    existing(id, "offload").setOffload(mode);
    emit(new SecyEvent.Changed(id));
  }

  private void refuseTaken(String operation, String name, Sci sci, VirtualInterface parent) {
    if (host.interfaces().contains(name)) {
      throw new MacsecException(
          MacsecException.Kind.EXISTS,
          operation + "an interface of that name exists already; choose another name, or none");
    }
    for (SimulatedSecy other : secys.values()) {
      if (other.parent() == parent && other.snapshot().transmitSc().sci().equals(sci)) {
        throw new MacsecException(
            MacsecException.Kind.EXISTS,
            operation
                + "SCI "
                + sci.toHex()
                + " is in use by "
                + other.id()
                + " on the same parent; choose another port (1..65534)");
      }
    }
  }

  private String freeName() {
    int number = 0;
    while (host.interfaces().contains("macsec" + number)) {
      number++;
    }
    return "macsec" + number;
  }

  void delete(SecyId id) {
    existing(id, "delete").delete();
    secys.remove(id.index());
    watchers.forEach(watcher -> watcher.alarm.forget(id));
    emit(new SecyEvent.Removed(id));
  }

  SecyResult apply(SecyId id, SecyCommand command) {
    SimulatedSecy secy = secys.get(id.index());
    if (secy == null) {
      return new SecyResult.Failed(notFound(id, "change"));
    }
    SecyResult result = secy.apply(command);
    if (result instanceof SecyResult.Done) {
      emitChanges(id, new SecyEvent.Changed(id));
      numbersMoved(id);
    }
    return result;
  }

  SecySnapshot read(SecyId id) {
    return existing(id, "read").snapshot();
  }

  List<SecyId> list() {
    return secys.values().stream().map(SimulatedSecy::id).toList();
  }

  /** The SecY whose secured interface has a name, or null. */
  @org.jspecify.annotations.Nullable
  SimulatedSecy named(String name) {
    return secys.values().stream()
        .filter(secy -> secy.id().name().equals(name))
        .findFirst()
        .orElse(null);
  }

  Registration watch(PacketNumberThreshold threshold, Consumer<SecyEvent> listener) {
    Watcher watcher = new Watcher(threshold, listener);
    watchers.add(watcher);
    secys.values().forEach(secy -> watcher.alarm.look(secy.snapshot()));
    return () -> watchers.remove(watcher);
  }

  /** A snapshot for each frame is dear, so it is taken only when somebody watches. */
  private void numbersMoved(SecyId id) {
    SimulatedSecy secy = secys.get(id.index());
    if (secy != null && !watchers.isEmpty()) {
      SecySnapshot now = secy.snapshot();
      watchers.forEach(watcher -> watcher.alarm.look(now));
    }
  }

  private void emitChanges(SecyId id, SecyEvent event) {
    emit(event);
    SimulatedSecy secy = secys.get(id.index());
    if (secy != null && secy.operationalChanged()) {
      emit(new SecyEvent.OperationalChanged(id, secy.operational()));
    }
  }

  private void emit(SecyEvent event) {
    watchers.forEach(watcher -> watcher.tell(event));
  }

  private SimulatedSecy existing(SecyId id, String operation) {
    SimulatedSecy secy = secys.get(id.index());
    if (secy == null) {
      throw notFound(id, operation);
    }
    return secy;
  }

  private MacsecException notFound(SecyId id, String operation) {
    return new MacsecException(
        MacsecException.Kind.NOT_FOUND,
        "cannot "
            + operation
            + " "
            + id
            + ": "
            + host.name()
            + " has no such SecY; it has "
            + list());
  }
}
