package org.macsec4j.spi;

import org.macsec4j.MacsecException;

/**
 * Knows whether one kind of backend can work here, and opens it. Found by {@link
 * java.util.ServiceLoader}; needs a public constructor without arguments.
 */
public interface MacsecBackendProvider {
  /**
   * The name by which {@code Macsec.open(name)} asks for it.
   *
   * @return for instance {@code linux} or {@code simulator}
   */
  String name();

  /**
   * How much this backend is preferred.
   *
   * @return the greatest wins; below 0 means only when asked for by name, as a simulator secures
   *     nothing
   */
  int priority();

  /**
   * Whether the backend can work here and now. Cheap, and without any change of the system.
   *
   * @return available or not, with the reason
   */
  Availability availability();

  /**
   * Opens the backend.
   *
   * @return a backend of its own; the caller closes it
   * @throws MacsecException when it cannot be opened after all
   */
  MacsecBackend open();
}
