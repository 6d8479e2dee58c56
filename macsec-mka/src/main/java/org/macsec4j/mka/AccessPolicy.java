package org.macsec4j.mka;

import java.util.Objects;

/**
 * Which user frames may pass the controlled port while no SAK is in use (IEEE 802.1X 12.5). Once
 * one is, frames pass protected and in no other way, until the last peer is gone.
 *
 * @param unauthenticated without a live peer
 * @param unsecured with a live peer
 */
public record AccessPolicy(UnauthenticatedAccess unauthenticated, UnsecuredAccess unsecured) {
  /** Nothing passes in clear, ever; the default. */
  public static final AccessPolicy MUST_SECURE =
      new AccessPolicy(UnauthenticatedAccess.NEVER, UnsecuredAccess.NEVER);

  /** Frames pass in clear until, and whenever, they cannot be protected. */
  public static final AccessPolicy SHOULD_SECURE =
      new AccessPolicy(UnauthenticatedAccess.IMMEDIATE, UnsecuredAccess.IMMEDIATE);

  /**
   * Checks that no component is null.
   *
   * @param unauthenticated without a live peer
   * @param unsecured with a live peer
   */
  public AccessPolicy {
    Objects.requireNonNull(unauthenticated, "unauthenticated");
    Objects.requireNonNull(unsecured, "unsecured");
  }

  /**
   * Whether nothing ever passes in clear.
   *
   * @return true when both are NEVER
   */
  public boolean isMustSecure() {
    return equals(MUST_SECURE);
  }
}
