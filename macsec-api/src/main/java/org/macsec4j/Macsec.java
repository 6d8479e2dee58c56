package org.macsec4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.macsec4j.spi.Availability;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.MacsecBackendProvider;
import org.macsec4j.spi.Registration;

/**
 * The front door: makes and finds SecYs through one backend.
 *
 * <pre>{@code
 * try (Macsec macsec = Macsec.open()) {
 *   Secy secy = macsec.create(SecyConfig.on("eth0").name("macsec0").build());
 *   ...
 * }
 * }</pre>
 *
 * <p>Safe for several threads. Closing it leaves the SecYs as they are.
 */
public final class Macsec implements AutoCloseable {
  private final MacsecBackend backend;
  private final ExhaustionForecast forecast = new ExhaustionForecast();

  private Macsec(MacsecBackend backend) {
    this.backend = Objects.requireNonNull(backend, "backend");
  }

  /**
   * Opens the best backend that is available here, found by {@link ServiceLoader}. A backend that
   * secures nothing, such as a simulator, is never taken unless named.
   *
   * @return the front door of that backend
   * @throws MacsecUnavailableException when there is none, with the reason of each one found
   */
  public static Macsec open() {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (MacsecBackendProvider provider : providers()) {
      Availability availability = provider.availability();
      if (provider.priority() < 0) {
        reasons.put(provider.name(), "only when asked for by name");
      } else if (availability.available()) {
        return new Macsec(provider.open());
      } else {
        reasons.put(provider.name(), availability.reason());
      }
    }
    throw new MacsecUnavailableException("MACsec backend is available", reasons);
  }

  /**
   * Opens the backend of a name.
   *
   * @param name for instance {@code linux} or {@code simulator}
   * @return the front door of that backend
   * @throws MacsecUnavailableException when there is no such backend, or it is not available
   */
  public static Macsec open(String name) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (MacsecBackendProvider provider : providers()) {
      if (!provider.name().equals(name)) {
        reasons.put(provider.name(), "not the one asked for");
        continue;
      }
      Availability availability = provider.availability();
      if (availability.available()) {
        return new Macsec(provider.open());
      }
      reasons.put(name, availability.reason());
    }
    throw new MacsecUnavailableException("backend named " + name, reasons);
  }

  /**
   * Uses a backend that the caller opened, without {@link ServiceLoader}: for OSGi, dependency
   * injection and tests.
   *
   * @param backend the backend, closed with this object
   * @return the front door of that backend
   */
  public static Macsec using(MacsecBackend backend) {
    return new Macsec(backend);
  }

  /**
   * What each backend on the class path or module path says of itself.
   *
   * @return backend name to availability, best first
   */
  public static Map<String, Availability> probe() {
    Map<String, Availability> found = new LinkedHashMap<>();
    providers().forEach(provider -> found.put(provider.name(), provider.availability()));
    return found;
  }

  private static List<MacsecBackendProvider> providers() {
    List<MacsecBackendProvider> found = new ArrayList<>();
    // The loader of this class sees the providers also where a thread's context loader does not.
    for (ClassLoader loader :
        new ClassLoader[] {
          Thread.currentThread().getContextClassLoader(), Macsec.class.getClassLoader()
        }) {
      try {
        for (MacsecBackendProvider provider :
            ServiceLoader.load(MacsecBackendProvider.class, loader)) {
          if (found.stream().noneMatch(known -> known.getClass() == provider.getClass())) {
            found.add(provider);
          }
        }
      } catch (ServiceConfigurationError e) {
        throw new MacsecException(
            MacsecException.Kind.UNAVAILABLE, "a backend provider cannot be loaded", e);
      }
    }
    found.sort(Comparator.comparingInt(MacsecBackendProvider::priority).reversed());
    return found;
  }

  /**
   * The backend below.
   *
   * @return the backend
   */
  public MacsecBackend backend() {
    return backend;
  }

  /**
   * Makes a SecY, with its secured interface down.
   *
   * @param config what it shall be
   * @return the SecY
   * @throws MacsecException when it is refused; nothing is left behind
   */
  public Secy create(SecyConfig config) {
    return handle(backend.create(config));
  }

  /**
   * Makes a SecY, with its secured interface down, where an earlier process may have left one.
   *
   * @param config what it shall be
   * @param leftOver what becomes of one that is there
   * @return the SecY; one that is kept is as it was
   * @throws MacsecException when it is refused
   */
  public Secy create(SecyConfig config, LeftOver leftOver) {
    return handle(backend.create(config, leftOver));
  }

  /**
   * The SecYs that exist, of whatever origin.
   *
   * @return the SecYs, by interface index
   * @throws MacsecException when they cannot be listed
   */
  public List<Secy> secys() {
    return backend.list().stream().map(this::handle).toList();
  }

  /**
   * The SecY of a name.
   *
   * @param name the name of the secured interface
   * @return the SecY, empty when there is none
   * @throws MacsecException when the SecYs cannot be listed
   */
  public Optional<Secy> secy(String name) {
    return secys().stream().filter(secy -> secy.id().name().equals(name)).findFirst();
  }

  private Secy handle(SecyId id) {
    return new Secy(backend, id, forecast);
  }

  /**
   * Watches the SecYs, of whatever origin, with {@link PacketNumberThreshold#DEFAULT}.
   *
   * @param listener is called in order, one event at a time, on a thread of the backend; it must
   *     not block
   * @return stops the watch when closed
   * @throws MacsecException when they cannot be watched
   */
  public Registration onEvent(Consumer<SecyEvent> listener) {
    return backend.watch(listener);
  }

  /**
   * Watches the SecYs, of whatever origin.
   *
   * @param threshold when an SA shall be told of as one that needs another key; of this listener
   *     alone
   * @param listener is called in order, one event at a time, on a thread of the backend; it must
   *     not block
   * @return stops the watch when closed
   * @throws MacsecException when they cannot be watched
   */
  public Registration onEvent(PacketNumberThreshold threshold, Consumer<SecyEvent> listener) {
    return backend.watch(threshold, listener);
  }

  /** Closes the backend. SecYs stay. */
  @Override
  public void close() {
    backend.close();
  }

  /** The backend's name. */
  @Override
  public String toString() {
    return "Macsec on " + backend.name();
  }
}
