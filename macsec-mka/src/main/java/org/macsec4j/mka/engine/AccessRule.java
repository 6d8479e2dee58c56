package org.macsec4j.mka.engine;

import org.jspecify.annotations.Nullable;
import org.macsec4j.mka.AccessPolicy;
import org.macsec4j.mka.ClearReason;

/** What may pass in clear while no key is in use (IEEE 802.1X 12.5), as a pure function. */
final class AccessRule {
  /**
   * What holds while no key is in use.
   *
   * @param connected whether there is a live peer
   * @param waited whether that has been so for the MKA Life Time
   * @param declined whether the key server decided that MACsec is not used
   */
  record Situation(boolean connected, boolean waited, boolean declined) {}

  private AccessRule() {}

  /** Why frames may pass in clear; null when they may not. */
  static @Nullable ClearReason clear(AccessPolicy policy, Situation now) {
    if (now.connected()) {
      return switch (policy.unsecured()) {
        case NEVER -> null;
        case IMMEDIATE -> ClearReason.NO_SAK;
        case MKA_FAILURE -> now.waited() ? ClearReason.NO_SAK_IN_TIME : null;
        case KEY_SERVER -> now.declined() ? ClearReason.KEY_SERVER : null;
      };
    }
    return switch (policy.unauthenticated()) {
      case NEVER -> null;
      case IMMEDIATE -> ClearReason.NO_PEER;
      case MKA_FAILURE -> now.waited() ? ClearReason.NO_PEER_IN_TIME : null;
    };
  }
}
